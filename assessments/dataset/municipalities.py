"""Finds the codes that Statistics Netherlands gives the gemeenten that a network names in its own words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FILE = Path(settings.BASE_DIR) / "fixtures" / "gemeenten.yaml"

PROVINCE = re.compile(r" \(.*\)$")  # what the names of Bergen (L.) and Bergen (NH.), and six others, end on
APOSTROPHES = str.maketrans(dict.fromkeys("’‘`", "'"))

Municipality = tuple[str, str]  # (code, name); the code is '' where there is none that is certain


def find_municipalities(text: str) -> list[Municipality]:
    """Returns the gemeenten that `text` names, with a comma or the like between them, each once and in its order.

    Each has the name that Statistics Netherlands uses. What is not the name of one gemeente, such as 'Bergen', is as it
    was written, without a code.
    """
    found: list[Municipality] = []
    rest = [part.strip() for part in re.split(r"[,;/\n]", text)]
    while rest:
        taken, municipalities = _first(rest)
        found += municipalities
        rest = rest[taken:]
    return list(dict.fromkeys(found))


def source() -> str:
    """Returns of which list the codes are: whose, and of which year."""
    return str(_document()["source"])


def _first(parts: list[str]) -> tuple[int, list[Municipality]]:
    """Returns how many of `parts` are one name, two for 'Nuenen, Gerwen en Nederwetten', and what these name."""
    if known := _known(", ".join(parts[:2])):
        return len(parts[:2]), [known]
    return 1, _named(parts[0]) if parts[0] else []


def _named(name: str) -> list[Municipality]:
    """Returns one gemeente, or the two of 'Assen en Aa en Hunze': 'en' divides only what are gemeenten themselves."""
    if known := _known(name):
        return [known]
    for match in re.finditer(r" (?:en|&) ", name):
        pair = _known(name[: match.start()]), _known(name[match.end() :])
        if pair[0] and pair[1]:
            return [pair[0], pair[1]]
    return [("", name)]


def _known(name: str) -> Municipality | None:
    return _register().get(_folded(name))


@cache
def _document() -> dict[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@cache
def _register() -> dict[str, Municipality]:
    """Returns the gemeenten by each name that is only theirs: CBS's own, that without its province, and a few more."""
    document = _document()
    names = {code: str(name) for code, name in document["gemeenten"].items()}
    short = {code: PROVINCE.sub("", name) for code, name in names.items()}
    shared = {name for name, times in Counter(short.values()).items() if times > 1}
    register = {_folded(name): (code, names[code]) for code, name in short.items() if name not in shared}
    register |= {_folded(name): (code, name) for code, name in names.items()}
    return register | {_folded(name): (code, names[code]) for name, code in document["also"].items()}


def _folded(name: str) -> str:
    """Returns `name` without what people write in several ways: capitals, accents, signs, 'gemeente' in front."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = re.sub(r"[.'()]", "", plain.translate(APOSTROPHES)).casefold().split()
    return " ".join(words[1:] if words[:1] == ["gemeente"] else words)
