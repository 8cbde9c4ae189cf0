"""Mends what a PDF tells a screen reader: what WeasyPrint leaves out of its tags, or puts there wrongly.

It stands in WeasyPrint's way while that builds the tree of tags, the only moment at which a tag and what it is made of
are together. Its tests read the tree back, so a release of WeasyPrint that builds it differently is noticed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydyf import PDF, Array, Dictionary
    from weasyprint import Document

PT_PER_PX = 0.75


@contextmanager
def mended(document: "Document") -> Iterator[None]:
    """Lets WeasyPrint, while it writes this document, build its tree of tags with what it lacks."""
    from weasyprint.pdf import tags

    build = tags._build_box_tree
    tags._build_box_tree = _mending(build, document)
    try:
        yield
    finally:
        tags._build_box_tree = build


def _mending(build: Callable[..., Any], document: "Document") -> Callable[..., Any]:
    from weasyprint.formatting_structure.boxes import MarginBox, PageBox
    from weasyprint.layout.absolute import AbsolutePlaceholder

    def tree(box: Any, parent: Any, pdf: "PDF", page: int, nums: Any, annotations: Any, tags: Any) -> Any:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, MarginBox):
            _make_artifact(box, pdf, page, nums, tags)
            return
        if box.link_annotation and box.element_tag != "a":
            _unlink(box, pdf, page)
        is_passed_over = isinstance(box, PageBox) or box.element_tag in ("html", "body")
        for element in build(box, parent, pdf, page, nums, annotations, tags):
            if not is_passed_over:
                _mend(element, box, document, page)
            yield element

    return tree


def _mend(element: "Dictionary", box: Any, document: "Document", page: int) -> None:
    from pydyf import String

    if box.style["lang"] and box.style["lang"] != document.metadata.lang:
        element["Lang"] = String(box.style["lang"])
    if box.link_annotation:
        box.link_annotation["Contents"] = String(" ".join("".join(box.element.itertext()).split()))
    if element["S"] == "/Figure":
        element["A"]["BBox"] = _on_paper(element["A"]["BBox"], document.pages[page].height)


def _on_paper(box: "Array", height: float) -> "Array":
    """Returns a box in points from the foot of the page; WeasyPrint gives it in pixels from the top."""
    from pydyf import Array

    left, top, right, bottom = box
    return Array(PT_PER_PX * number for number in (left, height - bottom, right, height - top))


def _unlink(box: Any, pdf: "PDF", page: int) -> None:
    """Takes the link from what stands inside a link: WeasyPrint makes each of these a link of its own."""
    _page(pdf, page)["Annots"].remove(box.link_annotation.reference)
    box.link_annotation = None


def _make_artifact(margin: Any, pdf: "PDF", page: int, nums: dict[int, Any], tags: dict[Any, Any]) -> None:
    """Marks a running head as such: WeasyPrint gives it a tag that is not in the tree."""
    from pydyf import Dictionary

    ours = {tags.pop(text)["mcid"] for text in margin.descendants() if text in tags}
    nums |= dict.fromkeys(ours, "null")
    content = _content(pdf, page)
    for place, part in enumerate(content):
        if isinstance(part, Dictionary) and part.get("MCID") in ours:
            content[place - 1] = "/Artifact"
            content[place] = Dictionary({"Type": "/Pagination"})


def _content(pdf: "PDF", page: int) -> list[Any]:
    contents: list[Any] = _object(pdf, _page(pdf, page)["Contents"]).stream
    return contents


def _page(pdf: "PDF", page: int) -> Any:
    return _object(pdf, pdf.page_references[page])


def _object(pdf: "PDF", reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
