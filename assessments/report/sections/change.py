"""Shows what changed since the previous round: published minus published, for factors asked in the same words.

The part to read has the change in one sentence and a figure, and what came of what was agreed; the annex the tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from assessments import dutch
from assessments.disclosure.changes import Change
from assessments.disclosure.published import Figure
from assessments.report.blocks import Block, Cell, Chart, Heading, Row, Section, Table, Text
from assessments.report.charts.profile import COMPACT_ROW, NARROW, Profile, ProfileRow, Series, draw
from assessments.report.context import Context
from assessments.report.facts import Agreed, Previous
from assessments.report.sentences import change as sentences
from assessments.scores.groups import Group

HEAD = ("Factor", "Toen", "Nu", "Verandering", "Wat u daarvan kunt zeggen")
AGREED = ("Verbeteractie", "Factor", "Wie", "Klaar op", "Wat ervan kwam")
NONE = "–"
MOST_AGREED = 4  # improvements in the part to read
NOT_SURE = (
    "‘Waarschijnlijk echt’ is geen zekerheid: van twintig factoren die gelijk bleven, lijkt er gemiddeld één toch "
    "veranderd. Ook kunnen er andere mensen hebben meegedaan dan de vorige keer. Bespreek of u de verandering herkent."
)


def change(ctx: Context) -> Section | None:
    before = ctx.facts.previous
    if before is None:
        return None
    own = [change for change in ctx.changes if change.group == ctx.subject.group]
    blocks: list[Block] = [Text(changed(ctx), style="lead")]
    if any(change.size is not None for change in own):
        blocks.append(_chart(ctx, own, before))
    blocks += [Text(NOT_SURE), *_agreed(before, MOST_AGREED)]
    title = "Vergeleken met de vorige ronde"
    return Section("verandering", title, tuple(blocks), eyebrow="Wat veranderde")


def changed(ctx: Context) -> str:
    """Returns what changed of whom the report is; of a network without a score what changed at each level, by name."""
    by_group = {group: [c for c in ctx.changes if c.group == group] for group in (c.group for c in ctx.changes)}
    if ctx.subject.group in by_group or not by_group:
        return sentences.change_sentence(by_group.get(ctx.subject.group, []), ctx.instrument)
    return " ".join(
        f"{dutch.capital(dutch.AT[group.key])}: {dutch.lower(sentences.change_sentence(found, ctx.instrument))}"
        for group, found in by_group.items()
    )


def all_changes(ctx: Context) -> Section | None:
    """Returns the tables of each group's change; None without a previous round."""
    before = ctx.facts.previous
    if before is None:
        return None
    blocks: list[Block] = [Text(_intro(before))]
    for group in dict.fromkeys(change.group for change in ctx.changes):
        blocks += _of_group(ctx, group)
    if hidden := [dutch.LEVEL[group.key] for group in _hidden(ctx)]:
        verb = "wordt" if len(hidden) == 1 else "worden"
        blocks.append(Text(f"{dutch.capital(dutch.listing(hidden))} {verb} nu niet getoond, dus ook niet vergeleken."))
    if len(before.agreed) > MOST_AGREED:
        blocks.append(_agreed_table(before, before.agreed))
    return Section("alle-veranderingen", "Alle veranderingen", tuple(blocks), is_annex=True)


def _chart(ctx: Context, own: Sequence[Change], before: Previous) -> Chart:
    """Returns then and now, a row a factor: what can't be compared has no mark of then."""
    by_factor = {change.factor: change for change in own}
    rows = tuple(
        (
            phase.name,
            tuple(_row(factor.name, by_factor.get(factor.key)) for factor in ctx.instrument.in_phase(phase.key)),
        )
        for phase in ctx.instrument.phases
    )
    mark = ctx.subject.level or ctx.subject.group.kind
    alt = f"Toen en nu per factor, op een schaal van 1 tot 5. {sentences.change_sentence(own, ctx.instrument)}"
    drawn = Profile("verandering-figuur", alt, (Series("then", "toen"), Series(mark, "nu")), rows, COMPACT_ROW)
    caption = f"Toen ({before.name}) en nu ({ctx.facts.round})"
    table = _table(ctx, ctx.subject.group, own)
    return Chart("verandering-figuur", draw(drawn), draw(drawn, NARROW), alt, caption, table)


def _row(name: str, change: Change | None) -> ProfileRow:
    if change is None:
        return ProfileRow(name, (None, None))
    return ProfileRow(name, (change.before if change.size is not None else None, change.now))


def _intro(before: Previous) -> str:
    when = f", gesloten op {dutch.day(before.closed_on)}" if before.closed_on else ""
    return (
        f"‘Toen’ is de score in {before.name}{when}. Achter de verandering staat tussen welke grenzen zij "
        "waarschijnlijk ligt (95 %). Ligt nul daartussen, dan kan de verandering toeval zijn."
    )


def _agreed(before: Previous, most: int) -> list[Block]:
    """Tells what was agreed on the previous report, beside the change, not as its cause: more happened meanwhile."""
    if not before.agreed:
        return []
    said = sentences.agreed_sentence(len(before.agreed), sum(agreed.is_done for agreed in before.agreed))
    more = " Hier staan de eerste; alle staan in de bijlage." if len(before.agreed) > most else ""
    return [
        Heading("Wat er van de verbeteracties is gekomen"),
        Text(said + more),
        _agreed_table(before, before.agreed[:most]),
    ]


def _agreed_table(before: Previous, agreed: Sequence[Agreed]) -> Table:
    rows = tuple(Row(one.what, _told(one)) for one in agreed)
    return Table(f"Verbeteracties na {before.name}", AGREED, rows, style="text")


def _told(agreed: Agreed) -> tuple[Cell, ...]:
    when = dutch.day(agreed.due_on) if agreed.due_on else NONE
    came = ". ".join(dutch.capital(part) for part in (agreed.outcome or "nog niet ingevuld", agreed.remark) if part)
    return tuple(Cell(text) for text in (agreed.factor or NONE, agreed.who or NONE, when, came))


def _of_group(ctx: Context, group: Group) -> list[Block]:
    found = [change for change in ctx.changes if change.group == group]
    name = dutch.capital(ctx.name(group))
    heading: list[Block] = [Heading(name)] if group != ctx.subject.group or group.kind == "network" else []
    said: list[Block] = [] if group == ctx.subject.group else [Text(sentences.change_sentence(found, ctx.instrument))]
    return [*heading, *said, _table(ctx, group, found)]


def _table(ctx: Context, group: Group, found: Sequence[Change]) -> Table:
    rows = tuple(Row(ctx.instrument.name(change.factor), _cells(change)) for change in found)
    return Table(f"Verandering per factor: {ctx.name(group)}", HEAD, rows, style="change")


def _hidden(ctx: Context) -> list[Group]:
    """Returns the levels that the network's report has no table of; none for other reports."""
    return [g for g in ctx.compared if ctx.subject.group.kind == "network" and not ctx.group(g)]


def _cells(change: Change) -> tuple[Cell, ...]:
    size = Cell(NONE, is_number=True) if change.size is None else Cell(dutch.signed(change.size), is_number=True)
    then = Cell(NONE, is_number=True) if change.obstacle == "wording" else _score(change.before)
    return (then, _score(change.now), size, Cell(sentences.change_verdict(change)))


def _score(figure: Figure | None) -> Cell:
    return Cell(dutch.score(figure), is_number=True) if figure else Cell(NONE, is_number=True)
