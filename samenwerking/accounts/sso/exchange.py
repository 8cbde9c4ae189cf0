"""Speaks with a provider, by the sign-in package's own parts; heavy, so others import it in functions only.

What differs from the package: the ID token's signature and nonce are checked, its claims win over those of userinfo,
and each fault of an answer is a `Trouble`.
"""

from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samenwerking.accounts.sso.claims import person_of
from samenwerking.accounts.sso.configured import SAYS_HOW, Provider, offered
from samenwerking.accounts.sso.discovery import Trouble, ask, discover
from samenwerking.accounts.sso.tokens import assertion_for, verified_claims

WANTED = ("email", "name")  # where the ID token has not both, userinfo is asked too
BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Client(OAuth2Client):
    """Sends somebody away, and gets the tokens for the code that they come back with."""

    provider: Provider

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]) -> str:
        """Returns the address to go to; one that has a query of its own keeps it."""
        own = {
            "client_id": self.consumer_key,
            "redirect_uri": self.callback_url,
            "response_type": "code",
            "scope": " ".join(scope),
            "state": self.state,
        }
        texts = {name: value.decode() if isinstance(value, bytes) else value for name, value in extra_params.items()}
        return add_query_params(authorization_url, own | texts)

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Returns the tokens. Raises Trouble."""
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback_url,
            "code_verifier": pkce_code_verifier,
        }
        auth = None
        if self.provider.client_key:
            assertion = assertion_for(self.provider, self.access_token_url)
            data |= {
                "client_assertion_type": BY_ASSERTION,
                "client_assertion": assertion,
                "client_id": self.consumer_key,
            }
        elif self.basic_auth:
            auth = (quote_plus(self.consumer_key), quote_plus(self.consumer_secret))  # RFC 6749, 2.3.1
        else:
            data |= {"client_id": self.consumer_key, "client_secret": self.consumer_secret}
        return ask("POST", self.access_token_url, data=data, auth=auth)


class Exchange(OpenIDConnectOAuth2Adapter):
    """Is one way there and back."""

    client_class = Client
    nonce = ""

    @cached_property
    def configured(self) -> Provider:
        return offered(settings.SSO_PROVIDERS)[self.provider_id]

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return discover(self.configured)

    @property
    def basic_auth(self) -> bool:
        methods = self.openid_config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_post" not in methods

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return return_address(self.provider_id)

    def get_client(self, request: HttpRequest, app: SocialApp) -> Client:
        client = super().get_client(request, app)
        client.provider = self.configured
        return client

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Returns the tokens. Raises Trouble, also where the answer names another issuer (RFC 9207)."""
        if request.GET.get("iss", self.configured.issuer) != self.configured.issuer:
            raise Trouble("token", "the answer is of another issuer")
        self.nonce = nonce_for(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Returns a token that is stored nowhere."""
        return SocialToken(token="")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Returns who it is, with what is needed of them as `person`. Raises Trouble."""
        answer = kwargs["response"]
        keys = ask("GET", self.openid_config["jwks_uri"])
        claims = verified_claims(answer.get("id_token"), keys, self.configured, self.nonce)
        if not all(claims.get(name) for name in WANTED):
            said = {name: value for name, value in claims.items() if value not in (None, "")}
            claims = self._userinfo(answer.get("access_token"), claims["sub"]) | said
        person = person_of(claims, self.configured)
        known = SocialAccount.objects.filter(provider=self.provider_id, uid=person.uid).first()
        # The package writes these over what is kept; `linking` does so once somebody is in.
        kept = known.extra_data if known else {}
        account = SocialAccount(provider=self.provider_id, uid=person.uid, extra_data=kept)
        login = SocialLogin(provider=self.get_provider(), account=account)
        login.person = person
        login.can_be_ended = "end_session_endpoint" in self.openid_config
        return login

    def _userinfo(self, access_token: object, subject: str) -> dict[str, Any]:
        """Returns what userinfo says of the same person; nothing where it can't be had: it adds a name at most."""
        address = self.openid_config.get("userinfo_endpoint")
        if not address or not isinstance(access_token, str):
            return {}
        try:
            said = ask("GET", address, headers={"Authorization": f"Bearer {quote_plus(access_token, safe='-._~+/=')}"})
        except Trouble:
            return {}
        if said.get("sub") != subject:
            return {}
        # How somebody signed in is believed of the signed token alone.
        return {name: value for name, value in said.items() if name not in SAYS_HOW}


class OpenIDConnect(OpenIDConnectProvider):
    oauth2_adapter_class = Exchange

    def get_pkce_params(self) -> dict[str, Any]:
        """Returns the proof of RFC 7636, and a nonce that follows from it."""
        challenge = generate_code_challenge()
        return challenge | {"nonce": nonce_for(challenge["code_verifier"])}

    def serialize(self) -> dict[str, str]:
        """Returns what names this provider while a second step is asked; two providers can share a client's name."""
        return {"id": self.app.provider_id}


def openid_connect(request: HttpRequest, provider: Provider) -> OpenIDConnect:
    """Returns the package's idea of a provider: an app that stands in no table."""
    app = SocialApp(
        provider=OpenIDConnect.id,
        provider_id=provider.key,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={"server_url": provider.issuer, "scope": provider.scopes, "auth_params": dict(provider.ask)},
    )
    return OpenIDConnect(request, app=app)


def return_address(key: str) -> str:
    """Returns where a provider sends people back to; its administrator must know this address."""
    return settings.BASE_URL + reverse("sso_return", args=[key])


def nonce_for(code_verifier: str) -> str:
    """Returns what the ID token must repeat; only the browser's own session knows the verifier that it follows from."""
    return sha256(f"nonce {code_verifier}".encode()).hexdigest()
