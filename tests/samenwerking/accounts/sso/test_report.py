"""`manage.py sso_check` tells what a provider says, what a sign-in sends, and what to ask its administrator."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command

from samenwerking.accounts.sso.tokens import assertion_for, public_keys
from tests.oidc_server import SECRET, oidc_server, provider_at
from tests.samenwerking.accounts.sso.conftest import KEY


@pytest.fixture
def provider(settings):
    with oidc_server() as server:
        settings.SSO_PROVIDERS = provider_at(server.url)
        yield server


def checked(capsys, *args):
    """Returns what the command printed, and which of its lines ask for something."""
    call_command("sso_check", *args)
    lines = capsys.readouterr().out.splitlines()
    return lines, [line for line in lines if line.startswith("  ! ")]


def test_of_a_provider_that_has_all_it_says_what_it_is_and_that_nothing_is_missing(provider, capsys):
    lines, asks = checked(capsys)
    assert asks == []
    assert lines[0] == "Gemeente Voorbeeld (SSO_GEMEENTE_…)"
    assert lines[-1] == "  Er ontbreekt niets."
    for line in (
        f"  uitgever (issuer): {provider.url}",
        "  naam van deze site daar (client_id): samenwerking",
        "  terug naar (redirect_uri): http://127.0.0.1:8000/account/via/gemeente/terug/",
        "  na uitloggen naar (post_logout_redirect_uri): http://127.0.0.1:8000/",
        "  gevraagd (scope): openid profile email, met response_type=code, PKCE (S256), state en nonce",
        "  tweede stap telt mee bij: niets, dus de site vraagt zelf een code",
        f"  ontdekt: authorization_endpoint {provider.url}/authorize",
        f"  sleutels: 1 op {provider.url}/keys",
    ):
        assert line in lines
    assert SECRET not in str(lines)


@pytest.mark.parametrize(
    ("discovery", "asks"),
    [
        ({"response_types_supported": ["id_token"]}, "authorization code flow"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE (S256)"),
        ({"id_token_signing_alg_values_supported": ["HS256"]}, "een van RS256"),
        ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, "client_secret_basic of client_secret_post"),
        ({"scopes_supported": ["openid", "profile"]}, "‘email’ staat niet bij scopes_supported"),
        ({"claims_supported": ["sub", "email"]}, "‘name’ staat niet bij claims_supported"),
        ({"claims_supported": None}, "‘email’ staat niet bij claims_supported"),
        ({"issuer": "https://elders.nl"}, "noemt zich ‘https://elders.nl’"),
        ({"token_endpoint": "http://elders.nl"}, "token_endpoint"),
    ],
)
def test_what_is_missing_is_named_with_what_to_ask(provider, capsys, discovery, asks):
    provider.discovery = discovery
    assert asks in "\n".join(checked(capsys, KEY)[1])


def test_without_userinfo_or_a_page_to_sign_out_it_says_what_that_means(provider, capsys):
    provider.answers["/.well-known/openid-configuration"] = lambda said: {
        name: value for name, value in said.items() if name not in ("userinfo_endpoint", "end_session_endpoint")
    }
    said = "\n".join(checked(capsys)[1])
    assert "dat email en name in het ID-token staan" in said
    assert "geen pagina om daar uit te loggen" in said


def test_a_level_that_the_provider_does_not_know_is_named(provider, capsys, settings):
    provider.discovery = {"acr_values_supported": ["laag"]}
    settings.SSO_PROVIDERS = provider_at(provider.url, SECOND_STEP="acr=hoog amr=mfa", ASK="acr_values=hoog")
    lines, asks = checked(capsys)
    assert "hoog staat niet bij acr_values_supported" in "\n".join(asks)
    assert "  tweede stap telt mee bij: acr met hoog of amr met mfa" in lines
    assert "  ook gevraagd: acr_values=hoog" in lines


def test_a_provider_that_is_away_or_another_site_is_told_apart(provider, capsys):
    provider.answers["/.well-known/openid-configuration"] = (404, b"")
    assert "antwoordt, maar niet met de gegevens" in "\n".join(checked(capsys)[1])
    provider.answers["/.well-known/openid-configuration"] = (200, b"<html>")
    assert "iets anders dan JSON" in "\n".join(checked(capsys)[1])
    provider.answers = {"/keys": (200, b"{}")}
    assert "Er zijn geen sleutels" in "\n".join(checked(capsys)[1])
    provider.stop()
    assert "mag deze server daarheen" in "\n".join(checked(capsys)[1])


def test_of_settings_with_faults_the_faults_are_told(settings, capsys):
    settings.SSO_PROVIDERS = provider_at("https://voorbeeld.nl", CLIENT_ID="")
    assert "SSO_GEMEENTE_CLIENT_ID is missing" in "\n".join(checked(capsys)[1])


def test_what_is_not_in_the_settings_can_not_be_checked(settings):
    settings.SSO_PROVIDERS = {}
    with pytest.raises(CommandError, match="SSO_PROVIDERS is leeg"):
        call_command("sso_check")
    settings.SSO_PROVIDERS = provider_at("https://voorbeeld.nl")
    with pytest.raises(CommandError, match="gemeente"):
        call_command("sso_check", "anders")


def test_our_own_key_is_shown_for_its_administrator_without_what_is_secret_of_it(provider, settings, capsys, tmp_path):
    import jwt

    file = tmp_path / "client.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.SSO_PROVIDERS = provider_at(provider.url, CLIENT_SECRET="", CLIENT_KEY=str(file))
    lines, _ = checked(capsys)
    [told] = public_keys(settings.SSO_PROVIDERS[KEY])["keys"]
    assert set(told) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
    assert told["kid"] in "\n".join(lines)
    assertion = assertion_for(settings.SSO_PROVIDERS[KEY], "https://voorbeeld.nl/token")
    read = jwt.decode(assertion, jwt.PyJWK(told), algorithms=["ES256"], audience="https://voorbeeld.nl/token")
    assert (read["iss"], read["sub"]) == ("samenwerking", "samenwerking")
    file.write_text("geen sleutel")
    assert "CLIENT_KEY kan niet gelezen worden" in "\n".join(checked(capsys)[0])
