"""Reads from the database what a round's reports are made of, once for all of them. Knows no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assessments.models import Outcome, Round
from assessments.national.reference import from_json
from assessments.report.agreements import AgreedInPhase, agreements_section, by_phase
from assessments.report.blocks import Report, Section
from assessments.report.builder import build_report
from assessments.report.facts import CONCEPT, Agreed, Facts, OpenText, PartnerFacts, Previous, SectorFacts
from assessments.report.interview import Interview, build_interview
from assessments.report.lenses import Lenses, build_lenses
from assessments.report.pdf import made_from
from assessments.report.pptx import Deck, build_deck
from assessments.report.subjects import SUMMARY, Subject, subject, subjects
from assessments.report.workbook import Workbook, build_workbook
from assessments.results.document import Results
from factors.instrument import Instrument
from samenwerking.downloads import file_name


@dataclass(frozen=True)
class Reports:
    """Holds what all reports of a round with frozen results are made of, read once; builds each when asked for."""

    round: Round
    results: Results
    instrument: Instrument
    facts: Facts

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Returns whose reports there are, in the order in which they are offered."""
        return subjects(self.results.published, self.facts)

    @cached_property
    def made_from(self) -> str:
        """Returns a checksum that changes as soon as any of the PDFs would; no report has to be built for it."""
        return made_from(self.results, self.instrument, self.facts)

    def file_name(self, key: str, kind: str, beside: str = "") -> str:
        """Returns what a file of one report is called: after network, round, whose it is, and that it is a concept.

        What lies `beside` the report names itself before whose it is.
        """
        found = subject(key, self.results.published, self.facts)
        title = f"{beside} {found.name}" if beside else found.title
        state = CONCEPT if self.facts.is_concept else ""
        return file_name(self.facts.network, self.facts.round, title, state, kind=kind)

    def report(self, key: str) -> Report:
        """Returns the report of one subject. Raises NoSuchReport."""
        return build_report(self.results, self.instrument, self.facts, key)

    def deck(self, key: str) -> Deck:
        """Returns the slides of that report. Raises NoSuchReport."""
        return build_deck(self.results, self.instrument, self.facts, key, self.agreed_beside(key))

    def agreed_beside(self, key: str) -> tuple[AgreedInPhase, ...]:
        """Returns what was agreed until now, for whoever reads the network's report: not beside the summary."""
        return () if key == SUMMARY else by_phase(agreed(self.round), self.instrument)

    def sections_beside(self, key: str) -> tuple[Section, ...]:
        """Returns what Word has behind the report: what was agreed, or room to note it; none behind the one page."""
        return () if key == SUMMARY else (agreements_section(self.agreed_beside(key)),)

    def workbook(self, key: str) -> Workbook:
        """Returns the figures of that report for people. Raises NoSuchReport."""
        return build_workbook(self.results, self.instrument, self.facts, key)

    def interview(self, key: str) -> Interview:
        """Returns the guide for a second conversation beside that report. Raises NoSuchReport where there is none."""
        return build_interview(self.results, self.instrument, self.facts, key)

    def lenses(self, key: str) -> Lenses:
        """Returns other lists of factors beside the scores of the network. Raises NoSuchReport for other subjects."""
        return build_lenses(self.results, self.instrument, self.facts, key)


def reports_of(round: Round) -> Reports:
    return Reports(round, round.frozen.results, round.instrument, facts_of(round))


def report_of(round: Round, key: str) -> Report:
    """Returns the report of a round with frozen results. Raises NoSuchReport."""
    return reports_of(round).report(key)


def subjects_of(round: Round) -> tuple[Subject, ...]:
    """Returns whose reports there are of this round; asks the database only for what is kept with its results."""
    return subjects(round.frozen.results.published, kept_facts(round))


def facts_of(round: Round) -> Facts:
    return replace(
        kept_facts(round),
        is_concept=not round.is_published,
        texts=_texts(round),
        previous=_previous(round),
        reference=from_json(round.reference),
        wording=round.instrument.wording if round.previous_id else {},
        source_pages={source.key: page("source", source.key) for source in round.instrument.sources},
        advice_pages={advice.key: page("advice", advice.key) for advice in round.instrument.advice},
    )


def kept_facts(round: Round) -> Facts:
    """Returns the facts with the names of when the round closed: renaming a partner does not change a report of it."""
    names = round.frozen.facts
    return Facts(
        network=names["network"],
        round=names["round"],
        made_at=round.frozen.frozen_at,
        municipalities=names["municipalities"],
        organisation=settings.ORGANISATION_NAME,
        is_constructed=round.network.is_constructed,
        opened_on=_day(round.opened_at),
        closed_on=_day(round.closed_at),
        partners=tuple(PartnerFacts(**partner) for partner in names["partners"]),
        sectors=_sectors(names),
        at_most=names.get("at_most", {}),
    )


def _sectors(names: Mapping[str, Any]) -> tuple[SectorFacts, ...]:
    """Returns the sectors as they were at closing; none of a round that shows partners."""
    return tuple(SectorFacts(s["key"], s["name"], tuple(s["partners"])) for s in names.get("sectors", ()))


def page(name: str, key: str) -> str:
    """Returns where a part of the instrument is explained, as an address that also works from a PDF."""
    return settings.BASE_URL + reverse(name, args=[key])


def _texts(round: Round) -> tuple[OpenText, ...]:
    """Returns the answers that the coördinator cleared, by question and then in the order of their random ids."""
    rows = round.open_answers.filter(is_cleared=True).order_by("question", "id")
    return tuple(OpenText(*row) for row in rows.values_list("question", "level", "text"))


def _previous(round: Round) -> Previous | None:
    """Returns the round to compare with; None unless all who read this one may read that one too, and we can.

    All read the same report, so it compares for everybody or for nobody.
    """
    if round.previous_id is None:
        return None
    found = Round.objects.published().frozen().filter(pk=round.previous_id)
    before = found.select_related("frozen", "instrument_version").first()
    if before is None or not round.readers <= before.readers or not before.frozen.is_readable:
        return None
    names = before.frozen.facts
    return Previous(
        names["round"],
        _day(before.closed_at),
        before.frozen.results,
        before.instrument.wording,
        agreed=agreed(before),
        sectors=_sectors(names),
    )


def agreed(round: Round) -> tuple[Agreed, ...]:
    names = {factor.key: factor.name for factor in round.instrument.factors}
    return tuple(
        Agreed(
            what=row.what,
            who=row.who,
            due_on=row.due_on,
            factor=names.get(row.factor, ""),
            outcome=row.get_outcome_display(),
            remark=row.remark,
            is_done=row.outcome == Outcome.DONE,
        )
        for row in round.improvements.all()
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
