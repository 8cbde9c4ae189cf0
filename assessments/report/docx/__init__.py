"""Writes the part of a report that is to be read as Word, to paste from. No other package knows python-docx."""

from assessments.report.docx.file import DOCX, docx_of

__all__ = ["DOCX", "docx_of"]
