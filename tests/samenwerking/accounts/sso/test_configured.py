"""Providers come from the environment, and each fault of theirs is one clear sentence."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from samenwerking.accounts.sso.checks import check_providers
from samenwerking.accounts.sso.configured import offered, providers_from
from tests.html import text_of

USUAL = {
    "SSO_PROVIDERS": "gemeente",
    "SSO_GEMEENTE_NAME": "Gemeente Voorbeeld",
    "SSO_GEMEENTE_ISSUER": "https://inloggen.voorbeeld.nl/oidc",
    "SSO_GEMEENTE_CLIENT_ID": "samenwerking",
    "SSO_GEMEENTE_CLIENT_SECRET": "$een,geheim=",
}


def test_several_providers_are_read_in_their_order_each_with_its_own_settings():
    second = {
        "SSO_SURF_NAME": "SURFconext",
        "SSO_SURF_ISSUER": "https://connect.voorbeeld.nl",
        "SSO_SURF_CLIENT_ID": "x",
        "SSO_SURF_CLIENT_SECRET": "y",
        "SSO_SURF_SECOND_STEP": "acr=http://voorbeeld.nl/loa2 amr=mfa",
        "SSO_SURF_DOMAINS": "Voorbeeld.nl, school.nl",
        "SSO_SURF_ASK": "acr_values=http%3A%2F%2Fvoorbeeld.nl%2Floa2&prompt=login",
        "SSO_SURF_SCOPES": "openid email",
    }
    gemeente, surf = offered(providers_from(USUAL | second | {"SSO_PROVIDERS": " Gemeente , SURF,"})).values()
    assert (gemeente.key, gemeente.name, gemeente.client_secret) == ("gemeente", "Gemeente Voorbeeld", "$een,geheim=")
    assert gemeente.scopes == ("openid", "profile", "email")
    assert surf.second_step == (("acr", "http://voorbeeld.nl/loa2"), ("amr", "mfa"))
    assert surf.domains == {"voorbeeld.nl", "school.nl"}
    assert surf.ask == (("acr_values", "http://voorbeeld.nl/loa2"), ("prompt", "login"))
    assert surf.scopes == ("openid", "email")


def test_without_the_setting_nobody_signs_in_elsewhere():
    assert providers_from({}) == {}


@pytest.mark.parametrize(("fault", "is_said"), [({}, True), ({"SSO_GEMEENTE_NAME": ""}, False)])
def test_privacy_says_what_is_known_of_who_signs_in_elsewhere_where_that_can_be_done(
    client, db, settings, fault, is_said
):
    settings.SSO_PROVIDERS = providers_from(USUAL | fault)
    said = text_of(client.get(reverse("privacy")), "main")
    assert [words in said for words in ("Logt u in via Gemeente Voorbeeld?", "Meer niet.")] == [is_said, is_said]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SSO_PROVIDERS": "1x"}, "SSO_PROVIDERS must hold short names"),
        ({"SSO_GEMEENTE_NAME": ""}, "SSO_GEMEENTE_NAME is missing"),
        ({"SSO_GEMEENTE_ISSUER": "http://inloggen.voorbeeld.nl"}, "SSO_GEMEENTE_ISSUER must be the https:// address"),
        ({"SSO_GEMEENTE_ISSUER": "https://[x"}, "SSO_GEMEENTE_ISSUER must be the https:// address"),
        (
            {"SSO_GEMEENTE_ISSUER": "https://voorbeeld.nl/common/v2.0"},
            "SSO_GEMEENTE_ISSUER is that of all tenants",
        ),
        ({"SSO_GEMEENTE_CLIENT_ID": " "}, "SSO_GEMEENTE_CLIENT_ID is missing"),
        ({"SSO_GEMEENTE_CLIENT_SECRET": ""}, "SSO_GEMEENTE_CLIENT_SECRET or SSO_GEMEENTE_CLIENT_KEY must be set"),
        ({"SSO_GEMEENTE_CLIENT_KEY": __file__}, "SSO_GEMEENTE_CLIENT_SECRET or SSO_GEMEENTE_CLIENT_KEY must be set"),
        (
            {"SSO_GEMEENTE_CLIENT_KEY": "/is/er/niet", "SSO_GEMEENTE_CLIENT_SECRET": ""},
            "SSO_GEMEENTE_CLIENT_KEY is no file",
        ),
        ({"SSO_GEMEENTE_SCOPES": "email"}, "SSO_GEMEENTE_SCOPES has no ‘openid’"),
        ({"SSO_GEMEENTE_SECOND_STEP": "mfa"}, "SSO_GEMEENTE_SECOND_STEP must be like"),
        ({"SSO_GEMEENTE_SECOND_STEP": "amr="}, "SSO_GEMEENTE_SECOND_STEP must be like"),
        ({"SSO_GEMEENTE_DOMAINS": "@voorbeeld.nl"}, "SSO_GEMEENTE_DOMAINS must be like"),
        ({"SSO_GEMEENTE_ASK": "state=x"}, "SSO_GEMEENTE_ASK must be like"),
    ],
)
def test_what_is_missing_or_wrong_is_one_sentence_and_the_provider_is_not_offered(settings, changed, says):
    settings.SSO_PROVIDERS = providers_from(USUAL | changed)
    if "SSO_PROVIDERS" not in changed:
        [warning] = check_providers()
        assert warning.msg.startswith(says)
    assert any(warning.msg.startswith(says) for warning in check_providers())
    assert offered(settings.SSO_PROVIDERS) == {}
    call_command("check", tag=["models"])  # a fault here stops no command


def test_the_secret_is_not_in_what_is_printed_of_a_provider():
    [provider] = providers_from(USUAL).values()
    assert "geheim" not in repr(provider)
    assert str(provider) == "Gemeente Voorbeeld"
