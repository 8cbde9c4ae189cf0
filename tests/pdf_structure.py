"""These functions read the structure tree of a PDF: what a screen reader is told, in the order in which it is told."""

import io
import subprocess
from collections import Counter

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject


def structure(pdf):
    """Returns the tree as (role, alternative text, children); a piece of a page's content is its number there."""
    return _element(PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"])


def elements(tree):
    """Yields each element of a tree as (role, alternative text), from the top."""
    role, alternative, children = tree
    yield role, alternative
    for child in children:
        if isinstance(child, tuple):
            yield from elements(child)


def nodes(pdf, role):
    """Returns the elements of this role as they stand in the file."""
    root = PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]
    return [node for node in _nodes(root) if node.get("/S") == role]


def descriptions(pdf):
    """Returns how each link is described, in the order of the pages."""
    notes = [note.get_object() for page in PdfReader(io.BytesIO(pdf)).pages for note in page.get("/Annots", [])]
    return [note["/Contents"] for note in notes if note["/Subtype"] == "/Link"]


def told(pdf):
    """Returns how often each sign, white space left out, stands in what the tags hold, as poppler reads it.

    For long files that takes minutes.
    """
    tree = _poppler(pdf, "pdfinfo", "-struct-text", "-")
    lines = [line.strip() for line in tree.splitlines()]
    return _signs("".join(line[1:-1] for line in lines if line.startswith('"')))


def printed(pdf):
    """Returns how often each sign, white space left out, stands on the pages."""
    return _signs(_poppler(pdf, "pdftotext", "-", "-"))


def untold(pdf):
    """Returns where text is drawn that no tag holds, nor the edge of a page: (page, its marks)."""
    reader = PdfReader(io.BytesIO(pdf))
    tagged = {
        (node["/Pg"].indirect_reference.idnum, piece)
        for node in _nodes(reader.root_object["/StructTreeRoot"])
        for piece in _kids(node)
        if isinstance(piece, int)
    }
    return [
        (number, marks)
        for number, page in enumerate(reader.pages, start=1)
        for marks in _marks_of_text(page)
        if not any(mark == "edge" or (page.indirect_reference.idnum, mark) in tagged for mark in marks)
    ]


def _marks_of_text(page):
    """Yields, for each piece of text that a page draws, the marks that it stands in."""
    marks = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            kind, properties = operands[0], operands[1] if len(operands) > 1 else {}
            is_edge = kind == "/Artifact" and properties.get("/Type") == "/Pagination"
            marks.append("edge" if is_edge else properties.get("/MCID"))
        elif operator == b"EMC":
            marks.pop()
        elif operator in (b"Tj", b"TJ"):
            yield tuple(marks)


def _signs(text):
    return Counter("".join(text.split()))


def _poppler(pdf, *command):
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def _nodes(node):
    yield node
    for kid in _kids(node):
        if _is_element(kid):
            yield from _nodes(kid)


def _element(node):
    return (
        node.get("/S"),
        node.get("/Alt"),
        [_element(child) if _is_element(child) else _piece(child) for child in _kids(node)],
    )


def _kids(node):
    kids = node.get("/K", [])
    return [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]


def _is_element(child):
    return isinstance(child, DictionaryObject) and "/S" in child


def _piece(child):
    return child.get("/MCID") if isinstance(child, DictionaryObject) else child
