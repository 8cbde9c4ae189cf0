"""Tables are plain: a PDF ties the cells of a table with spanned cells to wrong heads, or to none."""

import re
from pathlib import Path

from django.conf import settings

SPANNED = re.compile(r"\b(?:col|row)span\b|display:\s*(?:table|grid)", re.IGNORECASE)


def test_no_table_has_spanned_cells():
    """WeasyPrint ties such cells to the wrong columns, and no validator sees it."""
    templates = Path(settings.BASE_DIR) / "templates"
    assert [path.name for path in templates.rglob("*.html") if SPANNED.search(path.read_text())] == []
