"""Turns HTML into an accessible PDF that can be archived. Only the modules named `pdf…` know WeasyPrint.

One file is PDF/UA-1 (accessible) and PDF/A-3a (to be kept, with data attached) at once.
WeasyPrint writes the one or the other, so it is asked for PDF/A-3a and `finish` adds what PDF/UA-1
asks beyond it. The same input gives the same bytes.

What only saves time is in `pdf_speed`; `render(..., fast=False)` makes the PDF without it.
"""

import base64
import logging
import mimetypes
import re
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation

from samenwerking import pdf_signs, pdf_speed, pdf_tags

if TYPE_CHECKING:
    from pydyf import PDF, Stream
    from weasyprint import Attachment as WeasyPrintAttachment
    from weasyprint import Document
    from weasyprint.urls import URLFetcherResponse

# ISO 14289-1, 5: the identification and, for PDF/A (ISO 19005-3, 6.6.2.3), the schema that it is from.
UA_IDENTIFICATION = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

VARIANT = "pdf/a-3a"
SPANNED = re.compile(r"\b(?:col|row)span=[\"']")
RENDERING = threading.Lock()  # Pango's fonts are for one thread


class PDFError(ValueError):
    """The PDF would not be what the HTML says, so there is none."""


class RefusedURL(PDFError):
    """The HTML asks for something that is neither in it nor one of our own static files."""


class Faults(logging.Handler):
    """Collects what WeasyPrint logs as an error while this thread renders, such as a chart that it left out."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.thread = threading.get_ident()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.found.append(record.getMessage())

    def __enter__(self) -> list[str]:
        logging.getLogger("weasyprint").addHandler(self)
        return self.found

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)


@dataclass(frozen=True)
class Attachment:
    """Is a file inside the PDF: the data that its pages show."""

    name: str
    content: bytes
    mime: str
    description: str


def render(html: str, *, created: datetime, attachments: Sequence[Attachment] = (), fast: bool = True) -> bytes:
    """Returns the PDF of a whole HTML page; its title, language, author and description are the page's.

    `created` is the time that the content dates from, not that of the clock; it stands in the file. Without `fast`
    making it takes longer, and text and structure are the same.

    A URL that is neither `data:` nor a static file of ours raises RefusedURL, and whatever else WeasyPrint would leave
    out raises PDFError. A sign that no font has is written out in words.
    """
    with RENDERING, pdf_speed.undisturbed() if fast else nullcontext():
        return _rendered(html, created, attachments, fast=fast)


def _rendered(html: str, created: datetime, attachments: Sequence[Attachment], *, fast: bool) -> bytes:
    from weasyprint.urls import FatalURLFetchingError

    if SPANNED.search(html):  # WeasyPrint ties such cells to the wrong heads, and no validator sees it
        raise PDFError("An accessible PDF has no tables with spanned cells.")
    try:
        with Faults() as faults:
            document = _laid_out(pdf_signs.written_out(html), fast=fast)
            if not document.metadata.title or not document.metadata.lang:
                raise PDFError("An accessible PDF needs a <title> and <html lang>.")
            document.metadata.created = f"{created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            document.metadata.modified = document.metadata.created
            pdf = write(document, created, attachments, fast=fast)
    except FatalURLFetchingError as error:
        raise RefusedURL(str(error)) from error
    if faults:
        raise PDFError("; ".join(faults))
    return pdf


def _laid_out(html: str, *, fast: bool) -> "Document":
    from weasyprint import HTML

    base_url = f"{settings.BASE_URL}/"
    if fast:
        return pdf_speed.laid_out(html, base_url, fetch, VARIANT)
    return HTML(string=html, base_url=base_url, url_fetcher=fetch).render(pdf_variant=VARIANT)


def as_weasyprint(attachment: Attachment, created: datetime) -> "WeasyPrintAttachment":
    from weasyprint import Attachment as WeasyPrintAttachment

    content = base64.b64encode(attachment.content).decode()
    return WeasyPrintAttachment(
        url=f"data:{attachment.mime};base64,{content}",
        name=attachment.name,
        description=attachment.description,
        relationship="Data",
        created=created.astimezone(UTC),
        modified=created.astimezone(UTC),
    )


def fetch(url: str) -> "URLFetcherResponse":
    """Returns what WeasyPrint asks for, if it may have it.

    Raises FatalURLFetchingError if not, which WeasyPrint does not swallow.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    if url.startswith("data:"):
        return URLFetcher(allowed_protocols={"data"}, fail_on_errors=True).fetch(url)
    path = static_file(url)
    if path is None:
        raise FatalURLFetchingError(f"Not a file of our own: {url}")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_file(url: str) -> Path | None:
    """Returns where the static file with this URL is, under its own name or a hashed one; None if there is none."""
    prefix = f"{settings.BASE_URL}{settings.STATIC_URL}"
    if not url.startswith(prefix):
        return None
    name = unquote(urlsplit(url.removeprefix(prefix)).path)
    try:
        found = finders.find(name)
        if not found and staticfiles_storage.exists(name):
            found = staticfiles_storage.path(name)
    except SuspiciousFileOperation:  # a name that climbs out of the folder
        return None
    return Path(found) if found else None


def write(document: "Document", created: datetime, attachments: Sequence[Attachment], *, fast: bool) -> bytes:
    """Returns the file, in which no stream ends on a carriage return. Raises PDFError where ten tries do not help.

    A carriage return and the line feed before `endstream` would be read as one line end, and the stream as a byte
    shorter than its Length: because of that, one file in twenty was no PDF/A. The streams of the file's own tables are
    only there once it is written, hence the spare objects that change them.
    """
    for spare in range(10):
        finisher = partial(finish, spare=spare, fast=fast)
        files = [as_weasyprint(attachment, created) for attachment in attachments]
        with pdf_tags.mended(document), pdf_signs.spelled():
            pdf = document.write_pdf(finisher=finisher, pdf_variant=VARIANT, attachments=files)
        if b"\r\nendstream" not in pdf:
            return pdf
    raise PDFError("Each try ended a stream on a carriage return.")


def finish(document: "Document", pdf: "PDF", *, spare: int, fast: bool) -> None:
    """Adds what PDF/UA-1 asks beyond PDF/A-3a, and mends what WeasyPrint does not write as the standards ask.

    Raises PDFError where a sign would be an empty box.
    """
    from pydyf import Array, Dictionary, Stream

    if lacking := pdf_signs.without_a_shape(document):
        raise PDFError(f"No font here has {', '.join(sorted(map(ascii, lacking)))}.")
    pdf_signs.give_text(pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", UA_IDENTIFICATION + b"</rdf:RDF>") for part in metadata.stream]
    if "AF" in pdf.catalog:  # it names each attachment twice
        pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))
    for stream in pdf.objects:
        if isinstance(stream, Stream):
            if stream.extra.get("Subtype") == "/Image":
                stream.extra["Interpolate"] = "false"  # ISO 19005-3, 6.2.8
            compress(stream, fast=fast)
    for _ in range(spare):
        pdf.add_object(Dictionary())
    if fast:
        pdf_speed.write_once(pdf)


def compress(stream: "Stream", *, fast: bool) -> None:
    """Leaves a stream uncompressed if it would end on a carriage return once it was compressed."""
    if not stream.compress:
        return
    content = pdf_speed.compressed(stream) if fast else stream.data.removesuffix(b"\nendstream")
    if content.endswith(b"\r"):
        stream.compress = False
    elif fast:
        pdf_speed.keep_compressed(stream, content)
