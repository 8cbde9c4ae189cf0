"""Shows advice in the order of importance: three at most up front, seven behind, each with the reason for it.

Picks nothing: `results/advice.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.blocks import AdviceCard, AdviceGroup, Advices, Block, Heading, Points, Section, Text
from assessments.report.context import Context
from assessments.results.advice import Pick
from assessments.results.conditions import FIRST_HAND, Pair
from assessments.scores.groups import NETWORK, Group, level_group
from factors.instrument import EVERY, LEVELS, SOME, SPLIT, Advice, Condition, Rule

INTRO = (
    "De adviezen volgen uit vaste regels. Het zijn mogelijkheden om uit te kiezen, geen opdrachten. "
    "Of een advies hier werkt, is niet onderzocht. Wat het meest opvalt in de scores, staat vooraan. "
    "De eerste stap bij een advies is meestal afgeleid: de studies noemen die zelden."
)
FOR_PART = (
    "U leest hier de adviezen voor het hele netwerk die ook {yours} aangaan. "
    "Uit de scores van {yours} alleen volgt geen advies."
)
BEHIND = "Gebruik deze als de eerste zijn besproken. Alle adviezen, per factor, staan op de site bij het instrument."
MOST_FIGURES = 4
NAME_OF_PARAGRAPH = re.compile(r"(?<=\d) (?!en §).+?(?=, §| en §|$)")  # of '§5.2.1 Startcondities'


def advice(ctx: Context) -> Section:
    """Returns three advices to begin with, at most seven behind them, and what no advice mends."""
    picks, first = ctx.own_picks, ctx.first_picks
    rest = [pick for pick in picks if pick not in first]
    blocks: list[Block] = [Text(FOR_PART.format(yours=ctx.subject.yours) if ctx.subject.is_part else INTRO)]
    if not picks:
        blocks.append(Text("Uit de getoonde scores volgt geen advies."))
    elif ctx.subject.is_part:
        blocks += _by_rule(ctx, first)
    else:
        blocks += [Advices(tuple(map(_in_short, _cards(ctx, first)))), *_behind(ctx, rest), *_in_order(ctx, picks)]
    blocks += _of_the_network(ctx)
    if not ctx.subject.is_part:  # that stands in the network's report; a part's has two pages
        blocks.append(_beyond(ctx))
    return Section("advies", "Adviezen", tuple(blocks), eyebrow="Wat u kunt doen")


def _behind(ctx: Context, rest: Sequence[Pick]) -> list[Block]:
    """Returns the other advices, by the rule that gave them, so that the reason is said once."""
    if not rest:
        return []
    return [Heading("Achter de hand"), Text(BEHIND), *_by_rule(ctx, rest)]


def _beyond(ctx: Context) -> Text:
    """Returns what a low outcome may come of and no advice mends, with the study that says so."""
    beyond = ctx.instrument.beyond
    cited = dutch.listing([f"{citation.text}, {citation.section}" for citation in ctx.cite(beyond.sources)])
    return Text(f"{beyond.text} Bron: {cited}.", style="note")


def _by_rule(ctx: Context, picks: Sequence[Pick]) -> list[AdviceGroup]:
    """Returns the advices of each rule below what it found; beside an advice stands why this one is given."""
    by_rule: dict[tuple[str, Pair | None], list[Pick]] = {}
    for pick in picks:
        by_rule.setdefault((pick.rule, pick.pair), []).append(pick)
    return [_group(ctx, found) for found in by_rule.values()]


def _group(ctx: Context, picks: Sequence[Pick]) -> AdviceGroup:
    cards = _cards(ctx, picks)
    found = _rule(ctx, picks[0]).finding.format_map(ctx.words(picks[0]))
    return AdviceGroup(found, cards[0].figures, tuple(map(_in_short, cards)))


def _in_short(card: AdviceCard) -> AdviceCard:
    """Returns the card without the names of paragraphs: the number of one is enough to find it by."""
    short = (replace(source, section=NAME_OF_PARAGRAPH.sub("", source.section)) for source in card.sources)
    return replace(card, sources=tuple(short))


def _in_order(ctx: Context, picks: Sequence[Pick]) -> list[Block]:
    """Returns which recommendations of the main study are among a reader's advices: it says to follow their order."""
    main = ctx.instrument.sources[0]
    given = [ctx.instrument.advice_by_key[pick.advice].recommendation for pick in picks]
    numbers = sorted(one.number for one in given if one and one.source == main.key)
    if len(numbers) < 2:
        return []
    is_row = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    named = f"{numbers[0]} tot en met {numbers[-1]}" if is_row else dutch.listing(list(map(str, numbers)))
    return [Text(f"Aanbevelingen {named} van {main.short} horen volgens die studie in deze volgorde.", style="note")]


def _of_the_network(ctx: Context) -> list[Block]:
    """Returns for a level's report the titles of what the network as a whole is advised; nothing for other reports."""
    if not ctx.subject.level:
        return []
    chosen = ctx.up_front()
    titles = tuple(f"{ctx.title(pick)}." for pick in chosen)
    intro = Text("De uitleg hierbij staat in het rapport van het netwerk.", style="note")
    return [Heading("Voor het hele netwerk"), Points(titles), intro] if titles else []


def _cards(ctx: Context, picks: Sequence[Pick]) -> tuple[AdviceCard, ...]:
    return tuple(card(ctx, pick, place) for place, pick in enumerate(picks, start=1))


def card(ctx: Context, pick: Pick, place: int) -> AdviceCard:
    given = ctx.instrument.advice_by_key[pick.advice]
    rule = _rule(ctx, pick)
    return AdviceCard(
        key=pick.advice,
        place=place,
        title=ctx.title(pick),
        page=ctx.facts.advice_pages.get(given.key, ""),
        how=given.how,
        first_step=ctx.first_step(pick),
        who=_who(given),
        factor=pick.factor or given.factor or "",
        example=given.example or "",
        why=rule.why(given.key, ctx.words(pick)),
        because=rule.because.get(given.key, ""),
        recommendation=_recommendation(ctx, given),
        figures=tuple(_figures(ctx, pick, rule)),
        basis=dutch.KINDS.get(given.kind, given.kind),
        sources=ctx.cite(given.sources),
    )


def _rule(ctx: Context, pick: Pick) -> Rule:
    return next(rule for rule in ctx.instrument.rules if rule.key == pick.rule)


def _recommendation(ctx: Context, given: Advice) -> str:
    """Returns which recommendation of which study an advice is: 'Aanbeveling 2 van 6, Verstappen (2021)', or ''."""
    if given.recommendation is None:
        return ""
    source, number = given.recommendation.source, given.recommendation.number
    total = sum(a.recommendation is not None and a.recommendation.source == source for a in ctx.instrument.advice)
    return f"Aanbeveling {number} van {total}, {ctx.instrument.source_by_key[source].short}"


def _who(given: Advice) -> str:
    is_for_all = set(given.levels) == set(LEVELS)
    levels = "alle niveaus" if is_for_all else dutch.listing([dutch.SHORT[level] for level in given.levels])
    partners = dutch.listing([dutch.PARTNER_KINDS.get(kind, kind) for kind in given.partners])
    return f"{levels}; {partners}" if partners else f"{levels}, bij alle partners"


def _figures(ctx: Context, pick: Pick, rule: Rule) -> list[str]:
    """Returns in words the published figures that made the rule hold; where there are many, only how many."""
    if pick.pair:
        return [text for condition in rule.when for text in _pair(ctx, pick, condition)]
    items = {
        item: condition
        for condition in rule.when
        for item in (
            [f.key for f in ctx.instrument.factors] if {EVERY, SOME} & set(condition.items) else condition.items
        )
    }
    told = [(item, *found) for item, condition in items.items() if (found := _figure(ctx, pick, item, condition))]
    if len(told) > MOST_FIGURES:
        return [_counted(ctx, told)]
    return [f"{ctx.instrument.name(item)}: {_reading(figure)}{_where(ctx, group)}" for item, group, figure in told]


def _counted(ctx: Context, told: Sequence[tuple[str, Group, Figure]]) -> str:
    """Returns how many figures there are, what they are called and whose they are, where there are many."""
    noun = "factoren" if all(item in ctx.instrument.factor for item, _, _ in told) else "factoren of onderdelen"
    words = dutch.listing(sorted({f"‘{figure.band}’" for _, _, figure in told}), last="of")
    groups = list(dict.fromkeys(group for _, group, _ in told))
    where = _where(ctx, groups[0]) if len(groups) == 1 else f", in het hele netwerk of {dutch.AT[FIRST_HAND]}"
    return f"{dutch.capital(dutch.count(len(told)))} {noun} met het woord {words}{where}"


def _figure(ctx: Context, pick: Pick, item: str, condition: Condition) -> tuple[Group, Figure] | None:
    """Returns the figure that reads as asked: the network's own or, behind its mean, that of those who do the work."""
    groups = [level_group(pick.level)] if pick.level else [NETWORK, level_group(FIRST_HAND)]
    for group in groups:
        figure = ctx.published.figure(group, item)
        if figure and ({figure.band} | ({SPLIT} if figure.split else set())) & set(condition.readings):
            return group, figure
    return None


def _where(ctx: Context, group: Group) -> str:
    if group == ctx.subject.group:
        return ""
    return " voor het hele netwerk" if group == NETWORK else f" {dutch.AT[group.key]}"


def _reading(figure: Figure) -> str:
    return f"{dutch.score(figure)} ({figure.band}{', verdeeld' if figure.split else ''})"


def _pair(ctx: Context, pick: Pick, condition: Condition) -> list[str]:
    found = [d for d in ctx.published.differences if d.levels == pick.pair and d.label in condition.readings]
    if not {EVERY, SOME} & set(condition.items):
        found = [d for d in found if d.factor in condition.items]
    names = dutch.listing([dutch.SHORT[level] for level in pick.pair or ()])
    texts = [f"{ctx.instrument.name(d.factor)}: {dutch.gap(d)} tussen {names}" for d in found]
    return (
        texts if len(texts) <= MOST_FIGURES else [f"Verschillen op {dutch.count(len(texts))} factoren tussen {names}"]
    )
