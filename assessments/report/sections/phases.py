"""Makes a section a phase, factor by factor: scores, how sure they are, and what people wrote; and the outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report import sentences
from assessments.report.blocks import (
    Block,
    Cell,
    Chart,
    FactorBlock,
    Notice,
    Points,
    Quotes,
    Row,
    Section,
    Table,
    Text,
)
from assessments.report.charts.strip import Strip, draw
from assessments.report.context import Context
from assessments.report.sections.figures import HIDDEN_CELL, series
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group
from factors.instrument import LEVELS, OUDERS, Factor, OpenQuestion, Phase

ORDER = "in willekeurige volgorde. De coördinator heeft ze nagekeken op namen."
BESIDE = 20  # characters of a name beside that of a factor
HEAD = ("Groep", "Score", "Interval", "Verdeeld", "Weet ik niet", "Mensen")


def phases(ctx: Context) -> Iterator[Section]:
    for place, phase in enumerate(ctx.instrument.phases, start=1):
        yield _phase(ctx, phase, place)


def _phase(ctx: Context, phase: Phase, place: int) -> Section:
    blocks: list[Block] = [Text(phase.definition, style="lead")]
    factors = [_factor(ctx, factor) for factor in ctx.instrument.in_phase(phase.key)]
    blocks += [*factors, _on_paper(f"{phase.name}: de cijfers", factors)]
    questions = [q for q in ctx.instrument.open_questions if q.phase == phase.key]
    blocks += [quotes for question in questions if (quotes := _quotes(ctx, question))]
    return Section(phase.key.replace("_", "-"), phase.name, tuple(blocks), eyebrow=f"Fase {place}", starts_page=False)


def _factor(ctx: Context, factor: Factor) -> FactorBlock:
    said = [_bands(ctx, factor.key), _split(ctx, factor.key), factor.note or ""]
    text = " ".join(filter(None, said))
    return FactorBlock(f"factor-{factor.key}", factor.name, factor.definition, text, strip(ctx, factor.key))


def _on_paper(caption: str, factors: Sequence[FactorBlock]) -> Table:
    """Returns the figures of all the drawings in one table: a head for each of them would take a page."""
    rows = tuple(
        replace(row, name=dutch.cut(row.name, BESIDE), aside="" if place else block.name, is_first=not place)
        for block in factors
        for place, row in enumerate(block.chart.table.rows)
    )
    return Table(caption, HEAD, rows, style="figures", is_for_paper=True)


def _bands(ctx: Context, item: str) -> str:
    return sentences.factor_sentence(_named(ctx, item), "scores" if ctx.subject.is_partner else "niveaus")


def _named(ctx: Context, item: str) -> list[tuple[str, Figure]]:
    return [(_whole_name(ctx, group), figure) for group, figure in ctx.figures(item).items()]


def _whole_name(ctx: Context, group: Group) -> str:
    if group.kind == "network":
        return "het netwerk"
    return dutch.LEVEL.get(group.key, "") if group.kind == "level" else ctx.whole_name(group)


def _split(ctx: Context, item: str) -> str:
    names = [
        dutch.AT[group.key] if group.kind == "level" else f"bij {ctx.name(group)}"
        for group, figure in ctx.figures(item).items()
        if figure.split
    ]
    return sentences.split_sentence(names)


def strip(ctx: Context, item: str) -> Chart:
    """Returns the groups on one scale, as lines with their interval and as a table."""
    groups = list(ctx.compared)
    if NETWORK not in groups and ctx.published.figure(NETWORK, item):
        groups.append(NETWORK)
    return replace(_strip(ctx, item, groups), figures_follow=True)


def _strip(ctx: Context, item: str, groups: list[Group]) -> Chart:
    key, name = f"figuur-{item.replace('.', '-')}", ctx.instrument.name(item)
    found = [(group, ctx.published.figure(group, item)) for group in groups]
    said = [f"{ctx.name(group)} {dutch.score(figure) if figure else dutch.HIDDEN}" for group, figure in found]
    alt = f"{name}, op een schaal van 1 tot 5: {dutch.listing(said)}."
    drawn = Strip(key, alt, tuple((series(ctx, group), figure) for group, figure in found))
    rows = tuple(Row(dutch.capital(ctx.name(group)), _cells(ctx, group, figure)) for group, figure in found)
    caption = f"{name}: score en interval per groep"
    return Chart(key, draw(drawn), alt, caption, Table(f"{name}: de cijfers", HEAD, rows), is_small=True)


def _cells(ctx: Context, group: Group, figure: Figure | None) -> tuple[Cell, ...]:
    if figure is None:
        return (HIDDEN_CELL, *(Cell("–") for _ in HEAD[2:]))
    split = "–" if group == NETWORK else dutch.split(figure)
    return (
        Cell(f"{dutch.score(figure)} {figure.band}", figure.band),
        Cell(_interval(ctx, group, figure)),
        Cell(split),
        Cell(dutch.unknown(figure)),
        Cell(str(figure.n), is_number=True),
    )


def _interval(ctx: Context, group: Group, figure: Figure) -> str:
    """Returns the bounds, or why there are none, which is not always that the group is too small."""
    shown = ctx.group(group)
    invited = shown.invited if shown else None
    if figure.interval or figure.n == invited:
        return dutch.interval(figure, invited)
    if group == NETWORK:
        return "niet elk niveau heeft er een"
    is_large = figure.n >= 2 * ctx.published.minimum
    return dutch.HIDDEN if is_large else dutch.interval(figure, invited)


def _quotes(ctx: Context, question: OpenQuestion) -> Quotes | None:
    """Returns what was written: by all levels in the network's report, by its own in a level's; not by ouders."""
    level = ctx.subject.level
    texts = _texts(ctx, question, (level,) if level else ("", *LEVELS))
    if ctx.subject.is_partner or not texts:
        return None
    whose = "Antwoorden van dit niveau" if level else "Antwoorden van alle niveaus door elkaar"
    return Quotes(question.text, texts, f"{whose}, {ORDER}")


def _texts(ctx: Context, question: OpenQuestion, levels: Collection[str]) -> tuple[str, ...]:
    return tuple(t.text for t in ctx.facts.texts if t.question == question.key and t.level in levels)


def outcome(ctx: Context) -> Section:
    """Returns what the collaboration brings, apart from the eleven factors, and what else people wrote."""
    battery = ctx.instrument.outcome
    text = " ".join(filter(None, [_bands(ctx, battery.key), _split(ctx, battery.key)]))
    block = FactorBlock("uitkomst", "", battery.definition, text, strip(ctx, battery.key))
    figures = _on_paper(block.chart.table.caption, [replace(block, name=battery.name)])
    blocks: list[Block] = [block, figures, _beyond(ctx)]
    questions = [q for q in ctx.instrument.open_questions if q.phase is None]
    blocks += [quotes for question in questions if (quotes := _quotes(ctx, question))]
    return Section("resultaat", battery.name, tuple(blocks), eyebrow="Wat het oplevert", starts_page=False)


def _beyond(ctx: Context) -> Text:
    """Returns what a low outcome may come of and the instrument can't mend, with the study that says so."""
    beyond = ctx.instrument.beyond
    cited = dutch.listing([f"{citation.text}, {citation.section}" for citation in ctx.cite(beyond.sources)])
    return Text(f"{beyond.text} Bron: {cited}.", style="note")


def ouders(ctx: Context) -> Section | None:
    """Returns what ouders and jongeren say, apart from the partners' scores; where they were too few, it says that."""
    if OUDERS_GROUP not in ctx.published.took_part or ctx.subject.is_partner:
        return None
    battery = ctx.instrument.ouders
    figure = ctx.published.figure(OUDERS_GROUP, battery.key)
    blocks: list[Block] = _said_by_ouders(ctx, figure) if figure else [Notice(_too_few(ctx))]
    for question in ctx.instrument.open_questions:
        if texts := _texts(ctx, question, (OUDERS,)):
            blocks.append(Quotes(question.for_level(OUDERS).text, texts, f"Antwoorden van ouders en jongeren, {ORDER}"))
    return Section("ouders", battery.name, tuple(blocks), eyebrow="Een vierde kijk", starts_page=False)


def _said_by_ouders(ctx: Context, figure: Figure) -> list[Block]:
    battery = ctx.instrument.ouders
    said = f"Ouders en jongeren komen uit op {dutch.score(figure)} ({figure.band})."
    apart = (
        "Deze score is niet te vergelijken met die van de niveaus: de stellingen zijn andere. Zij telt ook niet mee in "
        "de score van het netwerk. Hoeveel mensen de vragenlijst kregen, is niet bekend. Wie meedeed, spreekt "
        "misschien niet voor alle ouders en jongeren."
    )
    split = sentences.split_sentence(["bij ouders en jongeren"] if figure.split else [])
    return [
        Text(" ".join(filter(None, [said, split])), style="lead"),
        Text(apart),
        _strip(ctx, battery.key, [OUDERS_GROUP]),
        Text("Zij gaven antwoord op deze stellingen:"),
        Points(tuple(statement.text for statement in battery.statements)),
    ]


def _too_few(ctx: Context) -> str:
    least = dutch.count(ctx.instrument.ouders.minimum_in(ctx.published.minimum))
    return (
        "Er deden te weinig ouders en jongeren mee om hun score te tonen. "
        f"Daarvoor zijn antwoorden van minstens {least} van hen nodig."
    )
