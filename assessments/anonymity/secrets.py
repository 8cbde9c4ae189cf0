"""Tells which of the server's secrets open rounds were opened under, and whether the server still has them.

The database has none of the server's secrets, and can still tell that one has changed: it keeps a fingerprint, from
which nothing leads back. RESPONSE_SECRET and LINK_SECRET have generations, as Django's SECRET_KEY has: the first is for
what is new, the others only for reading what they wrote. Of each secret the database also keeps the fingerprint with
which the site was last served: then a change shows where no round is open, too.
"""

import hmac
import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from assessments.anonymity.keys import link_secrets
from assessments.anonymity.seal import RoundKeys
from assessments.models import KnownSecret, Round, RoundSecret
from assessments.models.secrets import new_secret
from assessments.rules.workflow import NotAllowed
from samenwerking.accounts.encryption import encrypt_anew

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


def complaints() -> dict[str, str]:
    """Returns a sentence for each secret that has changed, by its name; none without a database."""
    try:
        lost, replaced = changed_secrets(), replaced_secrets()
    except DatabaseError:  # there is no database yet, or it is not migrated
        return {}
    return {
        name: _complaint(name, f"{rounds} open round(s) were opened under", IN_OPEN_ROUNDS[name])
        for name, rounds in lost.items()
    } | {
        name: _complaint(name, "this site was last served with", OTHERWISE[name])
        + f" Where that can't be, `manage.py secrets --accept {name}` ends this message."
        for name in replaced
        if name not in lost
    }


def _complaint(name: str, whose: str, consequence: str) -> str:
    return f"{name} is not the one that {whose}: {consequence} Put the former value back, or in {name}_FALLBACKS."


def tell_of_changed_secrets() -> None:
    """Logs which secrets have changed, and notes those that have not, or took the place of one that is kept."""
    try:
        note_secrets()
    except DatabaseError:  # there is no database yet, or it is not migrated
        return
    for text in complaints().values():
        log.critical(text)


def generations() -> dict[str, Sequence[str]]:
    """Returns the generations of each of the server's secrets by its name, the one in use first."""
    return {
        "SECRET_KEY": (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS),
        "LINK_SECRET": link_secrets(),
        "RESPONSE_SECRET": response_secrets(),
    }


def replaced_secrets() -> list[str]:
    """Returns the names of the secrets that the site was last served with and that the server no longer has."""
    noted = dict(KnownSecret.objects.values_list("name", "fingerprint"))
    return [name for name, known in generations().items() if noted.get(name, "") not in ("", *map(fingerprint, known))]


def note_secrets() -> None:
    """Notes each secret that the site is served with, unless it took the place of one that the server lost.

    What accounts keep under a former SECRET_KEY is encrypted anew at that moment.
    """
    lost = replaced_secrets()
    for name in generations():
        if name not in lost:
            accept_secret(name)


def accept_secret(name: str) -> None:
    """Notes a secret as the one in use, whatever was noted before."""
    now = fingerprint(generations()[name][0])
    if KnownSecret.objects.filter(pk=name, fingerprint=now).exists():
        return
    if name == "SECRET_KEY":
        encrypt_anew()
    KnownSecret.objects.update_or_create(pk=name, defaults={"fingerprint": now, "since": timezone.localdate()})
    log.info("%s is noted as the one in use", name)


IN_OPEN_ROUNDS = {
    "RESPONSE_SECRET": "nobody can save an answer there, and they can't be closed.",
    "LINK_SECRET": "the links that were mailed for them lead nowhere.",
}
OTHERWISE = {
    "SECRET_KEY": "second steps can't be read, everybody must sign in again, and a guest who had begun counts twice.",
    "LINK_SECRET": "links that were mailed before lead nowhere, also those to reports.",
    "RESPONSE_SECRET": "no open round needs the former one, but a backup of one does.",
}
