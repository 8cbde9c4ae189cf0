"""Picks advice by the instrument's written rules, from published figures only; what is hidden is never looked at.

A level and the network get ten advices at most, in the order of importance of what they answer (`importance`): of each
finding the first advice, then of each the second, and so on. The first three stand up front in the report, the others
behind; all that rules give stands on the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, zip_longest

from assessments.disclosure.published import Published
from assessments.results.conditions import Judge, Pair, Subject
from assessments.results.importance import PRESSING, Rank, Standing, distance, standings
from factors.instrument import KEPT, Advice, Instrument, Rule

UP_FRONT, MOST = 3, 10
# A finding's advices have every second turn, the first of them as its rank says. What is low has its third before
# lesser differences have their first; the factor on which levels differ most has its second after that.
FIRST_TURN = {Rank.PARTLY_LOW: 1, Rank.SPLIT: 1, Rank.APART: 5}
ADDRESSED = (None, "bestuur")  # the main study's recommendations are for the gemeente, which sits at bestuur
TALK = Standing(Rank.FURTHEST_APART, Decimal(-10))  # before what is advised on the factor itself


@dataclass(frozen=True)
class Pick:
    """Is one advice for a level (None: for the network as a whole), and the rule that picked it.

    `factor` is what the rule is about. `pair` has the two levels whose difference it speaks of; where it names no
    factor, `factor` is the one on which they differ most.
    """

    advice: str
    level: str | None
    rule: str
    pair: Pair | None = None
    factor: str | None = None


@dataclass(frozen=True)
class _Offer:
    """Is what a rule that holds offers a report: its advices, where its finding stands, and its lowest figure.

    `is_of_two` says whether it speaks of two levels that differ.
    """

    rule: Rule
    about: str
    picks: tuple[Pick, ...]
    standing: Standing
    is_of_two: bool
    lowest: Decimal

    @property
    def order(self) -> tuple[Standing, bool, Decimal]:
        """Returns what offers are ordered by: of one finding, what is low comes before how far two levels differ."""
        return self.standing, self.is_of_two, self.lowest

    @property
    def finding(self) -> tuple[str, bool]:
        """Returns what is found: advices on one finding take turns with those on others."""
        return self.about, self.standing.rank > PRESSING


def pick(published: Published, instrument: Instrument, context: Mapping[str, str] | None = None) -> tuple[Pick, ...]:
    """Returns the advice that the rules call for: the network's, then each shown level's, the most important first.

    Each of them gets an advice once, and ten advices at most. `context` has what the network said of itself, by the
    words of CONTEXT. Returns nothing where nobody answered.
    """
    if not published.groups and not published.hidden:
        return ()
    judge = Judge(published, instrument, context or {})
    readers = [Subject(), *(Subject(level) for level in published.shown_levels)]
    return tuple(p for reader in readers for p in _for_reader(reader, judge))


def up_front(picks: Sequence[Pick], level: str | None) -> tuple[Pick, ...]:
    """Returns the advices of a level (None: the network) to begin with, three at most."""
    return tuple(p for p in picks if p.level == level)[:UP_FRONT]


def _for_reader(reader: Subject, judge: Judge) -> list[Pick]:
    offers = _offers(reader, judge)
    found = _once_each(p for some in _by_rank(offers) for p in _in_turns(some))
    return _ten(found, [*_indispensable(found, offers, judge.instrument)])


def _ten(found: Sequence[Pick], kept: Sequence[Pick]) -> list[Pick]:
    """Returns ten of the advices in their order: the three to begin with, those that are kept, and then the first."""
    wanted = list(dict.fromkeys([*found[:UP_FRONT], *kept, *found]))[:MOST]
    return [p for p in found if p in wanted]


def _indispensable(found: Sequence[Pick], offers: Sequence[_Offer], instrument: Instrument) -> Iterator[Pick]:
    """Yields the recommendations of the main study that apply, and then of each subject that is kept the first advice.

    Those that follow from a difference alone apply to whom the study addresses them.
    """
    main = instrument.sources[0].key
    own = {p.advice for offer in offers if not offer.is_of_two for p in offer.picks}
    for p in found:
        given = instrument.advice_by_key[p.advice].recommendation
        if given and given.source == main and (p.level in ADDRESSED or p.advice in own):
            yield p
    for subject in KEPT:
        kept = {p.advice for offer in offers if offer.rule.keeps == subject for p in offer.picks}
        yield from [p for p in found if p.advice in kept][:1]


def _by_rank(offers: Sequence[_Offer]) -> Iterator[list[_Offer]]:
    """Yields what is pressing, and then what is strong, in between, or about nothing in particular.

    What is strong, and rests on few people, comes last where a factor is low.
    """
    is_low = any(offer.standing.rank in (Rank.PAST_IS_LOW, Rank.LOW) for offer in offers)
    calm = [Rank.BETWEEN, Rank.GENERAL, Rank.STRONG] if is_low else [Rank.STRONG, Rank.BETWEEN, Rank.GENERAL]
    for ranks in ([rank for rank in Rank if rank <= PRESSING], *([rank] for rank in calm)):
        yield [offer for offer in offers if offer.standing.rank in ranks]


def _in_turns(offers: Sequence[_Offer]) -> list[Pick]:
    """Returns the advices of rules, one of each finding in turn; of equal turns the most important finding's first.

    Within a finding it is one of each rule in turn, that with the lowest figure first.
    """
    findings: dict[tuple[str, bool], list[_Offer]] = {}
    for offer in sorted(offers, key=lambda offer: offer.order):
        findings.setdefault(offer.finding, []).append(offer)
    placed = [
        (_turn(some[0].standing.rank, place), p)
        for some in findings.values()
        for place, p in enumerate(_once_each(_turns([offer.picks for offer in some])))
    ]
    return [p for _, p in sorted(placed, key=lambda one: one[0])]


def _turn(rank: Rank, place: int) -> int:
    if rank == Rank.FURTHEST_APART and place:
        return 2 * place + 4
    return FIRST_TURN.get(rank, 0) + 2 * place


def _turns(lists: Iterable[Sequence[Pick]]) -> list[Pick]:
    return [p for row in zip_longest(*lists) for p in row if p]


def _once_each(picks: Iterable[Pick]) -> list[Pick]:
    first: dict[str, Pick] = {}
    for p in picks:
        first.setdefault(p.advice, p)
    return list(first.values())


def _offers(reader: Subject, judge: Judge) -> list[_Offer]:
    """Returns what rules offer a level or the network: its own rules, and those on two levels that it has part in."""
    places = standings(judge, reader)
    held = [(rule, subject) for subject in (reader, *_pairs(reader, judge)) for rule in judge.holding(subject)]
    waiting = {key for rule, _ in held for key in rule.waits}
    return [_offer(rule, subject, reader, judge, places, waiting) for rule, subject in held]


def _offer(
    rule: Rule,
    subject: Subject,
    reader: Subject,
    judge: Judge,
    places: Mapping[str, Standing],
    waiting: Collection[str],
) -> _Offer:
    about = judge.about(rule, subject)
    factor = _factor(about, subject, judge)
    fitting = [key for key in rule.advice if _fits(judge.instrument.advice_by_key[key], rule, subject, reader, judge)]
    picks = (Pick(key, reader.level, rule.key, subject.pair, factor) for key in fitting if key not in waiting)
    lowest = min(judge.lowest(item, subject) for item in rule.when[0].items)
    return _Offer(rule, about, tuple(picks), _place(rule, about, subject, places), bool(subject.pair), lowest)


def _pairs(reader: Subject, judge: Judge) -> list[Subject]:
    """Returns the pairs of shown levels that a reader has part in; those furthest apart come first."""
    apart = {
        pair: max((distance(d, judge) for d in judge.published.differences if d.levels == pair), default=0)
        for pair in combinations(judge.published.shown_levels, 2)
        if reader.level in (None, *pair)
    }
    return [Subject(pair=pair) for pair in sorted(apart, key=lambda pair: -apart[pair])]


def _place(rule: Rule, about: str, subject: Subject, places: Mapping[str, Standing]) -> Standing:
    """Returns where a rule's finding stands: what is strong, or about no factor, comes after all that is."""
    if subject.pair and about not in places:
        return TALK
    if rule.asked == {"sterk"}:
        return Standing(Rank.STRONG)
    place = places.get(about, Standing(Rank.GENERAL))
    return place._replace(rank=max(place.rank, Rank.BETWEEN)) if rule.asked == {"bespreken"} else place


def _factor(about: str, subject: Subject, judge: Judge) -> str | None:
    """Returns the factor that a rule names or else, of two levels, the one on which they differ most."""
    if about in judge.instrument.factor:
        return about
    if not subject.pair:
        return None
    apart = {d.factor: distance(d, judge) for d in judge.published.differences if d.levels == subject.pair}
    return max((key for key in judge.instrument.factor if key in apart), key=apart.__getitem__)


def _fits(advice: Advice, rule: Rule, subject: Subject, reader: Subject, judge: Judge) -> bool:
    """Tells whether the reader can act on it, and whether it asks for nothing that is strong already.

    The latter counts where a factor is in between, and where it is only said to differ between two levels: unless it is
    low for those who do the work.
    """
    if reader.level and reader.level not in advice.levels:
        return False
    if not subject.pair and rule.asked != {"bespreken"}:
        return True
    named = [item for item in (advice.dimension, advice.factor if subject.pair else None) if item]
    is_strong = any("sterk" in judge.readings(item, reader) for item in named)
    return not is_strong or bool(subject.pair and judge.is_partly_low_at_first_hand(advice.factor or ""))
