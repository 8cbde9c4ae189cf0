"""Everybody who signs in has a second step, its codes work once, and who lost it gets back in."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from auditlog.models import LogEntry
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from samenwerking.accounts.models import User
from tests.browsing import follow, sign_in
from tests.cast import PASSWORD
from tests.jobs import do_jobs
from tests.second_step import SECRET, code_for, enter, long_on


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_code_works_once_in_all_processes(with_app):
    """Each process remembers used codes in a cache of its own; this test empties it as another process would see it."""
    code = code_for(SECRET)
    first, second = Client(), Client()
    enter(first, with_app, code)
    cache.clear()
    enter(second, with_app, code)
    assert (is_signed_in(first), is_signed_in(second)) == (True, False)
    enter(second, with_app, code_for(SECRET, periods_ahead=1))
    assert is_signed_in(second)
    cache.clear()
    third = Client()
    enter(third, with_app, code)  # older than the last one that was used
    assert not is_signed_in(third)


TRY = """
import django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
from samenwerking.accounts.models import User
from tests.second_step import enter
client = Client(); enter(client, User.objects.get(), {code!r}); print("_auth_user_id" in client.session)
"""


@pytest.mark.django_db(transaction=True)
def test_of_three_processes_at_once_one_gets_in_with_a_code(with_app):
    database = f"postgres:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "samenwerking.settings"}
    with_app.password = make_password(PASSWORD, hasher="argon2")  # other processes have not the tests' own quick one
    with_app.save()
    command = [sys.executable, "-c", TRY.format(code=code_for(SECRET))]
    started = [
        subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert sorted(process.communicate(timeout=120)[0].strip() for process in started) == ["False", "False", "True"]


def test_the_code_with_which_it_was_switched_on_does_not_sign_in(client, user):
    TOTP.activate(user, SECRET)
    enter(client, user, code_for(SECRET))
    assert not is_signed_in(client)
    long_on(user)
    cache.clear()
    enter(client, user, code_for(SECRET))
    assert is_signed_in(client)


def test_a_used_code_does_not_confirm_who_somebody_is(client, with_app):
    code = code_for(SECRET)
    enter(client, with_app, code)
    cache.clear()
    refused = client.post(reverse("mfa_reauthenticate"), {"code": code})
    assert "is al gebruikt" in refused.content.decode()
    assert client.post(reverse("mfa_reauthenticate"), {"code": code_for(SECRET, 1)}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_second_step_ends_sessions_that_began_without_one(user):
    """Whoever knows the password and came in before the owner switched it on is out."""
    other, own = Client(), Client()
    enter(other, user)
    enter(own, user)
    own.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    own.get(reverse("mfa_activate_totp"))
    own.post(reverse("mfa_activate_totp"), {"code": code_for(own.session["mfa.totp.secret"])})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert own.get(reverse("overview")).status_code == 200
    assert other.get(reverse("overview")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_command_takes_it_away_ends_the_sessions_and_tells_the_owner(with_app, lines, mailoutbox, capsys):
    RecoveryCodes.activate(with_app)
    somewhere = Client()
    enter(somewhere, with_app, code_for(SECRET))
    call_command("reset_second_step", "Anna@Voorbeeld.nl")
    assert "De tweede stap is gewist" in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert somewhere.get(reverse("overview")).status_code == 302
    entry = LogEntry.objects.get_for_object(with_app).filter(changes__has_key="second_step").get()
    assert entry.actor is None
    assert {"event": "second_step.reset", "account": with_app.pk, "log_level": "info"} in lines
    do_jobs()
    [mail] = mailoutbox
    assert mail.to == ["anna@voorbeeld.nl"]
    assert "De beheerder heeft de tweede stap van uw account gewist." in mail.body
    enter(somewhere, with_app)
    assert is_signed_in(somewhere)


@pytest.mark.parametrize(
    ("email", "fault"),
    [("niemand@voorbeeld.nl", "Er is geen account"), ("anna@voorbeeld.nl", "Dit account heeft geen tweede stap")],
)
def test_the_command_says_where_there_is_nothing_to_take_away(user, email, fault):
    with pytest.raises(CommandError, match=fault):
        call_command("reset_second_step", email)


@pytest.mark.django_db(transaction=True)
def test_a_superuser_takes_it_away_with_a_button(page, live_server, beheerder, with_app, mailoutbox, lines, walk):
    sign_in(page, live_server, beheerder.email)
    page.goto(live_server.url + reverse("admin:accounts_user_change", args=[with_app.pk]))
    follow(page, page.get_by_role("link", name="Tweede stap wissen"))
    expect(page.locator("#content")).to_contain_text("Doe dit alleen als Ada Eerste (anna@voorbeeld.nl)")
    walk.look()
    follow(page, page.get_by_role("button", name="Wis de tweede stap"))
    expect(page.locator(".messagelist")).to_contain_text("De tweede stap van anna@voorbeeld.nl is gewist.")
    assert not Authenticator.objects.filter(user=with_app).exists()
    entry = LogEntry.objects.get_for_object(with_app).filter(changes__has_key="second_step").get()
    assert entry.actor == beheerder
    assert [line["by"] for line in lines if line["event"] == "second_step.reset"] == [beheerder.pk]
    page.goto(live_server.url + reverse("admin:auditlog_logentry_change", args=[entry.pk]))
    expect(page.locator("#content")).to_contain_text("opnieuw instellen")
    do_jobs()
    assert [mail.to for mail in mailoutbox] == [["anna@voorbeeld.nl"]]


def test_a_functioneel_beheerder_takes_it_away_but_not_from_a_superuser(client, with_app, beheerder):
    client.force_login(User.objects.create_user("accounts@voorbeeld.nl", PASSWORD, name="Ada", is_staff=True))
    TOTP.activate(beheerder, "JBSWY3DPEHPK3PXP")
    for owner, status in ((with_app, 302), (beheerder, 403)):
        address = reverse("admin:accounts_user_reset_second_step", args=[owner.pk])
        assert client.post(address).status_code == status
        assert Authenticator.objects.filter(user=owner).exists() == (owner == beheerder)
        page = client.get(reverse("admin:accounts_user_change", args=[owner.pk]))
        assert ("Tweede stap wissen" in page.content.decode()) == (owner != beheerder)


def test_the_button_for_no_account_and_for_one_without_a_second_step(client, beheerder, user):
    client.force_login(beheerder)
    for number in ("999", "x", "9" * 30):
        answer = client.get(reverse("admin:accounts_user_reset_second_step", args=[number]))
        assert answer.status_code == 404, number
    address = reverse("admin:accounts_user_reset_second_step", args=[user.pk])
    assert "heeft geen tweede stap" in client.get(address).content.decode()
    assert "had geen tweede stap" in client.post(address, follow=True).content.decode()


def test_a_second_step_of_another_secret_key_gets_a_sentence(client, with_app, settings, caplog):
    RecoveryCodes.activate(with_app)
    settings.SECRET_KEY = "a new key of more than thirty-two characters"
    answer = enter(client, with_app, "123456")
    assert answer.status_code == 503
    assert "Uw tweede stap is niet te lezen" in answer.content.decode()
    assert "SECRET_KEY changed" in caplog.text
    client.force_login(with_app)
    assert client.get(reverse("mfa_index")).status_code == 503


def test_the_page_of_an_account_offers_another_phone_where_it_cannot_be_switched_off(client, with_app, settings):
    RecoveryCodes.activate(with_app)
    client.force_login(with_app)
    assert "Stop met de tweede stap" in client.get(reverse("mfa_index")).content.decode()
    settings.STAFF_NEEDS_SECOND_STEP = True
    shown = client.get(reverse("mfa_index")).content.decode()
    assert "Stop met de tweede stap" not in shown
    assert "Stel de tweede stap in op een andere telefoon" in shown


def test_another_phone_is_set_up_before_anything_else(page, live_server, with_app, settings, walk):
    settings.STAFF_NEEDS_SECOND_STEP = True
    sign_in(page, live_server, with_app.email)
    page.get_by_label("Code").fill(code_for(SECRET))
    follow(page, page.get_by_role("button", name="Inloggen"))
    page.goto(live_server.url + reverse("mfa_index"))
    walk.look()
    follow(page, page.get_by_role("link", name="Stel de tweede stap in op een andere telefoon"))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Ga verder"))
    walk.look()
    follow(page, page.get_by_role("button", name="Wis de tweede stap op mijn oude telefoon"))
    page.goto(live_server.url + reverse("overview"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Stel eerst de tweede stap in")
    walk.look()
    follow(page, page.get_by_role("link", name="Stel de tweede stap in"))
    page.get_by_label("Code uit de app").fill(code_for(page.locator("main code").inner_text()))
    follow(page, page.get_by_role("button", name="Zet de tweede stap aan"))
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    walk.look()
    follow(page, page.get_by_role("link", name="Naar uw overzicht"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Overzicht")


def test_the_pages_for_an_unreadable_second_step_are_accessible(page, live_server, with_app, settings, walk):
    sign_in(page, live_server, with_app.email)
    settings.SECRET_KEY = "a new key of more than thirty-two characters"
    sign_in(page, live_server, with_app.email)
    page.get_by_label("Code").fill("123456")
    follow(page, page.get_by_role("button", name="Inloggen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw tweede stap is niet te lezen")
    walk.look()
