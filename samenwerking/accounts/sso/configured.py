"""Reads from the environment at which providers staff may sign in. Settings import it, so it knows no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from samenwerking.loopback import is_loopback

KEY = re.compile("[a-z][a-z0-9]{0,19}")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# The claims by which a provider says how somebody signed in there.
SAYS_HOW = ("amr", "acr", "acrs")
# What we send ourselves with each sign-in.
OWN_PARAMETERS = frozenset(
    {
        "client_id",
        "client_secret",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_mode",
        "response_type",
        "scope",
        "state",
    }
)


@dataclass(frozen=True)
class Provider:
    """Is a place where staff sign in. With `faults`, sentences that say what is wrong with it, it is not offered."""

    key: str  # stands in addresses, and beside each identity in the database
    name: str = ""
    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    client_key: str = ""  # the path of a private key, where the provider takes no secret
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    second_step: tuple[tuple[str, str], ...] = ()  # a claim and its value; one that fits is enough
    domains: frozenset[str] = frozenset()  # of addresses that it may give; none is all of them
    ask: tuple[tuple[str, str], ...] = ()  # what else to send with a sign-in
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def providers_from(environment: Mapping[str, str]) -> dict[str, Provider]:
    """Returns the providers that SSO_PROVIDERS names, in that order, by their keys; also those with faults."""
    keys = [key.strip().lower() for key in environment.get("SSO_PROVIDERS", "").split(",") if key.strip()]
    return {key: _provider_from(key, environment) for key in keys}


def offered(providers: Mapping[str, Provider]) -> dict[str, Provider]:
    """Returns those without faults."""
    return {key: provider for key, provider in providers.items() if not provider.faults}


def is_safe(address: object) -> bool:
    """Tells whether an address is one at which nobody listens in: https, or this machine."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
        )
    except ValueError:
        return False


def _provider_from(key: str, environment: Mapping[str, str]) -> Provider:
    def said(name: str) -> str:
        return environment.get(f"SSO_{key.upper()}_{name}", "").strip()

    values = {
        "key": key,
        "name": said("NAME"),
        "issuer": said("ISSUER"),
        "client_id": said("CLIENT_ID"),
        "client_secret": said("CLIENT_SECRET"),
        "client_key": said("CLIENT_KEY"),
        "scopes": tuple(said("SCOPES").split() or Provider.scopes),
        "second_step": tuple(_pair(words) for words in said("SECOND_STEP").split()),
        "domains": frozenset(said("DOMAINS").lower().replace(",", " ").split()),
        "ask": tuple(parse_qsl(said("ASK"), keep_blank_values=True)),
    }
    provider = Provider(**values)  # type: ignore[arg-type]  # each as its field says
    return Provider(**values, faults=tuple(_faults_of(provider)))  # type: ignore[arg-type]


def _pair(words: str) -> tuple[str, str]:
    claim, _, value = words.partition("=")
    return claim, value


def _faults_of(provider: Provider) -> list[str]:
    """Returns a sentence for each thing that is missing or wrong."""
    found = [*_faults_of_names(provider), *_faults_of_secrets(provider), *_faults_of_choices(provider)]
    return [sentence.format(f"SSO_{provider.key.upper()}_") for sentence, is_wrong in found if is_wrong]


def _faults_of_names(provider: Provider) -> list[tuple[str, bool]]:
    return [
        (
            "SSO_PROVIDERS must hold short names, such as ‘gemeente’: letters and figures, 20 at most.",
            not KEY.fullmatch(provider.key),
        ),
        ("{0}NAME is missing: what the button says, such as ‘Gemeente Voorbeeld’.", not provider.name),
        (
            "{0}ISSUER must be the https:// address that the provider's discovery names as its issuer.",
            not is_safe(provider.issuer),
        ),
        (
            "{0}ISSUER is that of all tenants. Put the id of your own tenant in it.",
            _is_of_all_tenants(provider.issuer),
        ),
    ]


def _faults_of_secrets(provider: Provider) -> list[tuple[str, bool]]:
    has_secret, has_key = bool(provider.client_secret), bool(provider.client_key)
    return [
        ("{0}CLIENT_ID is missing: under which name the provider knows this site.", not provider.client_id),
        ("{0}CLIENT_SECRET or {0}CLIENT_KEY must be set, and not both.", has_secret == has_key),
        ("{0}CLIENT_KEY is no file that can be read.", has_key and not Path(provider.client_key).is_file()),
    ]


def _faults_of_choices(provider: Provider) -> list[tuple[str, bool]]:
    ways_are_wrong = any(claim not in SAYS_HOW or not value for claim, value in provider.second_step)
    return [
        ("{0}SCOPES has no ‘openid’.", "openid" not in provider.scopes),
        (
            "{0}SECOND_STEP must be like ‘amr=mfa’, with amr, acr or acrs; more than one with spaces between.",
            ways_are_wrong,
        ),
        (
            "{0}DOMAINS must be like ‘voorbeeld.nl’; more than one with commas between.",
            not all(DOMAIN.fullmatch(domain) for domain in provider.domains),
        ),
        (
            "{0}ASK must be like ‘acr_values=x&prompt=login’, and name nothing that is sent anyhow.",
            any(name in OWN_PARAMETERS for name, _ in provider.ask),
        ),
    ]


def _is_of_all_tenants(issuer: str) -> bool:
    return any(f"/{part}/" in f"{issuer}/" for part in ("common", "organizations", "consumers", "{tenantid}"))
