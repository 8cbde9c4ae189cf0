"""Asks a provider for what it says of itself, and reads its answers; each fault is a `Trouble` with its reason."""

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from samenwerking.accounts.sso.configured import Provider, is_safe

WELL_KNOWN = "/.well-known/openid-configuration"
PATIENCE = 5  # seconds, to connect and between two parts of an answer
LARGEST = 512 * 1024  # bytes; discovery of a federation has some tens of thousands
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")


class Trouble(OAuth2Error):
    """A sign-in can't go on; `reason` is a word of ours for the log and the page, and no word of the provider's."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


def discover(provider: Provider) -> dict[str, Any]:
    """Returns what the provider says of itself. Raises Trouble where something that a sign-in needs is missing."""
    said = ask("GET", provider.issuer.rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != provider.issuer:
        raise Trouble("issuer", str(said.get("issuer")))
    for name in (*NEEDED, *OPTIONAL):
        if (name in NEEDED or name in said) and not is_safe(said.get(name)):
            raise Trouble("discovery", name)
    return said


def ask(method: str, address: str, **more: Any) -> dict[str, Any]:
    """Returns the JSON object that an address of a provider answers with.

    Raises Trouble: 'unreachable' where there is no answer, 'refused' where it has another status than 200, and
    'unreadable' where the answer is none of ours.
    """
    try:
        with requests.request(method, address, timeout=PATIENCE, allow_redirects=False, stream=True, **more) as answer:
            body = _body_of(answer)
    except requests.RequestException as fault:
        raise Trouble("unreachable", f"{urlsplit(address).hostname}: {type(fault).__name__}") from fault
    if answer.status_code != requests.codes.ok:
        raise Trouble("refused", f"{urlsplit(address).path} answered {answer.status_code}")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Trouble("unreadable", f"{urlsplit(address).path} did not answer with a JSON object")
    return said


def _body_of(answer: requests.Response) -> bytes:
    body = b""
    for part in answer.iter_content(16 * 1024):
        body += part
        if len(body) > LARGEST:
            raise Trouble("unreadable", "the answer is too large")
    return body
