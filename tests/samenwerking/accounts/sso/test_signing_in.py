"""Staff sign in at a provider as who they are there; whatever comes back, no account is made or guessed."""

import json
from base64 import b64decode
from datetime import timedelta
from urllib.parse import unquote_plus

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from auditlog.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samenwerking.accounts.models import User
from samenwerking.accounts.sso.claims import uid_of
from tests.cast import PASSWORD
from tests.html import BUTTONS, MESSAGES, links, text_of, texts
from tests.jobs import do_jobs
from tests.oidc_server import NAME, SECRET, provider_at, there_and_back
from tests.samenwerking.accounts.sso.conftest import KEY, give_app, is_signed_in, linked_to, sign_in_there
from tests.second_step import SECRET as APP
from tests.second_step import code_for, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(user, provider):
    return linked_to(user, provider.url)


def in_log(lines, event):
    return [line for line in lines if line["event"] == event]


def test_the_page_to_sign_in_has_a_button_for_each_provider_that_can_be_used(client, provider, settings):
    settings.SSO_PROVIDERS |= provider_at("https://surf.voorbeeld.nl", "surf", NAME="SURFconext")
    settings.SSO_PROVIDERS |= provider_at("", "kapot", NAME="Kapot")
    page = client.get(reverse("account_login"), {"next": "/netwerken/"})
    assert texts(page, BUTTONS) == ["Inloggen", f"Inloggen met {NAME}", "Inloggen met SURFconext"]
    assert client.post(reverse("sso_begin", args=["kapot"])).status_code == 404
    settings.SSO_PROVIDERS = {}
    assert texts(client.get(reverse("account_login")), BUTTONS) == ["Inloggen"]


def test_who_is_linked_comes_in_and_goes_on_to_where_they_were_going(client, linked, provider, lines):
    page = sign_in_there(client, next=reverse("account_name"))
    assert page.request["PATH_INFO"] == reverse("account_name")
    assert text_of(page, MESSAGES).startswith(f"U bent ingelogd via {NAME}.")
    [line] = in_log(lines, "sign_in.succeeded")
    assert (line["account"], line["provider"], line["lacks"]) == (linked.pk, KEY, "email")
    assert {"began", "used", "browser"} <= set(client.session.keys())


def test_no_address_leads_on_to_another_site(client, linked, provider):
    assert sign_in_there(client, next="https://elders.nl/").request["PATH_INFO"] == reverse("overview")


def test_a_sign_in_sends_a_proof_and_a_nonce_and_nothing_that_a_visitor_added(client, linked, provider):
    page = client.post(reverse("sso_begin", args=[KEY]) + "?scope=admin&auth_params=prompt%3Dnone&process=connect")
    there_and_back(client, page)
    [sent] = provider.sent
    assert sent["scope"] == "openid profile email"
    assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
    assert len(sent["code_challenge"]) == 43
    assert (len(sent["nonce"]), len(sent["state"])) == (64, 43)  # NL GOV asks 128 bits of each
    assert "prompt" not in sent
    assert sent["redirect_uri"] == "http://127.0.0.1:8000/account/via/gemeente/terug/"
    [(_, _, token_request)] = [asked for asked in provider.asked if asked[0] == "/token"]
    assert token_request["client_secret"] == SECRET


def test_an_address_of_the_provider_with_a_query_of_its_own_keeps_it(client, linked, provider):
    """RFC 6749, 3.1, asks that; the package would write a second question mark."""
    provider.discovery = {"authorization_endpoint": f"{provider.url}/authorize?policy=een"}
    sign_in_there(client)
    assert is_signed_in(client)
    assert provider.sent[0]["policy"] == "een"


def test_a_key_is_found_among_others_and_without_a_name(client, linked, provider):
    """A key of a kind that nobody knows, one to encrypt with, and one that the token does not name."""
    others = [{"kty": "nieuw", "kid": "een"}, provider.public_key() | {"use": "enc"}]
    provider.answers["/keys"] = lambda said: {"keys": [*others, *said["keys"]]}
    sign_in_there(client)
    assert is_signed_in(client)
    provider.answers["/keys"] = lambda said: {"keys": [{n: v for n, v in said["keys"][0].items() if n != "kid"}]}
    provider.header = {"kid": None}
    other = Client()
    sign_in_there(other)
    assert is_signed_in(other)


@pytest.mark.parametrize("names_algorithm", [True, False])
@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "PS256", "PS512"])
def test_a_key_of_rsa_reads_what_it_signed_whether_or_not_it_says_how(
    client, linked, provider, algorithm, names_algorithm
):
    """RFC 7517, 4.4: to name the algorithm is optional."""
    provider.algorithm, provider.names_algorithm = algorithm, names_algorithm
    sign_in_there(client)
    assert is_signed_in(client)


def test_a_key_that_says_how_it_signs_reads_nothing_that_was_signed_otherwise(client, linked, provider):
    provider.answers["/keys"] = lambda said: {"keys": [{**said["keys"][0], "alg": "PS256"}]}
    sign_in_there(client)
    assert not is_signed_in(client)


def test_a_sign_in_begins_by_a_form_of_ours_only(provider):
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("sso_begin", args=[KEY])).status_code == 403
    assert client.get(reverse("sso_begin", args=[KEY])).status_code == 405
    assert provider.asked == []


def test_who_is_linked_to_no_account_reads_what_to_do_and_gets_no_account(client, user, provider, lines):
    provider.claims |= {"email": user.email, "email_verified": True, "name": "Ada Eerste"}
    page = sign_in_there(client)
    assert page.status_code == 403
    assert texts(page, "h1") == [f"U bent hier nog niet gekoppeld aan {NAME}"]
    assert links(page) == [reverse("account_login"), reverse("account_reset_password")]
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    [line] = in_log(lines, "sign_in.stopped")
    assert (line["reason"], line["lacks"], line["account"]) == ("unknown", "a link to an account", None)
    provider.claims |= {"email": "vreemd@voorbeeld.nl"}
    assert sign_in_there(client).content == page.content or texts(sign_in_there(client), "main p") == texts(
        page, "main p"
    )


def test_the_password_stays_and_goes_on_working(client, linked, provider):
    provider.claims |= {"email": linked.email, "email_verified": True}
    sign_in_there(client)
    linked.refresh_from_db()
    assert linked.check_password(PASSWORD)
    other = Client()
    enter(other, linked)
    assert is_signed_in(other)


def test_the_same_subject_of_another_issuer_is_somebody_else(client, linked, provider, settings):
    SocialAccount.objects.update(uid=uid_of("https://voorheen.voorbeeld.nl", "1234"))
    assert sign_in_there(client).status_code == 403
    assert not is_signed_in(client)


def test_who_was_shut_out_stays_out(client, linked, provider, lines):
    User.objects.update(is_active=False)
    page = sign_in_there(client)
    assert (page.status_code, texts(page, "h1")) == (403, ["Dit account is gesloten"])
    assert not is_signed_in(client)
    [line] = in_log(lines, "sign_in.stopped")
    assert (line["reason"], line["account"]) == ("inactive", linked.pk)


def test_who_signs_in_as_somebody_else_is_no_longer_who_they_were(client, linked, provider, beheerder):
    client.force_login(beheerder)
    sign_in_there(client)
    assert client.session["_auth_user_id"] == str(linked.pk)


@pytest.mark.django_db(transaction=True)
def test_a_changed_address_and_name_are_taken_over_and_the_former_address_is_told(
    client, linked, provider, mailoutbox, lines
):
    provider.claims |= {"email": "A.Tweede@voorbeeld.nl", "name": "Ada Tweede"}
    page = sign_in_there(client)
    linked.refresh_from_db()
    assert (linked.email, linked.name) == ("a.tweede@voorbeeld.nl", "Ada Tweede")
    said = text_of(page, MESSAGES)
    assert f"Uw e-mailadres is hier nu a.tweede@voorbeeld.nl, zoals bij {NAME}." in said
    assert f"Uw naam is hier nu Ada Tweede, zoals bij {NAME}." in said
    do_jobs()
    assert "anna@voorbeeld.nl" in {mail.to[0] for mail in mailoutbox if "ander e-mailadres" in mail.body}
    assert in_log(lines, "address.changed")
    assert "voorbeeld.nl" not in str(LogEntry.objects.filter(action=LogEntry.Action.UPDATE).values_list("changes"))
    assert "voorbeeld" not in str(lines)


def test_an_address_of_another_account_is_not_taken_over(client, linked, beheerder, provider, lines):
    provider.claims |= {"email": beheerder.email}
    said = text_of(sign_in_there(client), MESSAGES)
    assert "hoort hier al bij een ander account" in said
    assert "Vraag de beheerder" in said
    linked.refresh_from_db()
    assert linked.email == "anna@voorbeeld.nl"
    assert in_log(lines, "sign_in.succeeded")[0]["lacks"] == "email_free"


def test_what_is_lacking_is_said_once_until_it_changes(client, linked, provider):
    assert "gaf geen e-mailadres door" in text_of(sign_in_there(client), MESSAGES)
    assert "e-mailadres" not in text_of(sign_in_there(Client()), MESSAGES)
    provider.claims |= {"upn": "ada"}
    assert "alleen uw inlognaam" in text_of(sign_in_there(Client()), MESSAGES)
    provider.claims |= {"email": linked.email}
    assert "e-mailadres" not in text_of(sign_in_there(Client()), MESSAGES)
    provider.claims |= {"email": None, "upn": None}
    assert "gaf geen e-mailadres door" in text_of(sign_in_there(Client()), MESSAGES)


def test_nothing_is_kept_of_what_is_not_needed(client, linked, provider):
    give_app(linked)
    provider.claims |= {"phone_number": "geheim", "groups": ["geheim"], "email": linked.email, "picture": "geheim"}
    provider.userinfo = {"sub": "1234", "address": "geheim"}
    sign_in_there(client)  # and now a code is asked
    assert not is_signed_in(client)
    stored = json.dumps(dict(client.session.items())) + str(list(SocialAccount.objects.values()))
    assert "geheim" not in stored
    assert "toegang" not in stored
    assert "eyJ" not in stored  # as every ID token begins
    [account] = SocialAccount.objects.all()
    assert account.extra_data == {}
    client.post(reverse("mfa_authenticate"), {"code": code_for(APP)})
    account.refresh_from_db()
    assert account.extra_data == {"lacks": "", "second_step": False}
    assert (SocialToken.objects.count(), SocialApp.objects.count()) == (0, 0)


def test_a_client_says_who_it_is_as_discovery_asks_and_with_any_signs_in_its_secret(client, linked, provider):
    provider.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    sign_in_there(client)
    assert is_signed_in(client)
    [(_, headers, sent)] = [asked for asked in provider.asked if asked[0] == "/token"]
    said = b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert [unquote_plus(part) for part in said.split(":")] == ["samenwerking", SECRET]
    assert "client_secret" not in sent


def test_an_empty_claim_of_the_id_token_is_filled_in_too(client, linked, provider):
    provider.claims |= {"email": "", "name": "Ada Eerste"}
    provider.userinfo = {"sub": "1234", "email": "ada@voorbeeld.nl"}
    sign_in_there(client)
    linked.refresh_from_db()
    assert linked.email == "ada@voorbeeld.nl"


def test_userinfo_fills_in_what_the_id_token_lacks_and_is_believed_of_the_same_person_only(client, linked, provider):
    provider.claims |= {"name": "Ada uit het token"}
    provider.userinfo = {"sub": "1234", "name": "Ada van userinfo", "email": "ada@voorbeeld.nl"}
    sign_in_there(client)
    linked.refresh_from_db()
    assert (linked.name, linked.email) == ("Ada uit het token", "ada@voorbeeld.nl")
    provider.userinfo |= {"sub": "5678", "email": "x@voorbeeld.nl"}
    sign_in_there(Client())
    linked.refresh_from_db()
    assert linked.email == "ada@voorbeeld.nl"


def test_a_link_goes_with_its_account(linked, provider):
    linked.delete()
    assert SocialAccount.objects.count() == 0


# --- The second step


@pytest.mark.usefixtures("second_step_asked")
class TestSecondStep:
    def test_ours_is_asked_of_whoever_has_one(self, client, linked, provider):
        give_app(linked)
        provider.claims |= {"amr": ["mfa"]}  # nobody agreed that this counts
        page = sign_in_there(client)
        assert page.request["PATH_INFO"] == reverse("mfa_authenticate")
        assert not is_signed_in(client)
        page = client.post(reverse("mfa_authenticate"), {"code": code_for(APP)}, follow=True)
        assert is_signed_in(client)
        assert f"U bent ingelogd via {NAME}." in text_of(page, MESSAGES)

    def test_that_of_the_provider_counts_where_it_says_so(self, client, linked, provider, settings):
        settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa acr=hoog")
        provider.claims |= {"amr": ["pwd", "mfa"]}
        page = sign_in_there(client)
        assert (page.request["PATH_INFO"], page.status_code) == (reverse("overview"), 200)
        give_app(linked)
        assert sign_in_there(Client()).request["PATH_INFO"] == reverse("overview")

    def test_who_passed_none_anywhere_must_set_one_up_first(self, client, linked, provider, settings):
        settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa")
        provider.claims |= {"amr": ["pwd"], "acr": "hoog"}
        page = sign_in_there(client)
        assert (page.status_code, texts(page, "h1")) == (403, ["Stel eerst de tweede stap in"])

    def test_userinfo_alone_says_nothing_of_it(self, client, linked, provider, settings):
        settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa")
        provider.userinfo = {"sub": "1234", "amr": ["mfa"]}
        assert sign_in_there(client).status_code == 403

    def test_it_counts_in_that_session_alone(self, client, linked, provider, settings):
        settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="amr=mfa")
        without = Client()
        sign_in_there(without)
        provider.claims |= {"amr": ["mfa"]}
        sign_in_there(client)
        assert client.get(reverse("overview")).status_code == 200
        assert without.get(reverse("overview")).status_code == 403

    def test_a_password_does_not_open_what_the_second_step_of_a_provider_guards(
        self, client, linked, provider, settings, lines
    ):
        """Whoever knew the password would set up a second step of their own, and be past that of the provider."""
        enter(client, linked)
        assert not is_signed_in(client)
        page = client.post(reverse("account_login"), {"login": linked.email, "password": PASSWORD})
        assert (page.status_code, texts(page, "h1")) == (403, ["U logt anders in"])
        assert texts(page, BUTTONS) == [f"Inloggen met {NAME}"]
        assert in_log(lines, "sign_in.stopped")[-1]["account"] == linked.pk
        settings.SSO_PROVIDERS = {}  # the provider is gone for good: the password is what there is
        cache.clear()
        enter(client, linked)
        assert is_signed_in(client)

    def test_who_has_an_app_comes_in_by_password_and_code_too(self, client, linked):
        give_app(linked)
        enter(client, linked, code_for(APP))
        assert is_signed_in(client)


# --- Sessions and signing out


def test_a_session_of_a_provider_ends_in_time_as_all_others(client, linked, provider):
    sign_in_there(client)
    session = client.session
    session["began"] -= 12 * 3600
    session.save()
    assert client.get(reverse("account_name")).status_code == 302
    assert not is_signed_in(client)


def test_a_session_of_a_provider_is_among_those_that_its_owner_can_end(client, linked, provider):
    sign_in_there(client)
    other = Client()
    enter(other, linked)
    other.post(reverse("sessions_end"))
    assert client.get(reverse("account_name")).status_code == 302


def test_who_signs_out_reads_what_stays_open_and_is_led_there(client, linked, provider):
    sign_in_there(client)
    page = client.post(reverse("account_logout"), follow=True)
    assert texts(page, "h1") == ["U bent hier uitgelogd"]
    assert f"Bij {NAME} bent u nu nog ingelogd" in text_of(page, "main")
    end = client.get(reverse("sso_end", args=[KEY]))
    assert (
        end.url
        == f"{provider.url}/end?client_id=samenwerking&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2F"
    )


def test_a_provider_without_a_page_for_it_is_not_linked_to(client, linked, provider):
    provider.answers["/.well-known/openid-configuration"] = lambda said: {
        name: value for name, value in said.items() if name != "end_session_endpoint"
    }
    sign_in_there(client)
    page = client.post(reverse("account_logout"), follow=True)
    assert reverse("sso_end", args=[KEY]) not in links(page)
    assert "Sluit alle vensters" in text_of(page, "main")
    assert client.get(reverse("sso_end", args=[KEY])).status_code == 404


def test_signing_out_of_beheer_says_so_too(client, beheerder, provider):
    linked_to(beheerder, provider.url)
    sign_in_there(client)
    assert texts(client.post(reverse("admin:logout"), follow=True), "h1") == ["U bent hier uitgelogd"]


def test_who_came_by_password_signs_out_as_before(client, linked, provider):
    enter(client, linked)
    assert client.post(reverse("account_logout")).url == "/"


def test_what_the_package_offers_besides_is_not_there(client, user, provider):
    client.force_login(user)
    for path in ("3rdparty/", "3rdparty/signup/", "3rdparty/login/error/", "social/signup/", "oidc/gemeente/login/"):
        assert client.get(f"/account/{path}").status_code == 404, path


def test_sessions_of_before_lapse_as_they_did(client, linked, provider):
    sign_in_there(client)
    [session] = Session.objects.all()
    assert session.expire_date < timezone.now() + timedelta(hours=1, minutes=1)
