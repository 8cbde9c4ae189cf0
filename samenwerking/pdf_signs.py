"""Writes out, before a PDF is made, the signs that no font on this machine has: [emoji: duim omhoog], [teken].

Without a font a sign would print as an empty box, which says nothing, and the file would be no PDF/UA.
"""

import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document

NAMES = Path(__file__).with_name("emoji_nl.tsv")
JOINER, AS_EMOJI, SKINS, LETTERS = "\u200d", "\ufe0f", "\U0001f3fb-\U0001f3ff", "\U0001f1e6-\U0001f1ff"
NOTHING = b"2060>"  # a sign without a shape: a word joiner
FIRST_LETTER = 0x1F1E6  # an emoji of a flag is two of these letters

# Signs that need no look at the fonts: nearly every report has no others.
COMMON = frozenset("\t\n\r" + "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”„…•€−×≥≤→")
# Joiners, directions and selectors, which no font needs to have: most of what Unicode calls default ignorable.
SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
SPACES = {"Cc": "", "Zl": " ", "Zp": " "}  # control characters, and ends of lines that are not those of HTML
NEVER = {*SPACES, "Cf", "Cn", "Co"}  # what a private sign means, nobody can say (ISO 19005-3, 6.2.11.7)


def written_out(text: str) -> str:
    """Returns the text with words in brackets for what no font here has; control characters are left out."""
    lacking = {sign for sign in set(text) - COMMON if not _is_drawn(sign)}
    if not lacking:
        return text
    text = _emoji().sub(lambda found: _named(found[0]) if lacking & set(found[0]) else found[0], text)
    return re.sub(f"[{''.join(map(re.escape, lacking))}]+", lambda found: _counted(found[0]), text)


def without_a_shape(document: "Document") -> set[str]:
    """Returns the signs that this document, once it is drawn, shows as an empty box."""
    fonts = document.fonts.values()
    return {chr(code) for font in fonts for code in font.missing} | {
        font.to_unicode[0] for font in fonts if 0 in font.to_unicode
    }


def give_text(pdf: "PDF") -> None:
    """Gives each glyph a text: of a syllable that is drawn with several, WeasyPrint gives the later ones none."""
    from pydyf import Stream

    for stream in pdf.objects:
        if isinstance(stream, Stream) and b"begincmap" in stream.stream:
            stream.stream = [part.replace(b"> <>", b"> <" + NOTHING) for part in stream.stream]


def _counted(signs: str) -> str:
    words = "".join(SPACES.get(unicodedata.category(sign), sign) for sign in signs)
    number = len(words.strip(" "))
    if number == 0:
        return words
    return "[teken]" if number == 1 else f"[{number} tekens]"


def _is_drawn(sign: str) -> bool:
    if SHAPELESS.match(sign):
        return True
    return unicodedata.category(sign) not in NEVER and bool(_drawn()[ord(sign)])


@cache
def _drawn() -> bytearray:
    """Returns for each code point whether a font here has it: those that Pango takes, and none of pictures."""
    command = ["fc-list", ":color=false", "--format", "%{fontformat}\t%{charset}\n"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 (nothing in it is given)
    drawn = bytearray(0x110000)
    for line in told.splitlines():
        kind, _, signs = line.partition("\t")
        if kind in ("TrueType", "CFF"):
            spans = [_span(span) for span in signs.split()]
            if any(ord(" ") in span for span in spans):  # without one, spaces between its signs would be boxes
                for span in spans:
                    drawn[span.start : span.stop] = b"\x01" * len(span)
    return drawn


def _span(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@cache
def _names() -> dict[str, str]:
    lines = (line.split("\t") for line in NAMES.read_text().splitlines() if not line.startswith("#"))
    return {"".join(chr(int(code, 16)) for code in codes.split("-")): name for codes, name in lines}


@cache
def _emoji() -> re.Pattern[str]:
    """Returns what finds an emoji whole: with its colour of skin, and all that is joined to it."""
    one = f"[{''.join(re.escape(sign) for sign in _names() if len(sign) == 1)}]{AS_EMOJI}?[{SKINS}]?"
    return re.compile(f"[{LETTERS}]{{2}}|{one}[\U000e0020-\U000e007f]*(?:{JOINER}{one})*")


def _named(emoji: str) -> str:
    """Returns the name of an emoji in brackets; one without a name of its own is named by its parts."""
    signs = emoji.replace(AS_EMOJI, "")
    if re.match(f"[{LETTERS}]", signs):
        return f"[emoji: vlag {''.join(chr(ord(sign) - FIRST_LETTER + ord('A')) for sign in signs)}]"
    parts = [signs] if signs in _names() else [sign for sign in signs if sign in _names()]
    return f"[emoji: {', '.join(_names()[part] for part in parts)}]"
