"""Leads, by template tags, from a text to the section of the study that it rests on. They know no rounds."""

from collections.abc import Iterable

from django import template
from django.urls import reverse

from factors import evidence
from factors.instrument import Citation, Instrument, Source

register = template.Library()


@register.simple_tag
def section_url(citation: Citation) -> str:
    """Returns the address of a cited section on the page of its study."""
    return f"{reverse('source', args=[citation.source])}#{evidence.anchor(citation.section)}"


@register.simple_tag
def use_url(use: evidence.Use) -> str:
    """Returns the address of a text that rests on a section."""
    address = reverse(use.page, args=[use.key] if use.key else [])
    return f"{address}#{use.anchor}" if use.anchor else address


@register.inclusion_tag("factors/citations.html")
def citations(cited: Iterable[Citation], instrument: Instrument) -> dict[str, object]:
    """Returns the sources of a text, to be shown as links: 'Verstappen (2021), §6.3 Aanbevelingen'."""
    sources: dict[str, Source] = instrument.source_by_key
    return {"citations": [(sources[citation.source], citation) for citation in cited]}


@register.filter
def anchor(text: str) -> str:
    return evidence.anchor(text)
