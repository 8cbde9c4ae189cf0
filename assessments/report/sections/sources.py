"""Lists the sources that the report builds on, each with what it is and what it does not show."""

from __future__ import annotations

from assessments.dutch import listing
from assessments.report.blocks import Section, SourceEntry, Sources, Text
from assessments.report.context import Context
from factors.instrument import Source


def sources(ctx: Context) -> Section:
    entries = tuple(_entry(ctx, source) for source in ctx.instrument.sources)
    intro = Text(
        "De vragenlijst en de adviezen steunen op deze onderzoeken. Alle tekst is in eigen woorden geschreven."
    )
    return Section("bronnen", "Bronnen", (intro, Sources(entries)), is_annex=True)


def _entry(ctx: Context, source: Source) -> SourceEntry:
    about = f"{source.method} {source.respondents}"
    title = f"{listing(source.authors)} ({source.year}). {source.title}. {source.publisher}."
    return SourceEntry(
        source.key, source.short, title, about, source.limits, ctx.facts.source_pages.get(source.key, "")
    )
