"""Sees to it that a PDF shows whatever people write, and that the text of what it shows is what they wrote.

Signs that no font on this machine has are written out before it is made: [emoji: duim omhoog], [teken]. Without a font
a sign would print as an empty box, which says nothing, and the file would be no PDF/UA.
"""

import re
import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


@contextmanager
def spelled() -> Iterator[None]:
    """Lets WeasyPrint, while it draws, give each part of a letter its own text.

    A font without ń may draw it with its n and its acute. WeasyPrint would say that each acute is ń, and the n nothing,
    in the whole document.
    """
    from weasyprint.draw import text

    draw = text.draw_first_line
    text.draw_first_line = _spelling(draw)
    try:
        yield
    finally:
        text.draw_first_line = draw


def give_text(pdf: "PDF") -> None:
    """Gives each glyph a text: of a syllable that is drawn with several, WeasyPrint gives the later ones none."""
    from pydyf import Stream

    for stream in pdf.objects:
        if isinstance(stream, Stream) and b"begincmap" in stream.stream:
            stream.stream = [part.replace(b"> <>", b"> <" + NOTHING) for part in stream.stream]


def _spelling(draw: Callable[..., Any]) -> Callable[..., Any]:
    from weasyprint.text.ffi import ffi

    def drawn(stream: Any, box: Any, *rest: Any) -> Any:
        emojis = draw(stream, box, *rest)
        if not box.text.isascii():
            run = box.pango_layout.get_first_line()[0].runs[0]
            while run != ffi.NULL:
                _spell(run.data, stream, box.pango_layout.text)
                run = run.next
        return emojis

    return drawn


def _spell(run: Any, stream: Any, line: str) -> None:
    """Gives the glyphs of this run that draw one letter together the text of what each of them draws."""
    count = run.glyphs.num_glyphs
    starts = list(run.glyphs.log_clusters[0:count])
    if len(set(starts)) == count:
        return
    font, _ = stream.add_font(run.item.analysis.font)
    text = line.encode()[run.item.offset :]
    glyphs = defaultdict(list)
    for start, info in zip(starts, run.glyphs.glyphs[0:count], strict=True):
        glyphs[start].append(info.glyph)
    for start, end in pairwise([*sorted(glyphs), run.item.length]):
        together = glyphs[start][:: -1 if run.item.analysis.level % 2 else 1]  # odd: they stand from right to left
        letter = unicodedata.normalize("NFD", text[start:end].decode())
        if len(together) > 1 and all(map(unicodedata.combining, letter[1:])) and font.to_unicode.keys() >= {*together}:
            signs = _characters(font.file_content, font.index)
            font.to_unicode.update(_parts(letter, together, signs))


def _parts(letter: str, glyphs: Sequence[int], signs: dict[int, str]) -> dict[int, str]:
    """Returns the text of each glyph, if together they are the letter; none if not. `letter` is decomposed.

    A glyph that the font has for no character, such as an acute for capitals, draws what the others leave.
    """
    parts = [signs.get(glyph, "") for glyph in glyphs]
    left = list(letter)
    for sign in unicodedata.normalize("NFD", "".join(parts)):
        if sign not in left:
            return {}
        left.remove(sign)
    if not parts[0] or parts.count("") != len(left):
        return {}
    parts = [part or left.pop(0) for part in parts]
    is_letter = unicodedata.normalize("NFD", "".join(parts)) == letter
    return dict(zip(glyphs, parts, strict=True)) if is_letter else {}


@lru_cache(maxsize=8)
def _characters(font: bytes, index: int) -> dict[int, str]:
    """Returns for each glyph of a font the first character that the font has it for."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font), fontNumber=index, lazy=True) as opened:
        signs = opened.getBestCmap() if "cmap" in opened else None
        return {opened.getGlyphID(name): chr(code) for code, name in sorted((signs or {}).items(), reverse=True)}


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
