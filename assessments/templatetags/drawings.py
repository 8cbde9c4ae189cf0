"""Draws, by template tags, what the public pages about the instrument explain. They know no rounds."""

from django import template

from assessments.report.sections.model import explained
from factors.instrument import Factor, Instrument

register = template.Library()


@register.inclusion_tag("report/drawing.html")
def model_drawing(instrument: Instrument, colouring: Factor) -> dict[str, str]:
    """Shows the drawing of what may colour what, without scores."""
    svg, narrow = explained(instrument, colouring)
    return {"svg": svg, "narrow": narrow, "caption": "Tekening: wat kan wat kleuren?"}
