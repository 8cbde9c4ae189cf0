"""Draws, by template tags, what the public pages about the instrument explain. They know no rounds."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from assessments.report.sections.model import explained
from factors.instrument import Instrument

register = template.Library()


@register.simple_tag
def model_drawing(instrument: Instrument) -> SafeString:
    """Returns the drawing of what may colour what, without scores; '' in a version that does not say it."""
    drawn = explained(instrument, instrument.colouring) if instrument.colouring else ""
    return mark_safe(drawn)  # noqa: S308 (the canvas escapes every text)
