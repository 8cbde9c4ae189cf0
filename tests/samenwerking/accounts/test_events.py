"""The log tells who signed in, who was refused and whose rights changed, by number and without any address."""

import json

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.urls import reverse

from assessments.actions.networks import add_colleague, remove_colleague
from samenwerking.accounts.models import User
from tests.cast import PASSWORD
from tests.second_step import SECRET, code_for, enter


def events(lines):
    return [(line["event"], line.get("account")) for line in lines]


def test_signing_in_and_out_and_what_was_refused(client, user, lines):
    for email in (user.email, "vreemd@voorbeeld.nl"):
        client.post(reverse("account_login"), {"login": email, "password": "niet het wachtwoord"})
    enter(client, user)
    client.post(reverse("account_logout"))
    assert events(lines) == [
        ("sign_in.failed", user.pk),
        ("sign_in.failed", None),
        ("sign_in.succeeded", user.pk),
        ("sign_out", user.pk),
    ]
    assert [line["log_level"] for line in lines] == ["warning", "warning", "info", "info"]


def test_signing_out_of_the_admin(client, beheerder, lines):
    client.force_login(beheerder)
    client.post(reverse("admin:logout"))
    assert events(lines) == [("sign_out", beheerder.pk)]


def test_too_many_tries(client, user, lines):
    for _ in range(6):
        client.post(reverse("account_login"), {"login": user.email, "password": "niet het wachtwoord"})
    assert events(lines)[-1] == ("sign_in.too_many_tries", user.pk)


def test_the_second_step(client, with_app, lines):
    RecoveryCodes.activate(with_app)
    code = code_for(SECRET)
    enter(client, with_app, "000000")
    client.post(reverse("mfa_authenticate"), {"code": code})
    cache.clear()
    client.post(reverse("mfa_reauthenticate"), {"code": code})
    assert events(lines) == [
        ("second_step.failed", with_app.pk),
        ("second_step.passed", with_app.pk),
        ("sign_in.succeeded", with_app.pk),
        ("second_step.failed", with_app.pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_passwords_and_the_second_step_of_an_account(client, user, lines):
    enter(client, user)
    new = "een heel ander wachtwoord"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post(reverse("account_reauthenticate"), {"password": new})
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_for(client.session["mfa.totp.secret"])})
    client.post(reverse("mfa_deactivate_totp"))
    said = ["sign_in.succeeded", "password.changed", "second_step.switched_on", "second_step.switched_off"]
    assert events(lines) == [(event, user.pk) for event in said]


def test_rights_that_the_beheerder_gives_and_takes(client, beheerder, user, lines):
    client.force_login(beheerder)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(page, {"email": user.email, "name": user.name, "is_active": "on", "may_make_networks": "on"})
    client.post(page, {"email": user.email, "name": "Ada Tweede", "may_make_networks": "on"})
    client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"})
    changed = [line for line in lines if line["event"] == "rights.changed"]
    assert {line["account"] for line in changed} == {user.pk}
    assert {line["by"] for line in changed} == {beheerder.pk}
    assert [line.get("may_make_networks") for line in changed][:1] == ["True"]
    assert [line.get("is_active") for line in changed][1:2] == ["False"]
    assert len(changed) == 3


def test_roles_that_a_coordinator_gives_and_takes(cast, lines):
    new = add_colleague(network_id=cast.network.pk, email="bo@example.org", name="Bo", role="reader")
    remove_colleague(membership_id=cast.network.memberships.get(user=new).pk)
    changed = [line for line in lines if line.get("model") == "assessments.membership"]
    assert [(line["account"], line["role"], line["network"]) for line in changed] == [
        (new.pk, "reader", str(cast.network.pk)),
        (new.pk, "None", "None"),
    ]


def test_no_line_has_an_address(client, beheerder, user, lines, cast):
    client.post(reverse("account_login"), {"login": "vreemd@voorbeeld.nl", "password": "niet het wachtwoord"})
    enter(client, user)
    client.force_login(beheerder)
    client.post(reverse("admin:accounts_user_add"), {"email": "nia@voorbeeld.nl", "name": "Nia", "is_staff": "on"})
    User.objects.get(email="nia@voorbeeld.nl").delete()
    written = json.dumps(lines, default=str)
    assert len(lines) >= 4
    for address in ("@", "127.0.0.1", "Nia", "Anna"):
        assert address not in written
