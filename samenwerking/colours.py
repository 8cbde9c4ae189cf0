"""Finds the colours that a theme's style sheets give by design tokens, for mail and PDF, where no browser reads them.

It is pure: style sheets go in, colours come out. It knows no settings and no files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2
from tinycss2 import color4

PAPER = "#ffffff"  # what mail and PDF are read on
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
TOKENS = {
    "action": "--utrecht-button-primary-action-background-color",
    "on_action": "--utrecht-button-primary-action-color",
    "link": "--utrecht-link-color",
    "heading": "--basis-heading-color",
    "accent": "--basis-color-accent-1-inverse-bg-default",
    "ink": "--basis-color-default-color-document",
    "soft": "--basis-color-default-color-subtle",
    "line": "--basis-color-default-border-subtle",
    "ground": "--basis-color-default-bg-subtle",
}


@dataclass(frozen=True)
class Colours:
    """Holds each colour as #rrggbb: mail programs know no other way."""

    action: str
    on_action: str
    link: str
    heading: str
    accent: str
    ink: str
    soft: str
    line: str
    ground: str


Tokens = Mapping[str, list[Any]]


def tokens_of(sheets: Sequence[str], classes: Collection[str]) -> dict[str, list[Any]]:
    """Returns by name the custom properties that hold on an <html> with these classes.

    What holds for some screens only, within @media, is left out.
    """
    found: dict[str, tuple[int, list[Any]]] = {}
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            weight = _weight(tinycss2.serialize(rule.prelude), classes) if rule.type == "qualified-rule" else 0
            if not weight:
                continue
            for declaration in tinycss2.parse_blocks_contents(rule.content):
                if declaration.type != "declaration" or not declaration.name.startswith("--"):
                    continue
                heavier = weight + 100 * declaration.important
                if heavier >= found.get(declaration.name, (0, []))[0]:
                    found[declaration.name] = heavier, declaration.value
    return {name: value for name, (_, value) in found.items()}


def colours_of(tokens: Tokens) -> dict[str, str]:
    """Returns the colours by name as #rrggbb, without those that the tokens do not lead to."""
    read = {name: _hex(_text(tokens.get(token, []), tokens)) for name, token in TOKENS.items()}
    return {name: colour for name, colour in read.items() if colour}


def too_faint(colours: Colours) -> list[str]:
    """Returns in words which colours have too little contrast to be read well."""
    pairs = [
        ("text on a button", colours.on_action, colours.action),
        *((name, getattr(colours, name), PAPER) for name in ("action", "link", "heading", "accent", "ink", "soft")),
    ]
    ratios = [(name, text, under, contrast(text, under)) for name, text, under in pairs]
    return [
        f"{name}: {text} on {under} has {ratio:.1f}:1" for name, text, under, ratio in ratios if ratio < LEAST_CONTRAST
    ]


def contrast(one: str, other: str) -> float:
    """Returns the contrast ratio of WCAG 2.2 between two #rrggbb colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _weight(selectors: str, classes: Collection[str]) -> int:
    """Returns how heavily a rule weighs on the <html> element; 0 where it is about something else."""
    return max((_weight_of_one(selector.strip(), classes) for selector in selectors.split(",")), default=0)


def _weight_of_one(selector: str, classes: Collection[str]) -> int:
    parts = re.findall(r"^html|:root|\.[\w-]+", selector)
    ours = all(part[1:] in classes for part in parts if part.startswith("."))
    if not parts or not ours or "".join(parts) != selector:
        return 0
    return sum(1 if part == "html" else 10 for part in parts)


def _text(values: Sequence[Any], tokens: Tokens, within: tuple[str, ...] = ()) -> str:
    """Returns the values as text, with each var() replaced by what it stands for.

    One that leads to itself or nowhere is replaced by its fallback, or by nothing.
    """
    return "".join(_text_of_one(value, tokens, within) for value in values).strip()


def _text_of_one(value: Any, tokens: Tokens, within: tuple[str, ...]) -> str:
    if value.type != "function":
        return str(value.serialize())
    if value.lower_name != "var":
        return f"{value.name}({_text(value.arguments, tokens, within)})"
    name, *rest = [part for part in value.arguments if part.type not in ("whitespace", "comment")]
    if name.value in tokens and name.value not in within:
        return _text(tokens[name.value], tokens, (*within, name.value))
    return _text(rest[1:], tokens, within)


def _hex(text: str) -> str:
    try:
        colour = color4.parse_color(text)
        red, green, blue, alpha = colour.to("srgb")
    except (AttributeError, NotImplementedError, TypeError):  # no colour, or one that is not made of red, green, blue
        return ""
    if alpha < 1:
        return ""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in (red, green, blue))
