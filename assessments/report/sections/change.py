"""Shows what changed since the previous round: published minus published, for factors asked in the same words."""

from __future__ import annotations

from assessments import dutch
from assessments.disclosure.changes import Change
from assessments.disclosure.published import Figure
from assessments.report import sentences
from assessments.report.blocks import Block, Cell, Heading, Notice, Row, Section, Table, Text
from assessments.report.context import Context
from assessments.report.facts import Agreed, Previous
from assessments.scores.groups import Group

HEAD = ("Factor", "Toen", "Nu", "Verandering", "Wat u daarvan kunt zeggen")
AGREED = ("Verbeteractie", "Factor", "Wie", "Klaar op", "Wat ervan kwam")
NONE = "–"


def change(ctx: Context) -> Section | None:
    before = ctx.facts.previous
    if before is None:
        return None
    blocks: list[Block] = [Text(_intro(before))]
    for group in dict.fromkeys(change.group for change in ctx.changes):
        blocks += _of_group(ctx, group)
    if hidden := [dutch.LEVEL[group.key] for group in _hidden(ctx)]:
        verb = "wordt" if len(hidden) == 1 else "worden"
        blocks.append(Text(f"{dutch.capital(dutch.listing(hidden))} {verb} nu niet getoond, dus ook niet vergeleken."))
    blocks.append(
        Notice(
            "‘Waarschijnlijk echt veranderd’ is geen zekerheid: van twintig factoren die gelijk bleven, lijkt er "
            "gemiddeld één toch veranderd. Ook kunnen er andere mensen hebben meegedaan dan de vorige keer. "
            "Bespreek of u de verandering herkent."
        )
    )
    blocks += _agreed(before)
    return Section("verandering", "Vergeleken met de vorige ronde", tuple(blocks), eyebrow="Wat veranderde")


def _intro(before: Previous) -> str:
    when = f", gesloten op {dutch.day(before.closed_on)}" if before.closed_on else ""
    return (
        f"‘Toen’ is de score in {before.name}{when}. Achter de verandering staat tussen welke grenzen zij "
        "waarschijnlijk ligt (95 %). Ligt nul daartussen, dan kan de verandering toeval zijn."
    )


def _agreed(before: Previous) -> list[Block]:
    """Tells what was agreed on the previous report, beside the change, not as its cause: more happened meanwhile."""
    if not before.agreed:
        return []
    rows = tuple(Row(agreed.what, _told(agreed)) for agreed in before.agreed)
    return [
        Heading("Wat er van de verbeteracties is gekomen"),
        Text(sentences.agreed_sentence(len(before.agreed), sum(agreed.is_done for agreed in before.agreed))),
        Table(f"Verbeteracties na {before.name}", AGREED, rows, style="text"),
    ]


def _told(agreed: Agreed) -> tuple[Cell, ...]:
    when = dutch.day(agreed.due_on) if agreed.due_on else NONE
    came = ". ".join(dutch.capital(part) for part in (agreed.outcome or "nog niet ingevuld", agreed.remark) if part)
    return tuple(Cell(text) for text in (agreed.factor or NONE, agreed.who or NONE, when, came))


def _of_group(ctx: Context, group: Group) -> list[Block]:
    found = [change for change in ctx.changes if change.group == group]
    name = dutch.capital(ctx.name(group))
    heading: list[Block] = [Heading(name)] if group != ctx.subject.group or group.kind == "network" else []
    rows = tuple(Row(ctx.instrument.name(change.factor), _cells(change)) for change in found)
    table = Table(f"Verandering per factor: {ctx.name(group)}", HEAD, rows, style="change")
    return [*heading, Text(sentences.change_sentence(found, ctx.instrument)), table]


def _hidden(ctx: Context) -> list[Group]:
    """Returns the levels that the network's report has no table of; none for other reports."""
    return [g for g in ctx.compared if ctx.subject.group.kind == "network" and not ctx.group(g)]


def _cells(change: Change) -> tuple[Cell, ...]:
    size = Cell(NONE, is_number=True) if change.size is None else Cell(dutch.signed(change.size), is_number=True)
    then = Cell(NONE, is_number=True) if change.obstacle == "wording" else _score(change.before)
    return (then, _score(change.now), size, Cell(sentences.change_verdict(change)))


def _score(figure: Figure | None) -> Cell:
    return Cell(dutch.score(figure), is_number=True) if figure else Cell(NONE, is_number=True)
