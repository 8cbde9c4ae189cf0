"""Reads what a provider says of somebody. It knows no request and no database, and keeps what is needed alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from samenwerking.accounts.sso.configured import Provider
from samenwerking.addresses import Unfit, judged
from samenwerking.links import holds_link

LONGEST_NAME = 200

# What can be amiss with an address: the word in the log, and what its owner reads; {0} is the provider's name.
SENTENCES = {
    "email": (
        "{0} gaf geen e-mailadres door. Daarom houdt uw account het adres dat het al had. Hoort uw adres mee te komen?"
        " Vraag het uw ICT-helpdesk."
    ),
    "email_only_upn": (
        "{0} gaf alleen uw inlognaam door, en geen e-mailadres. Daarom houdt uw account het adres dat het al had. Hoort"
        " uw adres mee te komen? Vraag het uw ICT-helpdesk."
    ),
    "email_of_guest": (
        "U bent bij {0} te gast met een adres van een andere organisatie. Dat adres nemen wij niet over: uw account"
        " houdt het adres dat het al had."
    ),
    "email_verified": (
        "{0} zegt dat uw e-mailadres daar nog niet is bevestigd. Daarom houdt uw account het adres dat het al had."
    ),
    "email_fit": (
        "{0} gaf iets door waar geen mail heen kan. Daarom houdt uw account het adres dat het al had. Vraag uw"
        " ICT-helpdesk of uw adres daar klopt."
    ),
    "email_free": (
        "Het e-mailadres dat {0} doorgaf, hoort hier al bij een ander account. Daarom houdt uw account het adres dat"
        " het al had. Vraag de beheerder om dit op te lossen."
    ),
}


@dataclass(frozen=True)
class Person:
    """Is somebody as a provider tells of them. `lacks` is a key of SENTENCES where the address can't be taken over.

    `overlooked` names what came along that is not read here.
    """

    uid: str
    email: str = ""
    name: str = ""
    lacks: str = ""
    overlooked: str = ""
    passed_second_step: bool = False


def uid_of(issuer: str, subject: str) -> str:
    """Returns what an identity is known by: its issuer and its subject there, in 64 signs, and nothing to read in them.

    A subject can have 255 signs, and the table's column takes 191.
    """
    return sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def person_of(claims: Mapping[str, Any], provider: Provider) -> Person:
    """Returns what is needed of the claims; whatever else they hold goes no further."""
    email, lacks = _address_of(claims, provider)
    return Person(
        uid=uid_of(provider.issuer, str(claims["sub"])),
        email=email,
        name=_name_of(claims),
        lacks=lacks,
        overlooked="groups" if _has_too_many_groups(claims) else "",
        passed_second_step=_passed_second_step(claims, provider),
    )


def _address_of(claims: Mapping[str, Any], provider: Provider) -> tuple[str, str]:
    """Returns the address and what it lacks; one of the two is empty."""
    said = _text(claims, "email")
    if not said:
        return "", "email_only_upn" if _text(claims, "upn") or _text(claims, "preferred_username") else "email"
    if claims.get("email_verified") in (False, "false"):
        return "", "email_verified"
    try:
        address = judged(said)
    except Unfit:
        return "", "email_fit"
    if provider.domains and address.rpartition("@")[2] not in provider.domains:
        return "", "email_of_guest"
    return address, ""


def _name_of(claims: Mapping[str, Any]) -> str:
    """Returns the name on one line; none where it could be a link in mail, or is longer than a name."""
    parts = [_text(claims, part) for part in ("given_name", "family_name")]
    said = _text(claims, "name") or " ".join(part for part in parts if part)
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
    return "" if len(name) > LONGEST_NAME or holds_link(name) else name


def _has_too_many_groups(claims: Mapping[str, Any]) -> bool:
    """Tells whether the provider sent where to ask for the groups, instead of the groups ('groups overage')."""
    names = claims.get("_claim_names")
    return isinstance(names, Mapping) and "groups" in names


def _passed_second_step(claims: Mapping[str, Any], provider: Provider) -> bool:
    return any(value in _values(claims.get(claim)) for claim, value in provider.second_step)


def _values(claim: Any) -> list[str]:
    found = claim if isinstance(claim, list) else [claim]
    return [value for value in found if isinstance(value, str)]


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""
