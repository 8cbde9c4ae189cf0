"""Names files that people take along: after whose they are, and what."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify

LONGEST = 40  # signs of each part: a whole name stays under what file systems take


def file_name(*parts: str, kind: str) -> str:
    """Returns a name from the whole to the part, 'netwerk-oost-voorjaar-2026-rapport.pdf'; empty parts are left out."""
    words = (slugify(part)[:LONGEST].strip("-") for part in parts)
    return f"{'-'.join(filter(None, words)) or 'bestand'}.{kind}"


def file_response(content: str | bytes, media_type: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    """Returns the file to be kept under this name or, where it `is_shown`, to be looked at first."""
    return HttpResponse(content, media_type, headers={"Content-Disposition": _disposition(name, is_shown=is_shown)})


def streamed_file(parts: Iterable[bytes], size: int, media_type: str, name: str) -> StreamingHttpResponse:
    """Returns a file of so many bytes, to be kept under this name, that is sent part by part."""
    headers = {"Content-Disposition": _disposition(name), "Content-Length": str(size)}
    return StreamingHttpResponse(parts, content_type=media_type, headers=headers)


def _disposition(name: str, *, is_shown: bool = False) -> str:
    return f'{"inline" if is_shown else "attachment"}; filename="{name}"'
