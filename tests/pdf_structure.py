"""These functions read the structure tree of a PDF: what a screen reader is told, in the order in which it is told."""

import io

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


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


def _element(node):
    kids = node.get("/K", [])
    children = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    return (
        node.get("/S"),
        node.get("/Alt"),
        [_element(child) if _is_element(child) else _piece(child) for child in children],
    )


def _is_element(child):
    return isinstance(child, DictionaryObject) and "/S" in child


def _piece(child):
    return child.get("/MCID") if isinstance(child, DictionaryObject) else child
