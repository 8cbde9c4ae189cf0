"""Makes Word files, slides and workbooks say in the same way what they are and when they were made: no clock."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from assessments.report.blocks import Report

OF_THE_TEMPLATE = ("/thumbnail", "/extended-properties", "/printerSettings")  # parts that speak of another file
ABOUT, SAVED_AT = "docProps/core.xml", re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def describe(properties: Any, report: Report) -> None:
    """Sets what the file says of itself, in Dutch, instead of what the library's template says."""
    properties.title, properties.subject = f"{report.title}: {report.network}"[:255], report.description[:255]
    properties.author, properties.language = report.organisation[:255] or "Samenwerking", "nl-NL"
    properties.created = properties.modified = report.made_at.astimezone(UTC).replace(tzinfo=None)
    properties.last_modified_by = ""
    properties.comments = report.constructed


def drop_leftovers(relations: Any) -> None:
    """Takes away what the library's template brings along of the file that it once was."""
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(OF_THE_TEMPLATE)]:
        relations.pop(key)


def dated(file: io.BytesIO, made_at: datetime) -> bytes:
    """Returns the same file with this date on each part, and as when it was saved, where the clock's would be."""
    moment = made_at.astimezone(UTC)
    day, saved = moment.timetuple()[:6], moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with zipfile.ZipFile(file) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in parts.infolist():
            info = zipfile.ZipInfo(part.filename, day)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = parts.read(part)
            copy.writestr(info, SAVED_AT.sub(rb"\g<1>" + saved, content) if part.filename == ABOUT else content)
    return written.getvalue()
