"""Brings answers and places together at one moment: in memory, while a round closes. It knows no results."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from assessments.anonymity.seal import RoundKeys, Unreadable
from assessments.anonymity.secrets import SecretChanged, keys_of
from assessments.models import OpenLink, Participant, Round
from assessments.rules.workflow import NotAllowed
from assessments.scores.answers import Sent

AT_A_TIME = 1000  # responses
Place = tuple[str, str]  # partner key, "" for none, and level


class CannotClose(NotAllowed):
    """Not every answer that was sent could be counted, so nothing is closed and nothing erased."""


@dataclass(frozen=True)
class Unsealed:
    """Is what somebody sent, and from which place; it exists for as long as it takes to count it."""

    place: Place
    is_by_open_link: bool
    sent: Sent


def unsealed(round: Round) -> Iterator[Unsealed]:
    """Yields each submitted response of an open round, unsealed. Raises CannotClose.

    They come in no order: whoever keeps something of them sorts it by random keys. The place follows from the
    participant whose key it is; for a guest, from the open link.
    """
    try:
        keys = keys_of(round)
    except SecretChanged as fault:
        raise CannotClose(SECRET_CHANGED) from fault
    places, links = _places_by_key(round, keys), _places_by_link(round)
    sent = round.responses.submitted().values_list("key", "open_link", "sealed")
    for key, link, sealed in sent.iterator(chunk_size=AT_A_TIME):
        place = links.get(link) if link else places.get(key)
        if place is None:
            raise CannotClose(OF_NOBODY)
        try:
            yield Unsealed(place, link is not None, keys.open_to_count(key, sealed))
        except Unreadable as fault:
            raise CannotClose(UNREADABLE) from fault


def _places_by_key(round: Round, keys: RoundKeys) -> dict[UUID, Place]:
    people = Participant.objects.filter(round=round).order_by().values_list("pk", "partner__key", "level")
    return {keys.response_key(pk): (partner, level) for pk, partner, level in people}


def _places_by_link(round: Round) -> dict[UUID, Place]:
    links = OpenLink.objects.filter(round=round).order_by().values_list("pk", "partner__key", "level")
    return {pk: (partner or "", level) for pk, partner, level in links}


NOTHING_LOST = "De ronde blijft open en er is niets gewist. Vraag de beheerder van deze site om hulp."
SECRET_CHANGED = (
    "De ronde kan niet sluiten: de server heeft een ander geheim dan toen de ronde openging (RESPONSE_SECRET),"
    f" en kan de antwoorden niet openen. {NOTHING_LOST}"
)
UNREADABLE = f"De ronde kan niet sluiten: een verstuurde vragenlijst is beschadigd en niet te openen. {NOTHING_LOST}"
OF_NOBODY = (
    "De ronde kan niet sluiten: een verstuurde vragenlijst hoort bij geen deelnemer en bij geen open link."
    f" {NOTHING_LOST}"
)
