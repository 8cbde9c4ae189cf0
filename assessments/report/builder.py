"""Builds the report: which sections, in which order, for whom. Knows no database, and no results but the published."""

from __future__ import annotations

from datetime import date

from assessments import dutch
from assessments.report.blocks import RUNNING, Report, Section
from assessments.report.context import Context
from assessments.report.data import attachments
from assessments.report.facts import CONCEPT, CONSTRUCTED, Facts, printable
from assessments.report.sections.advice import advice
from assessments.report.sections.change import all_changes, change
from assessments.report.sections.conversation import conversation
from assessments.report.sections.differences import all_differences, differences
from assessments.report.sections.figures import dimensions, figures
from assessments.report.sections.front import front
from assessments.report.sections.method import method
from assessments.report.sections.model import model
from assessments.report.sections.ouders import all_of_ouders, ouders
from assessments.report.sections.profile import profile
from assessments.report.sections.reference import reference
from assessments.report.sections.response import response
from assessments.report.sections.sources import sources
from assessments.report.sections.summary import summary
from assessments.report.sections.written import all_written, written
from assessments.report.subjects import subject
from assessments.results.document import Results
from factors.instrument import Instrument


def build_report(results: Results, instrument: Instrument, facts: Facts, key: str) -> Report:
    """Returns the report of one subject. Raises NoSuchReport where there is none, or where it may not be shown."""
    facts = printable(facts)
    found = subject(key, results.published, facts)
    ctx = Context(results, instrument, facts, found)
    title = found.title
    return Report(
        subject=found.key,
        title=title,
        subtitle="Zelfevaluatie van de samenwerking rond kind en gezin",
        network=facts.network,
        round=facts.round,
        facts=_facts(ctx),
        description=f"{title} over de samenwerking in {facts.network}, {facts.round}",
        organisation=facts.organisation,
        constructed=CONSTRUCTED if facts.is_constructed else "",
        concept=CONCEPT if facts.is_concept else "",
        made_at=facts.made_at,
        sections=(summary(ctx),) if found.is_summary else _sections(ctx),
        data=attachments(ctx),
        is_one_page=found.is_summary,
        running=(dutch.cut(facts.network, RUNNING), dutch.cut(f"{title}, {facts.round}", RUNNING)),
    )


def _sections(ctx: Context) -> tuple[Section, ...]:
    to_read = [front(ctx), profile(ctx), differences(ctx), written(ctx), change(ctx), ouders(ctx), advice(ctx)]
    if ctx.subject.is_part:  # two pages; the rest stands in the network's report
        return tuple(section for section in to_read if section)
    to_look_up = [
        response(ctx),
        model(ctx),
        figures(ctx),
        dimensions(ctx),
        all_differences(ctx),
        all_changes(ctx),
        reference(ctx),
        all_written(ctx),
        all_of_ouders(ctx),
        method(ctx),
        sources(ctx),
    ]
    return tuple(section for section in [*to_read, conversation(ctx), *to_look_up] if section)


def _facts(ctx: Context) -> tuple[str, ...]:
    """Returns the lines under the title: where the network is, and when people filled in."""
    facts = ctx.facts
    lines = [facts.municipalities]
    if facts.closed_on:
        lines.append(_filled_in(facts.opened_on, facts.closed_on))
    return tuple(line for line in lines if line)


def _filled_in(opened: date | None, closed: date) -> str:
    if opened is None:
        return f"Gesloten op {dutch.day(closed)}"
    if opened == closed:
        return f"Ingevuld op {dutch.day(closed)}"
    return f"Ingevuld van {dutch.day(opened)} tot en met {dutch.day(closed)}"
