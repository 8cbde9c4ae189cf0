"""All tests share one cast: who runs a network, reads, does research, takes part, and who must see nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from assessments.actions import responses
from assessments.actions.responses import Saved
from assessments.actions.rounds import open_round
from assessments.anonymity.secrets import keys_of
from assessments.filling.lock import lock_for_saving
from assessments.models import Membership, Network, OpenLink, Participant, Partner, Response, Role, Round
from assessments.running.pause import PAUSE
from assessments.scores.answers import Filled, asked_of
from factors.actions import load_instrument
from factors.models import InstrumentVersion
from samenwerking.accounts.models import User

PASSWORD = "een heel lang wachtwoord"
_LOADED: dict[str, Any] = {}  # the row of the instrument, as the real loading made it


@dataclass
class Cast:
    network: Network
    partners: dict[str, Partner]
    round: Round
    coordinator: User
    reader: User
    researcher: User
    stranger: User  # coördinator of another network

    def participants(self) -> list[Participant]:
        return list(self.round.participants.select_related("partner").order_by("email"))

    def answer(self, participant: Participant, value: int = 4, *, submit: bool = True, **more: object) -> None:
        """Answers everything that the participant is asked with one value."""
        asked = asked_of(self.round.instrument, participant.level)
        save_answers(participant.pk, dict.fromkeys(asked, value), submit=submit, **more)


def save_answers(some_id: UUID, answers: dict, *, guest_id: UUID | None = None, **more: object) -> Saved:
    """Saves answers as the pages do, for a participant or for a guest of an open link."""
    with lock_for_saving(some_id, guest_id) as person:
        return responses.save_answers(person=person, answers=answers, **more)


def opened(*rows: Response) -> list[Filled]:
    """Returns what is sealed in these responses, or in all that there are."""
    found = rows or Response.objects.select_related("round__kept_secret")
    return [keys_of(response.round).open(response.key, response.sealed) for response in found]


def filled() -> Filled:
    """Returns what is sealed in the only response that there is."""
    [response] = opened()
    return response


def submit_all(round: Round, answers: Iterable[tuple[Participant | OpenLink, dict]]) -> None:
    """Stores many sent responses at once, sealed as saving does, of participants or of new guests of open links."""
    keys = keys_of(round)

    def response(target: Participant | OpenLink, given: dict) -> Response:
        key = keys.response_key(target.pk if isinstance(target, Participant) else uuid4())
        link = target if isinstance(target, OpenLink) else None
        sealed = keys.seal(key, Filled(answers=given))
        return Response(key=key, round=round, open_link=link, is_submitted=True, sealed=sealed)

    Response.objects.bulk_create((response(*own) for own in answers), batch_size=2000)


def build_cast(
    people: dict[tuple[str, str], int] | None = None,
    *,
    minimum: int = 3,
    is_open: bool = True,
    kinds: dict[str, str] | None = None,
) -> Cast:
    """Builds a network with a round and `people` invited by (partner, level); returns the cast.

    With `kinds` of the partners, the round shows sectors.
    """
    people = people or {("school", "uitvoerend"): 4, ("school", "management"): 3, ("gemeente", "bestuur"): 3}
    network = Network.objects.create(name="Netwerk Oost", municipalities="Oostdorp")
    partners = {key: _partner(network, key, kinds or {}) for key in sorted({partner for partner, _ in people})}
    round = Round.objects.create(
        network=network,
        name="Voorjaar",
        instrument_version=loaded_instrument(),
        minimum=minimum,
        in_research=True,
        shown_by="sector" if kinds else "partner",
    )
    invited = [cell for cell, count in people.items() for _ in range(count)]
    Participant.objects.bulk_create(
        Participant(round=round, partner=partners[partner], level=level, email=f"p{number:03}@example.org")
        for number, (partner, level) in enumerate(invited, start=1)
    )
    if is_open:
        ready(round)
        round = open_round(round_id=round.pk)
    roles = {role: _user(role) for role in Role.values}
    for role, user in roles.items():
        Membership.objects.create(network=network, user=user, role=role)
    stranger = _user("stranger")
    elsewhere = Network.objects.create(name="Netwerk West")
    Membership.objects.create(network=elsewhere, user=stranger, role=Role.COORDINATOR)
    users = SimpleNamespace(**roles)
    return Cast(network, partners, round, users.coordinator, users.reader, users.researcher, stranger)


def _partner(network: Network, key: str, kinds: dict[str, str]) -> Partner:
    kind = kinds.get(key, "overig")
    return Partner.objects.create(network=network, key=key, name=key.capitalize(), kind_id=kind)


def loaded_instrument() -> InstrumentVersion:
    """Returns the version of the instrument in this test's database; its files are read and checked once a session."""
    if not _LOADED:
        version = load_instrument()
        _LOADED.update(version=version.version, document=version.document, checksum=version.checksum)
    return InstrumentVersion.objects.get_or_create(version=_LOADED["version"], defaults=_LOADED)[0]


def long_ago(round: Round) -> None:
    """Dates the closing of the round so long ago that the next one can open; by the calendar, across summer time."""
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.localtime() - PAUSE)


def ready(round: Round) -> None:
    """Gives a round what it needs besides participants before it can open."""
    last_day = timezone.localdate() + timedelta(days=20)
    Round.objects.filter(pk=round.pk).update(closes_on=last_day, contact_email="noor@example.org")


def _user(name: str) -> User:
    runs = name in (Role.COORDINATOR, "stranger")
    return User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.capitalize(), may_make_networks=runs)
