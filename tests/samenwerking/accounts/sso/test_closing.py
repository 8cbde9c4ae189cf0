"""A domain's form with a password closes once its provider was seen to work, and a command opens it again."""

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse

from samenwerking.accounts.models import ClosedDomain, User
from samenwerking.accounts.sso.closing import closed_for
from tests.cast import PASSWORD
from tests.html import BUTTONS, FAULTS, MESSAGES, text_of, texts
from tests.oidc_server import NAME
from tests.samenwerking.accounts.sso.conftest import KEY, is_signed_in, linked_to, sign_in_there
from tests.samenwerking.accounts.sso.test_linking import open_mailed_link, take_mailed_link
from tests.second_step import enter

pytestmark = pytest.mark.django_db
ADD = "admin:accounts_closeddomain_add"


@pytest.fixture
def closed(provider):
    return ClosedDomain.objects.create(domain="voorbeeld.nl", provider=KEY)


def close(client, domain="Voorbeeld.NL"):
    return client.post(reverse(ADD), {"domain": domain, "provider": KEY}, follow=True)


def test_a_domain_closes_only_after_whoever_closes_it_came_in_that_way(client, user, beheerder, provider, lines):
    linked_to(beheerder, provider.url)
    enter(client, beheerder)
    assert "U bent nu niet via deze organisatie ingelogd" in text_of(close(client), ".errorlist")
    assert not ClosedDomain.objects.exists()
    client.post(reverse("account_logout"))
    sign_in_there(client)
    assert "Nog niet gekoppeld: 1." in text_of(close(client), ".messagelist")
    closed = ClosedDomain.objects.get()
    assert (closed.domain, closed.provider, closed.closed_by) == ("voorbeeld.nl", KEY, beheerder)
    assert LogEntry.objects.get_for_object(closed).get().actor == beheerder
    assert [line["by"] for line in lines if line["event"] == "password_form.closed"] == [beheerder.pk]


def test_what_is_no_domain_is_refused(client, beheerder, provider):
    linked_to(beheerder, provider.url)
    sign_in_there(client)
    for domain in ("x", "a b.nl", "voorbeeld.nl/x", "@"):
        assert "Dit is geen domein" in text_of(close(client, domain), ".errorlist"), domain
    assert not ClosedDomain.objects.exists()


def test_only_a_superuser_closes(client, beheerder, provider):
    User.objects.update(is_superuser=False)
    client.force_login(beheerder)
    assert client.get(reverse(ADD)).status_code == 403


def test_an_address_of_a_closed_domain_gets_a_sentence_and_the_button_whether_it_has_an_account(
    client, user, closed, lines
):
    for email in (user.email, "Niemand@VOORBEELD.nl"):
        page = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert f"Met dit adres logt u in via {NAME}." in text_of(page, FAULTS)
        assert f"Inloggen met {NAME}" in texts(page, BUTTONS)
        assert not is_signed_in(client)
    assert {line["reason"] for line in lines if line["event"] == "sign_in.stopped"} == {"closed domain"}


def test_another_domain_stays_open(client, closed):
    enter(client, User.objects.create_user("ada@elders.nl", PASSWORD, name="Ada"))
    assert is_signed_in(client)


def test_a_new_password_for_a_closed_domain_is_no_password_but_a_link(client, user, closed, provider):
    page = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert f"Met dit adres logt u in via {NAME}, zonder wachtwoord." in text_of(page, MESSAGES)
    page = open_mailed_link(client, user)
    assert texts(page, "h1") == ["Account koppelen"]
    assert texts(page, BUTTONS) == [f"Koppel aan {NAME}"]
    sent = {"password1": "een zin van woorden", "password2": "een zin van woorden"}
    client.post(page.request["PATH_INFO"], sent)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    take_mailed_link(client, user)
    assert is_signed_in(client)


def test_who_unlinks_in_a_closed_domain_is_sent_to_no_form_that_refuses_them(client, user, closed, provider):
    linked_to(user, provider.url)
    sign_in_there(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "als u bij ‘Wachtwoord vergeten’ een link aanvraagt" in text_of(client.get(reverse("sso_unlink")), "main")
    said = text_of(client.post(reverse("sso_unlink"), follow=True), MESSAGES)
    assert "losgekoppeld. Vraag bij ‘Wachtwoord vergeten’ een link aan: daarmee koppelt u het opnieuw." in said
    client.post(reverse("account_logout"))
    user.refresh_from_db()
    take_mailed_link(client, user)
    assert is_signed_in(client)


def test_who_has_no_password_in_a_closed_domain_is_asked_to_choose_none(client, user, closed, provider):
    user.set_unusable_password()
    user.save()
    linked_to(user, provider.url)
    sign_in_there(client)
    assert "Vraag de beheerder om uw account los te koppelen." in text_of(client.get(reverse("sso_unlink")), "main")


def test_the_command_that_unlinks_names_the_way_in_that_is_left(user, closed, provider, capsys):
    linked_to(user, provider.url)
    call_command("sso_unlink", user.email)
    assert f"een link bij ‘Wachtwoord vergeten’, en koppelt daarmee opnieuw aan {NAME}." in capsys.readouterr().out


def test_a_provider_that_is_no_longer_offered_closes_nothing(client, user, closed, settings):
    settings.SSO_PROVIDERS = {}
    assert closed_for(user.email) is None
    enter(client, user)
    assert is_signed_in(client)


def test_a_command_opens_one_domain_or_all(client, user, closed, capsys, lines):
    ClosedDomain.objects.create(domain="elders.nl", provider=KEY)
    with pytest.raises(CommandError, match=r"Gesloten zijn: elders\.nl, voorbeeld\.nl"):
        call_command("open_password_form", "ander.nl")
    call_command("open_password_form", "Voorbeeld.nl")
    assert list(ClosedDomain.objects.values_list("domain", flat=True)) == ["elders.nl"]
    enter(client, user)
    assert is_signed_in(client)
    call_command("open_password_form")
    assert "elders.nl" in capsys.readouterr().out
    assert not ClosedDomain.objects.exists()
    assert [line["domain"] for line in lines if line["event"] == "password_form.opened"] == [
        "voorbeeld.nl",
        "elders.nl",
    ]


def test_a_superuser_opens_a_domain_again(client, beheerder, closed):
    client.force_login(beheerder)
    client.post(reverse("admin:accounts_closeddomain_delete", args=[closed.pk]), {"post": "yes"})
    assert not ClosedDomain.objects.exists()
    assert LogEntry.objects.filter(object_repr="voorbeeld.nl", action=LogEntry.Action.DELETE).count() == 1


def test_where_nobody_signs_in_elsewhere_the_database_is_not_asked(user, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert closed_for(user.email) is None
