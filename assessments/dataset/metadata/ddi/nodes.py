"""Builds XML: an element with its children in the order in which they are added, and text that XML can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from assessments import dutch

# What XML 1.0 has no way to write; a name that somebody typed may hold it.
UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Node:
    element: ElementTree.Element

    def add(self, tag: str, text: str = "", **attributes: str) -> Node:
        """Adds a child, and returns it; an attribute without a value is left out."""
        named = {name: clean(value) for name, value in attributes.items() if value}
        child = ElementTree.SubElement(self.element, tag, named)
        child.text = clean(text) or None
        return Node(child)

    def say(self, tag: str, text: str, *, lang: str = "nl", **attributes: str) -> Node:
        """Adds a child with text that a person reads, and its language."""
        return self.add(tag, text, **{"xml:lang": lang}, **attributes)

    def dated(self, tag: str, day: date, **attributes: str) -> Node:
        return self.say(tag, dutch.day(day), date=day.isoformat(), **attributes)

    def coded(self, tag: str, text: str, vocabulary: str, code: str) -> Node:
        """Adds a child with Dutch text and, for programs, a code of one of the DDI Alliance's vocabularies."""
        child = self.say(tag, text)
        child.add("concept", code, vocab=f"DDI {vocabulary}")
        return child


def clean(text: str) -> str:
    return UNWRITABLE.sub("", text)
