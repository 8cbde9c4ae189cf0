"""Says the message of a report in one sentence: which level is more positive, and where most; or what there is instead.

The difference between the levels is the finding. Where there is none, the message is what they agree on; where one
level is shown, what that level says, by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assessments import dutch
from assessments.disclosure.published import Difference, Published, PublishedGroup, is_higher
from assessments.report.sentences.differences import counting, is_known, of_level, reach, widest
from assessments.report.sentences.words import Figures, factor_figures, highest, lowest, names, some, with_band
from assessments.scores.groups import NETWORK, Group, level_group
from assessments.scores.readings import GAP
from factors.instrument import LEVELS, Instrument

MOST_WORDS = 25
FEWEST_COMPARED = 3  # factors; of fewer no level is called more positive
Most = Callable[[Group], int | None]


def headline(published: Published, instrument: Instrument, level: str | None = None) -> str:
    """Returns the message of the network's report, or of a level's, in at most 25 words."""
    shown = published.shown_levels
    if not shown:
        return "Van geen enkel niveau zijn scores te tonen."
    if len(shown) == 1:
        return _of_one(shown[0], published, instrument)
    if brighter := _clearest(published, instrument, level):
        return _brightest(brighter, published, instrument, level)
    if counting(published, level):
        return _apart(of_level(published, level), published, instrument)
    return _alike(published, instrument, level)


def of_part(name: str, figures: Figures, instrument: Instrument) -> str:
    """Returns the message of a partner's or sector's report: what scores highest and lowest there."""
    if not figures:
        return _fits([f"Van {who} is geen enkele factor te tonen." for who in (name, "deze partner")])
    return _fits([f"{who} geeft {ends}." for who in (name, "Deze partner") for ends in _ends(figures, instrument)])


def _fits(candidates: Sequence[str]) -> str:
    """Returns the first sentence that is short enough; the last one always is."""
    return next((text for text in candidates if len(text.split()) <= MOST_WORDS), candidates[-1])


def _of_one(level: str, published: Published, instrument: Instrument) -> str:
    figures = factor_figures(published.group(level_group(level)), instrument)
    if not figures:
        return f"Alleen {dutch.LEVEL[level]} is te tonen, en daarvan geen enkele factor."
    said = f"Alleen {dutch.LEVEL[level]} is te tonen: het geeft"
    return _fits([f"{said} {ends}." for ends in _ends(figures, instrument)])


def _ends(figures: Figures, instrument: Instrument) -> list[str]:
    """Returns what somebody 'gives': the highest and the lowest score or, where nothing is surely apart, the one.

    First with two names for each, then with one.
    """
    (top, high), (bottom, low) = highest(figures), lowest(figures)
    if len(top) == len(figures):
        shown = "" if len(figures) == len(instrument.factors) else "getoonde "
        return [f"elke {shown}factor {with_band(high)}"]
    return [
        f"{some(top, instrument, most)} ({dutch.score(high)}) de hoogste score en "
        f"{some(bottom, instrument, most)} ({dutch.score(low)}) de laagste"
        for most in (2, 1)
    ]


# Who is more positive.


@dataclass(frozen=True)
class Brighter:
    """Says that a level is surely higher than another on `factors`, of the number `compared` where that can be said."""

    level: str
    than: str
    factors: tuple[str, ...]
    compared: int
    differences: tuple[Difference, ...]  # on these factors, also those that do not count

    @property
    def is_clear(self) -> bool:
        """Tells whether that holds of two thirds of the factors, and a difference among them counts."""
        is_most = 3 * len(self.factors) >= 2 * self.compared
        is_more_than_little = any(difference.label != "geen" for difference in self.differences)
        return self.compared >= FEWEST_COMPARED and is_most and is_more_than_little


def _clearest(published: Published, instrument: Instrument, level: str | None) -> Brighter | None:
    """Returns the two levels of which one is clearly more positive, those furthest apart in all; None where none is."""
    found = [brighter for brighter in _pairs(published, instrument, level) if brighter.is_clear]
    return max(found, key=lambda one: sum(reach(d, published)[0] for d in one.differences), default=None)


def _pairs(published: Published, instrument: Instrument, level: str | None) -> Iterator[Brighter]:
    for pair in combinations(published.shown_levels, 2):
        if level in (None, *pair):
            first, second = (factor_figures(published.group(level_group(one)), instrument) for one in pair)
            yield _brighter(pair, first, second, published)
            yield _brighter((pair[1], pair[0]), second, first, published)


def _brighter(pair: tuple[str, str], first: Figures, second: Figures, published: Published) -> Brighter:
    both = [item for item in first if item in second]
    above = [item for item in both if is_higher(first[item], second[item])]
    below = [item for item in both if is_higher(second[item], first[item])]
    equal = [item for item in both if first[item].mean is not None and first[item].mean == second[item].mean]
    differences = [d for d in published.differences if set(d.levels) == set(pair) and d.factor in above]
    return Brighter(*pair, tuple(above), len(above + below + equal), tuple(differences))


def _brightest(found: Brighter, published: Published, instrument: Instrument, level: str | None) -> str:
    """Returns who is more positive, on how many factors and where most; a level's own report begins with that level."""
    is_turned = level == found.than
    own, other = (found.than, found.level) if is_turned else (found.level, found.than)
    how = "minder positief" if is_turned else "positiever"
    said = f"{dutch.capital(dutch.LEVEL[own])} ziet de samenwerking {how} dan {dutch.LEVEL[other]}"
    where = f"op {_of(len(found.factors), found.compared, instrument)}"
    top = widest(found.differences, published)
    factors = [difference.factor for difference in top.differences]
    if len(factors) == len(found.factors) > 1:
        return f"{said}: {where}{_size(top.differences, own, published)}."
    most = "het meest bij" if top.is_sure else "onder meer bij"
    return _fits(
        [
            f"{said}: {where}, {most} {some(factors, instrument, 2)}{_size(top.differences, own, published)}.",
            f"{said}: {where}, {most} {some(factors, instrument, 1)}{_size(top.differences, own, published)}.",
            f"{said}: {where}, {most} {some(factors, instrument, 1)}.",
            f"{said}: {where}.",
        ]
    )


def _of(number: int, compared: int, instrument: Instrument) -> str:
    noun = "factoren" if compared == len(instrument.factors) else "vergelijkbare factoren"
    if number == compared:
        return f"alle {dutch.count(number)} {noun}"
    return f"{dutch.count(number)} van de {dutch.count(compared)} {noun}"


def _size(found: Sequence[Difference], own: str, published: Published) -> str:
    """Returns the two scores of one difference, the own level's first, or the size that several share."""
    first, *others = found
    if others:
        return f" ({dutch.number(abs(first.size))} punt)" if first.size is not None else ""
    figures = published.both(first) if first.levels[0] == own else published.both(first)[::-1]
    return f" ({dutch.score(figures[0])} tegen {dutch.score(figures[1])})"


def _apart(found: Sequence[Difference], published: Published, instrument: Instrument) -> str:
    top = widest(found, published)
    most = "het meest" if top.is_sure and len(top.differences) == 1 else "onder meer"
    first = top.differences[0]
    scores = [f"{dutch.LEVEL[v]} {dutch.score(f)}" for v, f in zip(first.levels, published.both(first), strict=True)]
    return f"De niveaus verschillen {most} over {names([first.factor], instrument)}: {', '.join(scores)}."


# Where no level is.


def _alike(published: Published, instrument: Instrument, level: str | None) -> str:
    """Returns that no difference counts, as far as that can be said, and what the network as a whole says."""
    known = {difference.factor for difference in of_level(published, level) if is_known(difference, published)}
    who = _who(published, level)
    if not known:
        return _near_an_end(published, instrument) or (
            f"Of {who[:1].lower()}{who[1:]} verschillen, is niet te zeggen: te weinig scores zijn te vergelijken."
        )
    noun = "vergelijkbare factor" if len(known) == 1 else "vergelijkbare factoren"
    where = "" if len(known) == len(instrument.factors) else f" op {dutch.count(len(known))} {noun}"
    said = f"{who} scoren{where} bijna gelijk: nergens scheelt het {dutch.number(GAP)} punt of meer"
    figures = factor_figures(published.group(NETWORK), instrument)
    if level or len(figures) < len(instrument.factors):
        return f"{said}."
    return _fits([*(f"{said}; het netwerk geeft {ends}." for ends in _ends(figures, instrument)), f"{said}."])


def _who(published: Published, level: str | None) -> str:
    if level:
        return f"{dutch.capital(dutch.LEVEL[level])} en de andere niveaus"
    return "De niveaus" if len(published.shown_levels) == len(LEVELS) else "De getoonde niveaus"


def _near_an_end(published: Published, instrument: Instrument) -> str:
    """Returns that all comes out near one end of the scale; '' where it does not."""
    groups = [factor_figures(published.group(level_group(level)), instrument) for level in published.shown_levels]
    figures = [figure for own in groups for figure in own.values()]
    if not figures or len({figure.limit for figure in figures}) > 1 or figures[0].limit is None:
        return ""
    whole = all(len(own) == len(instrument.factors) for own in groups)
    return f"De getoonde niveaus geven elke {'' if whole else 'getoonde '}factor {with_band(figures[0])}."


# Does it work, and who answered.


def outcome_sentence(published: Published, instrument: Instrument, own: Group, who: str) -> str:
    """Returns what the outcome scores: of the report's own group (`who`), and beside it of the levels shown."""
    key = instrument.outcome.key
    figure = published.figure(own, key)
    others = [
        f"{dutch.LEVEL[level]} {dutch.score(found)}"
        for level in published.shown_levels
        if level_group(level) != own and not own.is_part and (found := published.figure(level_group(level), key))
    ]
    if figure is None and not others:
        return f"Hoe effectief de samenwerking is, is niet te tonen{_why_hidden(published, own, key)}."
    scale, beside = "op een schaal van 1 tot 5", dutch.listing(others)
    if figure is None:
        return f"Effectieve samenwerking krijgt {scale} van {beside}."
    end = f"; van {beside}" if others else ""
    return f"Effectieve samenwerking krijgt van {who} {dutch.score(figure)} {scale} ({figure.band}){end}."


def _why_hidden(published: Published, own: Group, item: str) -> str:
    """Returns why nobody's score of an item is shown, ': te weinig antwoorden'; '' where not all have one reason."""
    groups = [own, *map(level_group, LEVELS)]
    reasons = {hidden.why for hidden in published.hidden if hidden.group in groups and hidden.item in (None, item)}
    return f": {dutch.WHY_HIDDEN[reasons.pop()]}" if len(reasons) == 1 else ""


def response_sentence(published: Published, own: Group, most: Most = lambda _: None) -> str:
    """Returns how many answered of how many were invited: of the report's group, and of the network by level."""
    group = published.group(own)
    if group and own != NETWORK:
        return f"{dutch.capital(share_sentence(group, most))} vulden de vragenlijst in."
    levels = [(level, published.group(level_group(level))) for level in published.shown_levels]
    if group:
        parts = [f"{level} {_share(shown, most)}" for level, shown in levels if shown]
        return f"{dutch.capital(share_sentence(group, most))}: {dutch.listing(parts)}."
    parts = [f"{share_sentence(shown, most)} van {dutch.LEVEL[level]}" for level, shown in levels if shown]
    return f"De vragenlijst is ingevuld door {'; '.join(parts)}." if parts else "Te weinig mensen om dat te tonen."


def share_sentence(group: PublishedGroup, most: Most = lambda _: None) -> str:
    """Returns how many answered, of how many and in per cent where that is known: '9 van de 12 mensen (75 %)'.

    Where an open link leaves that open, `most` may know how many it could be: '9 van ten hoogste 30 mensen'.
    """
    if group.invited is not None:
        return share_of(group.n, group.invited)
    at_most = most(group.group)
    return f"{group.n} van ten hoogste {at_most} mensen" if at_most else dutch.people(group.n)


def _share(group: PublishedGroup, most: Most) -> str:
    if group.invited is not None:
        return f"{group.n} van {group.invited}"
    at_most = most(group.group)
    return f"{group.n} van ten hoogste {at_most}" if at_most else str(group.n)


def share_of(answered: int, invited: int) -> str:
    return f"{answered} van de {invited} mensen ({dutch.share(answered, invited)})"


def low_response(published: Published, own: Group) -> str:
    """Returns a warning where under half of those invited answered, in all or at a level that is shown; else ''."""
    whole, doubt = published.group(own), "Wie niet meedeed, denkt er misschien anders over."
    if whole and _is_low(whole):
        return f"{share_sentence(whole)} deden mee, minder dan de helft. {doubt}"
    levels = [level_group(level) for level in published.shown_levels] if own == NETWORK else []
    low = [dutch.LEVEL[group.key] for group in levels if (shown := published.group(group)) and _is_low(shown)]
    return f"Van {dutch.listing(low)} deed minder dan de helft mee. {doubt}" if low else ""


def _is_low(group: PublishedGroup) -> bool:
    return group.invited is not None and 2 * group.n < group.invited
