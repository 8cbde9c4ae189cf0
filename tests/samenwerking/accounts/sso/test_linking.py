"""An account is linked by its owner: signed in, or by the mailed link; by no address, and to one account only."""

import re
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessments.models import Membership, Role
from samenwerking.accounts.mail import password_link
from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import may_have_tokens
from samenwerking.accounts.sso.claims import uid_of
from samenwerking.accounts.tokens import PasswordLinkKeys
from tests.cast import PASSWORD
from tests.html import BUTTONS, MESSAGES, links, text_of, texts
from tests.oidc_server import NAME, provider_at, there_and_back
from tests.samenwerking.accounts.sso.conftest import KEY, give_app, is_signed_in, linked_to, sign_in_there
from tests.second_step import SECRET as APP
from tests.second_step import code_for, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(db):
    """Returns an account as a coördinator makes it for a colleague: without a password."""
    return User.objects.create_user("nieuw@voorbeeld.nl", name="Beleidsmedewerker 2")


def ask_to_link(client, key=KEY, password=PASSWORD):
    """Presses the button on 'Mijn account', and gives the password where that is asked."""
    page = client.post(reverse("sso_link", args=[key]), follow=True)
    if page.request["PATH_INFO"] == reverse("account_reauthenticate"):
        page = client.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"password": password})
    return page


def open_mailed_link(client, user):
    return client.get(re.sub("^https?://[^/]+", "", password_link(user)), follow=True)


def take_mailed_link(client, user, key=KEY):
    """Opens the mailed link and presses the button to link; returns the page where that ends."""
    page = open_mailed_link(client, user)
    account = page.request["PATH_INFO"].split("/")[-2].split("-")[0]
    return there_and_back(client, client.post(reverse("sso_invited", args=[key]), {"account": account}))


def is_linked(user, url, subject="1234"):
    return SocialAccount.objects.filter(user=user, uid=uid_of(url, subject)).exists()


# --- On 'Mijn account'


def test_an_owner_links_the_account_after_the_password_and_then_comes_in(client, user, provider, lines):
    enter(client, user)
    assert f"Koppel {NAME}" in texts(client.get(reverse("mfa_index")), BUTTONS)
    page = there_and_back(client, ask_to_link(client))
    assert page.request["PATH_INFO"] == reverse("mfa_index")
    assert f"U kunt voortaan inloggen via {NAME}." in text_of(page, MESSAGES)
    assert f"Uw account is gekoppeld aan {NAME}" in text_of(page, "main")
    assert f"Koppel {NAME}" not in texts(page, BUTTONS)
    assert {"account": user.pk, "provider": KEY} in [
        {name: line.get(name) for name in ("account", "provider")}
        for line in lines
        if line["event"] == "provider.linked"
    ]
    assert LogEntry.objects.filter(changes={"provider": ["los", KEY]}, actor=user).count() == 1
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    other = Client()
    sign_in_there(other)
    assert is_signed_in(other)
    assert client.post(reverse("account_logout")).url.startswith(reverse("sso_signed_out", args=[KEY]))


def test_a_wrong_password_links_nothing(client, user, provider):
    client.force_login(user)
    ask_to_link(client, password="fout")
    assert provider.asked == []


def test_nobody_links_who_has_not_signed_in_or_lacks_the_second_step(client, user, provider, settings):
    assert client.post(reverse("sso_link", args=[KEY])).url.startswith(reverse("account_login"))
    settings.STAFF_NEEDS_SECOND_STEP = True
    enter(client, user)
    page = ask_to_link(client)
    page = client.get(page.url) if page.status_code == 302 else page
    assert texts(page, "h1") == ["Stel eerst de tweede stap in"]
    assert provider.asked == []


def test_what_one_account_is_linked_to_can_not_be_linked_to_another(client, user, beheerder, provider, lines):
    linked_to(beheerder, provider.url)
    enter(client, user)
    page = there_and_back(client, ask_to_link(client))
    assert texts(page, "h1") == ["Deze inlog hoort bij een ander account"]
    assert (is_linked(beheerder, provider.url), is_linked(user, provider.url)) == (True, False)
    assert lines[-1]["reason"] == "linked_elsewhere"


def test_linking_again_takes_the_place_of_who_one_was_there(client, user, provider):
    linked_to(user, provider.url, "1111")
    enter(client, user)
    there_and_back(client, ask_to_link(client))
    assert (is_linked(user, provider.url, "1111"), is_linked(user, provider.url)) == (False, True)


def test_who_signed_out_meanwhile_links_nothing(client, user, provider):
    enter(client, user)
    away = ask_to_link(client)
    client.post(reverse("account_logout"))
    page = there_and_back(client, away)
    assert page.status_code == 400
    assert SocialAccount.objects.count() == 0


def test_a_second_provider_with_the_same_address_is_linked_apart(client, user, provider, settings, lines):
    linked_to(user, provider.url)
    settings.SSO_PROVIDERS |= provider_at(provider.url, "surf", NAME="SURFconext")
    provider.claims |= {"email": user.email, "email_verified": True}
    page = sign_in_there(client, "surf")
    assert texts(page, "h1") == ["U bent hier nog niet gekoppeld aan SURFconext"]
    assert (lines[-1]["provider"], lines[-1]["lacks"]) == ("surf", "a link to an account")
    enter(client, user)
    there_and_back(client, ask_to_link(client, "surf"))
    other = Client()
    sign_in_there(other, "surf")
    assert is_signed_in(other)


def test_an_owner_unlinks_the_account_and_is_signed_out_elsewhere(client, user, provider):
    linked_to(user, provider.url)
    other = Client()
    sign_in_there(other)
    enter(client, user)
    page = client.get(reverse("sso_unlink"), follow=True)
    page = client.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], {"password": PASSWORD})
    page = client.post(reverse("sso_unlink"), follow=True)
    assert "losgekoppeld" in text_of(page, MESSAGES)
    assert SocialAccount.objects.count() == 0
    assert other.get(reverse("account_name")).status_code == 302
    assert client.get(reverse("account_name")).status_code == 200


def test_an_account_that_is_unlinked_while_a_code_is_asked_is_not_entered(client, user, provider, lines):
    give_app(linked_to(user, provider.url))
    sign_in_there(client)
    call_command("sso_unlink", user.email)
    page = client.post(reverse("mfa_authenticate"), {"code": code_for(APP)}, follow=True)
    assert "werd net losgekoppeld" in text_of(page, "main")
    assert not is_signed_in(client)
    assert lines[-1]["reason"] == "unlinked"


# --- By the mailed link


def test_who_was_invited_links_the_account_instead_of_choosing_a_password(client, invited, provider):
    page = open_mailed_link(client, invited)
    assert texts(page, BUTTONS) == ["Bewaar wachtwoord", f"Koppel aan {NAME}"]
    page = take_mailed_link(client, invited)
    assert is_signed_in(client)
    assert is_linked(invited, provider.url)
    invited.refresh_from_db()
    assert not invited.has_usable_password()
    page = client.get(reverse("mfa_index"))
    assert reverse("account_set_password") in links(page)
    assert reverse("account_change_password") not in links(page)
    assert "van uw organisatie" in text_of(client.get(reverse("account_address")), "main")


def test_a_mailed_link_links_once(client, invited, provider):
    link = re.sub("^https?://[^/]+", "", password_link(invited))
    take_mailed_link(client, invited)
    provider.claims["sub"] = "5678"
    assert texts(Client().get(link, follow=True), "h1") == ["Deze link werkt niet meer"]
    other = Client()
    page = other.post(reverse("sso_invited", args=[KEY]), {"account": "1"})
    assert (page.status_code, texts(page, "h1")) == (403, ["De link uit uw mail werkt niet meer"])


def test_a_link_that_was_used_while_its_owner_was_away_links_nothing(client, invited, provider):
    page = open_mailed_link(client, invited)
    account = page.request["PATH_INFO"].split("/")[-2].split("-")[0]
    away = client.post(reverse("sso_invited", args=[KEY]), {"account": account})
    invited.set_password(PASSWORD)
    invited.save()
    assert texts(there_and_back(client, away), "h1") == ["De link uit uw mail werkt niet meer"]
    assert SocialAccount.objects.count() == 0


@pytest.mark.usefixtures("second_step_asked")
def test_the_mailbox_is_not_enough_where_an_app_guards_the_account(client, user, provider, settings):
    """The second step of a provider counts for who is linked, and that is what this sign-in has yet to do."""
    settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa")
    provider.claims |= {"amr": ["mfa"]}
    give_app(user)
    page = take_mailed_link(client, user)
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
    assert SocialAccount.objects.count() == 0
    client.post(reverse("mfa_authenticate"), {"code": code_for(APP)})
    assert is_signed_in(client)
    assert is_linked(user, provider.url)


@pytest.mark.usefixtures("second_step_asked")
def test_the_mailbox_is_not_enough_where_a_provider_guards_the_account(client, invited, provider, lines):
    linked_to(invited, provider.url, "1111")
    page = take_mailed_link(client, invited)
    assert (page.status_code, texts(page, "h1")) == (409, ["Dit account is al gekoppeld"])
    assert not is_signed_in(client)
    assert is_linked(invited, provider.url, "1111")
    assert (lines[-1]["reason"], lines[-1]["account"]) == ("already_linked", invited.pk)


@pytest.mark.usefixtures("second_step_asked")
def test_who_takes_a_mailed_link_to_a_second_provider_reads_where_to_sign_in(client, invited, provider, settings):
    settings.SSO_PROVIDERS |= provider_at(provider.url, "surf", NAME="SURFconext")
    linked_to(invited, provider.url)
    page = take_mailed_link(client, invited, "surf")
    assert (page.status_code, is_signed_in(client)) == (409, False)
    says = f"Dit account is al gekoppeld aan {NAME}. Log daar in, en koppel SURFconext bij ‘Mijn account’."
    assert says in text_of(page, "main")
    assert texts(page, BUTTONS) == [f"Inloggen met {NAME}"]


def test_a_mailed_link_does_not_link_who_belongs_to_another_account(client, invited, user, provider):
    linked_to(user, provider.url)
    assert texts(take_mailed_link(client, invited), "h1") == ["Deze inlog hoort bij een ander account"]
    assert not is_signed_in(client)


# --- The password


def test_a_password_goes_when_its_owner_gives_it_up_and_not_before(client, user, provider):
    enter(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("sso_no_password")).status_code == 404  # nothing else would open the account
    linked_to(user, provider.url)
    assert texts(client.get(reverse("sso_no_password")), BUTTONS) == ["Stop met mijn wachtwoord"]
    other = Client()
    enter(other, user)
    page = client.post(reverse("sso_no_password"), follow=True)
    assert "heeft geen wachtwoord meer" in text_of(page, MESSAGES)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert is_signed_in(client)
    assert other.get(reverse("account_name")).status_code == 302
    sign_in_there(client)
    assert "Kies eerst een wachtwoord" in text_of(client.get(reverse("sso_unlink")), "main")
    client.post(reverse("sso_unlink"))
    assert is_linked(user, provider.url)


def test_somebody_at_the_server_unlinks_an_account(client, user, provider, capsys):
    linked_to(user, provider.url)
    sign_in_there(client)
    call_command("sso_unlink", user.email.upper())
    assert "losgekoppeld" in capsys.readouterr().out
    assert client.get(reverse("account_name")).status_code == 302
    for email in (user.email, "niemand@voorbeeld.nl"):
        with pytest.raises(CommandError):
            call_command("sso_unlink", email)


def test_a_superuser_unlinks_accounts_and_another_beheerder_does_not(client, user, beheerder, provider):
    linked_to(user, provider.url)
    client.force_login(beheerder)
    assert NAME in text_of(client.get(reverse("admin:accounts_user_change", args=[user.pk])), ".field-linked_to")
    ticked = {"action": "unlink", "_selected_action": [user.pk]}
    User.objects.filter(pk=beheerder.pk).update(is_superuser=False)
    client.post(reverse("admin:accounts_user_changelist"), ticked)
    assert is_linked(user, provider.url)
    User.objects.filter(pk=beheerder.pk).update(is_superuser=True)
    client.post(reverse("admin:accounts_user_changelist"), ticked)
    assert not is_linked(user, provider.url)


def test_a_mailed_link_into_a_linked_account_lapses_as_for_a_password_and_not_as_an_invitation(
    client, invited, provider, monkeypatch
):
    take_mailed_link(client, invited)
    invited.refresh_from_db()
    link = re.sub("^https?://[^/]+", "", password_link(invited))
    in_four_days = PasswordLinkKeys()._now() + timedelta(days=4)
    monkeypatch.setattr(PasswordLinkKeys, "_now", lambda self: in_four_days)
    assert texts(Client().get(link, follow=True), "h1") == ["Deze link werkt niet meer"]


# --- What others and programs may


def test_whoever_comes_by_a_provider_may_what_they_may_by_password(cast, provider, subtests):
    by_password, by_provider = Client(), Client()
    linked_to(cast.coordinator, provider.url)
    enter(by_password, cast.coordinator)
    sign_in_there(by_provider)
    for name, args in {
        "overview": [],
        "network": [cast.network.pk],
        "round": [cast.round.pk],
        "research": [],
        "admin:index": [],
        "admin:accounts_closeddomain_add": [],
    }.items():
        with subtests.test(name=name):
            address = reverse(name, args=args)
            assert by_provider.get(address).status_code == by_password.get(address).status_code
    by_provider.post(reverse("network_edit", args=[cast.network.pk]), {"name": "Anders", "municipalities": ""})
    changed = LogEntry.objects.get_for_object(cast.network).filter(action=LogEntry.Action.UPDATE)
    assert [entry.actor for entry in changed] == [cast.coordinator]


def test_a_colleague_who_signs_in_at_a_provider_is_asked_for_no_password(cast, provider, mailoutbox, invited):
    from assessments.actions.colleagues import send_colleague_mail

    Membership.objects.create(network=cast.network, user=invited, role=Role.READER)
    send_colleague_mail.func(invited.pk, str(cast.network.pk))
    assert f"Stel eerst een wachtwoord in, of koppel uw account aan {NAME}." in mailoutbox[0].body
    linked_to(invited, provider.url)
    send_colleague_mail.func(invited.pk, str(cast.network.pk))
    assert "U kunt inloggen zoals u gewend bent" in mailoutbox[1].body
    assert "wachtwoord" not in mailoutbox[1].body


@pytest.mark.usefixtures("second_step_asked")
def test_a_program_reads_for_whoever_passed_a_second_step_somewhere(client, user, provider, settings):
    settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa")
    linked_to(user, provider.url)
    assert not may_have_tokens(user)
    provider.claims |= {"amr": ["mfa"]}
    sign_in_there(client)
    assert may_have_tokens(user)
    provider.claims |= {"amr": ["pwd"]}
    sign_in_there(Client())
    assert not may_have_tokens(user)
