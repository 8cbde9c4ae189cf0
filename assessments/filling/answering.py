"""Opens what is stored of a person's answers, for the pages of that person. Knows no request and no page."""

from dataclasses import dataclass, field
from uuid import UUID

from assessments.filling.respondents import Respondent
from assessments.models import Response
from assessments.scores.answers import Filled

# Prepared but for the key: each save and each page asks for these two.
_KEPT = Response.objects.values_list("sealed", "is_submitted")


@dataclass(frozen=True)
class Stored:
    """Holds what somebody filled in, whether it was sent, and whether there is a response at all."""

    filled: Filled = field(default_factory=Filled)
    is_submitted: bool = False
    is_kept: bool = False


class AlreadySent(Exception):
    """What was sent by an open link is read and changed by nobody: the device may be somebody else's by now."""


def stored(person: Respondent) -> Stored:
    """Returns what is stored of the person, opened; empty where nothing is.

    Raises SecretChanged and Unreadable, and AlreadySent where it was sent by an open link.
    """
    key = person.response_key
    found = kept(key) if key else None
    if key is None or found is None:
        return Stored()
    sealed, is_submitted = found
    if is_submitted and person.open_link:
        raise AlreadySent
    return Stored(person.keys.open(key, sealed), is_submitted, is_kept=True)


def kept(key: UUID) -> tuple[bytes | memoryview, bool] | None:
    """Returns what is sealed in the response with this key and whether it was sent; None where there is none.

    `first` would order by the key, which costs as much again.
    """
    return next(iter(_KEPT.filter(pk=key)), None)


def is_locked_out(person: Respondent, own: Stored) -> bool:
    """Tells whether an open link filled up before this browser saved a first answer."""
    return person.open_link is not None and not own.is_kept and person.open_link.is_shut
