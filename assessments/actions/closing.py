"""Opens, counts, freezes and erases the answers of a round that closes, in one transaction. It sends no mail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from assessments.anonymity.unsealing import NOTHING_LOST, CannotClose, unsealed
from assessments.disclosure.naming import may_be_named
from assessments.models import FrozenResults, OpenAnswer, OpenLink, Participant, Round, RoundSecret, ShownBy
from assessments.models.results import names_of
from assessments.results.document import checksum, to_json
from assessments.running.process import partners_to_tell, process_of, response_by_level
from assessments.running.sectors import Cells, in_parts, parts_of, sectors_of
from assessments.scores.groups import Cell
from factors.instrument import OUDERS

if TYPE_CHECKING:
    from assessments.results.tally import Tally


@dataclass(frozen=True)
class Text:
    """Is what somebody wrote under an open question, with the level that they wrote it at."""

    level: str
    text: str
    is_by_open_link: bool


@dataclass(frozen=True)
class Counted:
    """Holds all that was sent in a round, counted, with the `texts` by open question.

    In the tally stand sectors in the place of partners where the round shows those; `answered` has people by (partner,
    level).
    """

    tally: Tally
    answered: Counter[Cell] = field(default_factory=Counter)
    texts: Mapping[str, list[Text]] = field(default_factory=dict)


def count_and_erase(round: Round) -> None:
    """Turns the answers of an open round into results and open answers, and erases them with the round's secret.

    Call it within a transaction that owns the round. Raises CannotClose where not everything that was sent is in what
    was frozen; the transaction must then come to nothing.
    """
    round.responses.filter(is_submitted=False).delete()
    part_of = parts_of(round)
    counted = _count(round, part_of)
    _freeze(round, counted, part_of)
    _cut_loose_open_answers(round, counted.texts)
    erased, _ = round.responses.all().delete()
    if erased != counted.tally.people:
        raise CannotClose(f"De ronde kan niet sluiten: niet alles wat is verstuurd, is geteld. {NOTHING_LOST}")
    RoundSecret.objects.filter(round=round).delete()


def _count(round: Round, part_of: Mapping[str, str]) -> Counted:
    from assessments.results.tally import Tally  # pandas takes a second to load; only closing needs it

    tally, answered, texts = Tally(round.instrument), Counter[Cell](), defaultdict(list)
    for person in unsealed(round):
        partner, level = person.place
        tally.add(part_of.get(partner, partner), level, person.is_by_open_link, person.sent)
        answered[person.place] += 1
        for question, text in person.sent.texts.items():
            texts[question].append(Text(level, text, person.is_by_open_link))
    return Counted(tally, answered, texts)


def _freeze(round: Round, counted: Counted, part_of: Mapping[str, str]) -> None:
    from assessments.results.pipeline import results_of

    instrument, tally, by_sector = round.instrument, counted.tally, round.shown_by == ShownBy.SECTOR
    own_invited, room = Participant.objects.filter(round=round).invited_by_cell(), _room_by_cell(round)
    invited = own_invited | dict.fromkeys(room)
    own = tally.counts(by_personal_link=True)
    counts, judged = (tally.counts(), own) if tally.has_guests else (own, None)
    found = results_of(
        counts,
        instrument,
        judged=judged,
        minimum=round.minimum,
        invited=in_parts(invited, part_of),
        context=round.network.context,
        by_sector=by_sector,
    )
    document = to_json(found, instrument)
    shown, sector_of = {group.key for group in found.published.shown_parts}, part_of if by_sector else {}
    told = partners_to_tell(own_invited, shown, round.minimum, sector_of)
    facts = _facts(round, invited, counted.answered, told)
    facts["at_most"] = _at_most(in_parts(own_invited, part_of), in_parts(room, part_of))
    FrozenResults.objects.create(round=round, document=document, facts=facts, checksum=checksum(document))
    kept = FrozenResults.objects.get(round=round)
    if kept.results != found or checksum(kept.document) != kept.checksum:
        raise CannotClose(f"De ronde kan niet sluiten: de uitkomsten zijn niet goed bewaard. {NOTHING_LOST}")


def _room_by_cell(round: Round) -> dict[tuple[str, str], int]:
    """Returns by (partner, level) how many an open link lets in at most, of links by which somebody sent.

    One that nobody used tells nothing, and leaves the number invited what it was.
    """
    links = OpenLink.objects.filter(round=round).exclude(level=OUDERS)
    used = links.annotate(sent=Count("responses", filter=Q(responses__is_submitted=True))).filter(sent__gt=0)
    cells = used.values_list("partner__key", "level", "is_withdrawn", "cap", "sent")
    return {(partner, level): sent if is_withdrawn else cap for partner, level, is_withdrawn, cap, sent in cells}


def _at_most(invited: Cells, room: Cells) -> dict[str, int]:
    """Returns how many people at most could answer, of each group in which somebody came by an open link."""
    found: Counter[str] = Counter()
    for cells in (invited, room):
        for cell, people in cells.items():
            found.update(dict.fromkeys(_groups_of(cell), people or 0))
    touched = {group for cell in room for group in _groups_of(cell)}
    return {group: people for group, people in found.items() if group in touched}


def _groups_of(cell: Cell) -> tuple[str, str, str]:
    return f"part:{cell[0]}", f"level:{cell[1]}", "network"


def _facts(round: Round, invited: Cells, answered: Mapping[Cell, int], told: Collection[str]) -> dict[str, Any]:
    """Returns the names of now, and how many were invited, reminded and answered, where that tells of no person.

    Of the partners `told` it may be said how many answered.
    """
    facts = names_of(round)
    facts["process"] = process_of(round)
    facts["levels"] = response_by_level(invited, answered, round.minimum)
    if round.shown_by == ShownBy.SECTOR:
        facts["sectors"] = [asdict(sector) for sector in sectors_of(round)]
    for partner in facts["partners"]:
        key = partner["key"]
        of_levels = [people for (whose, _), people in invited.items() if whose == key]
        sent = sum(people for (whose, _), people in answered.items() if whose == key)
        partner |= _response(of_levels, sent if key in told or not of_levels else None, round.minimum)
    return facts


def _response(of_levels: Sequence[int | None], answered: int | None, minimum: int) -> dict[str, int | bool]:
    """Returns what may be said of a partner's response; nothing where an open link makes it unknown.

    Without `answered` it is not said how many did.
    """
    known = [people for people in of_levels if people is not None]
    if len(known) < len(of_levels):
        return {}
    if 0 < sum(known) < minimum:
        return {"is_small": True}
    return {"invited": sum(known)} | ({} if answered is None else {"answered": answered})


def _cut_loose_open_answers(round: Round, texts: Mapping[str, list[Text]]) -> None:
    """Keeps what was written, apart from who wrote it, in the order of random keys.

    The ouders' texts are theirs alone: from the minimum they are kept under their name, below it not at all. Other
    levels are named on the texts of those with a personal link: whoever has an open one can strike out their own.
    """
    loose = []
    for question, given in texts.items():
        named = _levels_to_name(given, round)
        loose += [
            OpenAnswer(round=round, question=question, level=own.level if own.level in named else "", text=own.text)
            for own in given
            if own.level != OUDERS or own.level in named
        ]
    OpenAnswer.objects.bulk_create(sorted(loose, key=lambda answer: answer.pk))


def _levels_to_name(given: list[Text], round: Round) -> frozenset[str]:
    counted: Counter[str] = Counter()
    for own in given:
        counted[own.level] += own.level == OUDERS or not own.is_by_open_link
    named = may_be_named({level: count for level, count in counted.items() if level != OUDERS}, round.minimum)
    return named | {OUDERS} if counted.get(OUDERS, 0) >= round.ouders_minimum else named
