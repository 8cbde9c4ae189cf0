"""Tells which of the server's secrets open rounds were opened under, and whether the server still has them.

The database has none of the server's secrets, and can still tell that one has changed: it keeps a fingerprint, from
which nothing leads back. RESPONSE_SECRET and LINK_SECRET have generations, as Django's SECRET_KEY has: the first is for
what is new, the others only for reading what they wrote.
"""

import hmac
import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import DatabaseError

from assessments.anonymity.keys import link_secrets
from assessments.anonymity.seal import RoundKeys
from assessments.models import Round, RoundSecret
from assessments.models.secrets import new_secret
from assessments.rules.workflow import NotAllowed

log = logging.getLogger(__name__)


class SecretChanged(Exception):
    """The server does not have the RESPONSE_SECRET that a round was opened under, so its answers can't be reached."""


class JustClosed(NotAllowed):
    """The round was open when it was read, and is open no longer."""


def fingerprint(secret: str) -> str:
    """Returns what tells whether a secret is the same one: 32 hexadecimal digits that don't lead back to it."""
    return hmac.digest(secret.encode(), b"fingerprint", "sha256")[:16].hex()


def give_secret(round: Round) -> RoundSecret:
    """Gives a round that opens a secret of its own, and notes under which of the server's secrets that is."""
    return RoundSecret.objects.create(
        round=round,
        secret=new_secret(),
        response_generation=fingerprint(settings.RESPONSE_SECRET),
        link_generation=fingerprint(settings.LINK_SECRET),
    )


def keys_of(round: Round) -> RoundKeys:
    """Returns the keys of an open round. Raises JustClosed where it is open no longer, and SecretChanged."""
    kept = getattr(round, "kept_secret", None)
    if kept is None:
        if not Round.objects.open().filter(pk=round.pk).exists():
            raise JustClosed("Deze ronde is gesloten.")
        raise SecretChanged(f"round {round.pk} has no secret")
    for secret in response_secrets():
        if hmac.compare_digest(fingerprint(secret), kept.response_generation):
            return RoundKeys(round.pk, secret.encode(), bytes(kept.secret))
    raise SecretChanged(f"RESPONSE_SECRET is not the one that round {round.pk} was opened under")


def response_secrets() -> Sequence[str]:
    """Returns the generations of RESPONSE_SECRET, the one for new rounds first."""
    return (settings.RESPONSE_SECRET, *settings.RESPONSE_SECRET_FALLBACKS)


def changed_secrets() -> dict[str, int]:
    """Returns the number of open rounds that need a secret which the server no longer has, by the name of the secret.

    It is empty where all is well.
    """
    own = {
        "RESPONSE_SECRET": ("response_generation", response_secrets()),
        "LINK_SECRET": ("link_generation", link_secrets()),
    }
    lost = {
        name: RoundSecret.objects.exclude(**{f"{column}__in": [*map(fingerprint, known)]}).count()
        for name, (column, known) in own.items()
    }
    return {name: rounds for name, rounds in lost.items() if rounds}


def unneeded_generations() -> list[int]:
    """Returns the places in RESPONSE_SECRET_FALLBACKS, from 1, of secrets that no open round needs."""
    needed = {*RoundSecret.objects.values_list("response_generation", flat=True), fingerprint(settings.RESPONSE_SECRET)}
    former = settings.RESPONSE_SECRET_FALLBACKS
    return [place for place, secret in enumerate(former, start=1) if fingerprint(secret) not in needed]


def complaints() -> list[str]:
    """Returns a sentence for each secret that open rounds need and the server lacks, to show at a start.

    There are none without a database.
    """
    try:
        lost = changed_secrets()
    except DatabaseError:  # there is no database yet, or it is not migrated
        return []
    return [
        f"{name} is not the one that {rounds} open round(s) were opened under: {CONSEQUENCES[name]}"
        f" Put the former value back, or in {name}_FALLBACKS."
        for name, rounds in lost.items()
    ]


def tell_of_changed_secrets() -> None:
    """Logs which secrets open rounds need and the server lacks."""
    for text in complaints():
        log.critical(text)


CONSEQUENCES = {
    "RESPONSE_SECRET": "nobody can save an answer there, and they can't be closed.",
    "LINK_SECRET": "the links that were mailed for them lead nowhere.",
}
