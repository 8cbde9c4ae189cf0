"""From a round in the database to its report: the only module of the report that queries."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assessments.models import Round
from assessments.report.blocks import Report
from assessments.report.builder import build_report
from assessments.report.facts import Facts, OpenText, PartnerFacts, Previous
from assessments.report.subjects import Subject, subjects
from factors.instrument import Instrument


def report_of(round: Round, key: str) -> Report:
    """The report of a round with frozen results. Raises NoSuchReport."""
    return build_report(round.frozen.results, round.instrument, facts_of(round), key)


def subjects_of(round: Round) -> tuple[Subject, ...]:
    """Whose reports there are of this round, in the order in which they are offered."""
    return subjects(round.frozen.results.published, facts_of(round))


def facts_of(round: Round) -> Facts:
    """Names are those of when the round closed: a report of it does not change when a partner is renamed."""
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
        texts=_texts(round),
        previous=_previous(round),
        wording=wording(round.instrument) if round.previous_id else {},
        source_pages={source.key: page("source", source.key) for source in round.instrument.sources},
        advice_pages={advice.key: page("advice", advice.key) for advice in round.instrument.advice},
    )


def page(name: str, key: str) -> str:
    """Where a part of the instrument is explained, as an address that also works from a PDF."""
    return settings.BASE_URL + reverse(name, args=[key])


def _texts(round: Round) -> tuple[OpenText, ...]:
    """The answers that the coördinator cleared, in the order of their random ids."""
    rows = round.open_answers.filter(is_cleared=True).order_by("question", "id")
    return tuple(OpenText(*row) for row in rows.values_list("question", "level", "text"))


def _previous(round: Round) -> Previous | None:
    """The round to compare with, where all who read this one may read that one too: all read the same report."""
    if round.previous_id is None:
        return None
    found = Round.objects.with_results().filter(pk=round.previous_id, frozen__isnull=False)
    before = found.select_related("frozen", "instrument_version").first()
    if before is None or not round.readers <= before.readers:
        return None
    name = before.frozen.facts["round"]
    return Previous(name, _day(before.closed_at), before.frozen.results, wording(before.instrument))


def wording(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """How the statements of each scale read, to see whether two rounds asked the same."""
    blocks = instrument.blocks
    return {
        key: tuple(
            f"{blocks[scale.block][place].text} {sorted(blocks[scale.block][place].texts.items())}"
            for place in scale.places
        )
        for key, scale in instrument.scales.items()
    }


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
