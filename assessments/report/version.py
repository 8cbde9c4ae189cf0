"""Tells the version of the report: a hash of the code, templates and style that decide what it says and shows.

No list of modules is kept by hand. Whatever the builder, the PDF and its templates import, and what that imports in its
turn, is part of it, wherever it stands in the project. Knows no round: what else one report is made from is in
`report/pdf.py`.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

STARTS = ("assessments.report.builder", "assessments.report.pdf", "assessments.templatetags.languages")
TEMPLATES = "templates/report"
OTHERS = ("static/css/report-pdf.css", "samenwerking/emoji_nl.tsv")


@cache
def version() -> str:
    """Returns the version of the code that runs. Read once: a process draws with what it started with."""
    return version_in(settings.BASE_DIR)


def version_in(project: Path) -> str:
    """Returns the version of the report that the project in this folder makes."""
    whole = hashlib.sha256()
    others = (project / name for name in OTHERS)
    for path in sorted([*modules_in(project).values(), *(project / TEMPLATES).rglob("*.html"), *others]):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(project)} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def modules_in(project: Path) -> dict[str, Path]:
    """Returns the path of each module that decides a report, by its name, and of the packages that these are in."""
    found: dict[str, Path] = {}
    waiting = list(STARTS)
    while waiting:
        name = waiting.pop()
        if name not in found and (path := _path(project, name)):
            found[name] = path
            waiting += [*_imported(path), name.rpartition(".")[0]]
    return found


def _path(project: Path, name: str) -> Path | None:
    """Returns where a module of the project stands; None for a name in a module, and for a module of others."""
    place = project.joinpath(*name.split("."))
    candidates = (place.with_suffix(".py"), place / "__init__.py") if name else ()
    return next((path for path in candidates if path.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    """Yields each name that a module imports, at its top or where it needs it: a module, or a name in one."""
    waiting: list[ast.AST] = [ast.parse(path.read_bytes())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not isinstance(node, ast.expr):  # no import stands within an expression
            waiting += ast.iter_child_nodes(node)
