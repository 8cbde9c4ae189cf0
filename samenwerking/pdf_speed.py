"""Makes a PDF in less time; text and structure are the same without it. It knows the insides of WeasyPrint.

`pdf.render(..., fast=False)` uses nothing of this module. Should a release of WeasyPrint or pydyf break something here,
that is the way out until it is mended.
"""

import gc
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree import ElementTree

if TYPE_CHECKING:
    from pydyf import PDF, Stream
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

    Fetch = Callable[[str], URLFetcherResponse]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Lets Python look for no garbage while a PDF is made, in a process that does nothing else meanwhile.

    All objects live until the file is written, and to look for garbage among them takes a tenth of the time. They are
    collected at the end. A process with threads, as the site's are, goes on collecting, or the garbage of all its
    threads would wait. `gunicorn.conf.py` lets those look so seldom that a pause would save nothing there.
    """
    if threading.active_count() > 1 or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)


def laid_out(html: str, base_url: str, fetch: "Fetch", variant: str) -> "Document":
    """Returns the page laid out, with fonts and style sheets that a process reads once."""
    page = parsed(html, base_url, fetch)
    return page.render(fonts(), stylesheets=sheets_of(page, fetch), pdf_variant=variant)


def parsed(html: str, base_url: str, fetch: "Fetch") -> "HTML":
    """Returns the page as WeasyPrint has it; if it is whole XML, Python's own parser reads it, ten times as fast."""
    from weasyprint import HTML

    page = HTML(string="", base_url=base_url, url_fetcher=fetch)
    try:
        root = ElementTree.fromstring(html)  # noqa: S314 (our own template, in which all else is escaped)
    except ElementTree.ParseError:
        return HTML(string=html, base_url=base_url, url_fetcher=fetch)
    page.wrapper_element = page.wrapper_element.from_html_root(root, content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    return page


@cache
def fonts() -> "FontConfiguration":
    """Returns the fonts that all PDFs of this process share; so only one may be made at a time."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def sheets_of(page: "HTML", fetch: "Fetch") -> list["CSS"]:
    """Returns the style sheets that the page links to, and takes the links from the page, or they would be read again.

    Each is parsed once a process; WeasyPrint would do it for each PDF.
    """
    found = []
    for link in page.etree_element.iter("link"):
        if link.get("rel") == "stylesheet":
            url = urljoin(page.base_url, link.get("href"))
            found.append(sheet(url, fetch(url).read(), fetch))
            link.set("rel", "")
    return found


@lru_cache(maxsize=8)
def sheet(url: str, content: bytes, fetch: "Fetch") -> "CSS":
    """Returns a style sheet as WeasyPrint has it; when its content changes, it is parsed again."""
    from weasyprint import CSS

    return CSS(string=content.decode(), base_url=url, url_fetcher=fetch, font_config=fonts())


def compressed(stream: "Stream") -> bytes:
    """Returns the compressed content of a stream that is marked for compression."""
    stream.compress = False
    content: bytes = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.compress = True
    return zlib.compress(content)


def keep_compressed(stream: "Stream", content: bytes) -> None:
    """Puts the compressed content in the stream: writing a file with an identifier compresses each three times."""
    stream.compress = False
    stream.stream = [content]
    stream.extra["Filter"] = "/FlateDecode"


def write_once(pdf: "PDF") -> None:
    """Keeps the bytes of each object: both the file and its identifier ask for them."""
    from pydyf import Dictionary, Object

    class Written(Object):
        data = b""

    for place, thing in enumerate(pdf.objects):
        if isinstance(thing, Dictionary):
            written = pdf.objects[place] = Written()
            written.number, written.generation, written.data = thing.number, thing.generation, thing.data
