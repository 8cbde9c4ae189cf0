"""Writes a release as DDI-Codebook, the XML in which data archives and their catalogues describe studies.

Versions 2.5 and 2.6 have namespaces of their own, so one file can't be both: each version is a file. They differ in
what only 2.6 knows, the licence and the kind of access; all else is the same, in the order that both schemas ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from assessments.dataset.metadata import words
from assessments.dataset.metadata.ddi import study, variables
from assessments.dataset.metadata.ddi.nodes import Node
from assessments.dataset.tables import Dataset

VERSIONS = ("2.5", "2.6")
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/{}/XMLSchema/codebook.xsd"


def codebook(dataset: Dataset, version: str, paths: Mapping[str, str]) -> bytes:
    """Returns the whole file in a version of VERSIONS; `paths` has by table the file in which its rows are."""
    root = _root(version)
    _document(root, dataset)
    study.describe(root.add("stdyDscr"), dataset, is_newer=version == VERSIONS[-1])
    for table in dataset.tables:
        variables.describe_file(root, table, paths[table.name])
    variables.describe(root.add("dataDscr"), dataset)
    ElementTree.indent(root.element)
    return ElementTree.tostring(root.element, encoding="UTF-8", xml_declaration=True) + b"\n"


def _root(version: str) -> Node:
    namespace = f"ddi:codebook:{version.replace('.', '_')}"
    # Written as they stand: ElementTree would want a name with a prefix for each element and attribute.
    names = {
        "xmlns": namespace,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{namespace} {SCHEMA.format(version)}",
        "xml:lang": "nl",
    }
    return Node(ElementTree.Element("codeBook", {"version": version, **names}))


def _document(root: Node, dataset: Dataset) -> None:
    """Describes this file itself, apart from the data."""
    citation = root.add("docDscr").add("citation")
    citation.add("titlStmt").say("titl", f"Beschrijving van {words.titled(dataset)}")
    citation.add("prodStmt").say("producer", dataset.publisher)
    citation.add("distStmt").dated("distDate", dataset.made_on)
