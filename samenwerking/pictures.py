"""Makes pictures of drawings, for files that can't hold SVG. Only this module knows PDFium; it knows no rounds."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from samenwerking import pdf

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

WIDTH = 1500  # pixels: 230 to an inch where a picture is as wide as the text of an A4 page
SIZE = re.compile(r'<svg[^>]* viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # of the PDF in between, which nobody keeps
ONE_AT_A_TIME = threading.Lock()  # PDFium is for one thread


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """Returns each SVG drawing as PNG, WIDTH pixels wide, in our own font; the same drawing gives the same bytes.

    Raises ValueError for a drawing whose `viewBox` does not begin at 0 0.
    """
    if not drawings:
        return []
    html = render_to_string("pictures.html", {"drawings": [(drawing, *_size(drawing)) for drawing in drawings]})
    pages = pdf.render(html, created=ANY_DAY)
    with ONE_AT_A_TIME:
        return _drawn(pages)


def _size(drawing: str) -> tuple[str, str]:
    found = SIZE.match(drawing)
    if not found:
        raise ValueError(f"This has no size: {drawing[:80]}")
    return found[1], found[2]


def _drawn(content: bytes) -> list[bytes]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return [_png(page) for page in document]


def _png(page: PdfPage) -> bytes:
    file = io.BytesIO()
    page.render(scale=WIDTH / page.get_width()).to_pil().save(file, "PNG")
    return file.getvalue()
