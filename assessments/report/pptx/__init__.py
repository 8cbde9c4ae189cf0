"""Writes the part of a report that is talked about at a meeting, as slides. No other package knows python-pptx."""

from assessments.report.pptx.deck import Deck, build_deck
from assessments.report.pptx.file import PPTX, pptx_of

__all__ = ["PPTX", "Deck", "build_deck", "pptx_of"]
