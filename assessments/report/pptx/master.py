"""Makes the master and the three layouts of the slides: 16:9, Dutch, one font, the theme's colours as the file's own.

A slide that somebody adds follows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assessments.report.pptx.fit import (
    BODY,
    FOOT,
    FRONT_BODY,
    FRONT_TITLE,
    HEIGHT,
    LARGEST_TITLE,
    NUMBER,
    TITLE,
    WIDTH,
    Box,
)
from samenwerking.colours import PAPER, Colours
from samenwerking.theme import look

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

FONT = "Calibri"  # PowerPoint has it everywhere; ours would have to be installed
LANGUAGE = "nl-NL"
FRONT, TEXT, PLAIN = LAYOUTS = ("Titelpagina", "Titel en tekst", "Alleen titel")
OF_THE_TEMPLATE = ("Title Slide", "Title and Content", "Title Only")
BOXES = {"title": TITLE, "ctrTitle": FRONT_TITLE, "subTitle": FRONT_BODY, "body": BODY, "ftr": FOOT, "sldNum": NUMBER}
PROMPTS = {
    "Click to edit Master title style": "Titel",
    "Click to edit Master subtitle style": "Ondertitel",
    "Click to edit Master text styles": "Tekst",
    "Second level": "Tweede niveau",
    "Third level": "Derde niveau",
    "Fourth level": "Vierde niveau",
    "Fifth level": "Vijfde niveau",
}
SMALLEST = 18
BAR = 14.0  # points: the band of colour at the top


def new_presentation() -> Presentation:
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _keep_layouts(made)
    _colour(made, look().colours)
    for part in (made.slide_master, *made.slide_layouts):
        _lay_out(part)
        _translate(part._element)
    _set_subtitle(layout(made, FRONT)._element)
    _set_text_styles(made.slide_master._element)
    _translate(made.part._element)
    _add_bar(made.slide_master)
    return made


def layout(presentation: Presentation, name: str) -> SlideLayout:
    found = presentation.slide_layouts.get_by_name(name)
    assert found is not None  # noqa: S101 (there are three)
    return found


def _keep_layouts(presentation: Presentation) -> None:
    names = dict(zip(OF_THE_TEMPLATE, LAYOUTS, strict=True))
    for one in list(presentation.slide_layouts):
        if one.name in names:
            one._element.cSld.set("name", names[one.name])
        else:
            presentation.slide_layouts.remove(one)


def _colour(presentation: Presentation, colours: Colours) -> None:
    """Writes colours and font into the file's own theme, so that whoever adds something has them to choose from."""
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    master: Any = presentation.slide_master.part
    part = next(relation.target_part for relation in master.rels.values() if relation.reltype.endswith("/theme"))
    theme = parse_xml(part.blob)
    own = {
        "dk1": colours.ink,
        "lt1": PAPER,
        "dk2": colours.heading,
        "lt2": colours.ground,
        "accent1": colours.action,
        "accent2": colours.accent,
        "accent3": colours.soft,
        "accent4": colours.line,
        "accent5": colours.link,
        "accent6": colours.heading,
        "hlink": colours.link,
        "folHlink": colours.link,
    }
    for name, colour in own.items():
        [named] = theme.iter(f"{{*}}{name}")
        named[:] = [parsed(f'<a:srgbClr %s val="{colour.removeprefix("#").upper()}"/>')]
    for font in theme.iter("{*}latin"):
        font.set("typeface", FONT)
    theme.set("name", "Samenwerking")
    part._blob = serialize_part_xml(theme)


def _lay_out(part: Any) -> None:
    """Puts each placeholder in its place; that of a date goes, for the slides know no clock."""
    for shape in list(part.placeholders):
        kind = shape._element.ph.get("type", "obj")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        elif kind in BOXES:
            place(shape, BOXES[kind])


def place(shape: Any, box: Box) -> None:
    from pptx.util import Pt

    shape.left, shape.top, shape.width, shape.height = map(Pt, (box.left, box.top, box.width, box.height))


def write(paragraph: Any, text: str, size: int, *, bold: bool | None = None) -> None:
    """Adds text in Dutch; a screen reader would else read it in the language of whoever's machine it is."""
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size), bold
    run._r.get_or_add_rPr().set("lang", LANGUAGE)


def _translate(element: Any) -> None:
    """Turns what the template says in English into Dutch, and calls all text Dutch."""
    from pptx.oxml.ns import qn

    for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for properties in element.iter(qn(name)):
            properties.set("lang", LANGUAGE)
    for text in element.iter(qn("a:t")):
        text.text = PROMPTS.get(text.text, text.text)


def _set_text_styles(master: Any) -> None:
    """Sets the sizes of titles, texts and feet; titles are in the colour of headings, all begins at the left."""
    from pptx.oxml.ns import qn

    for level in _levels(master, "p:titleStyle"):
        level.set("algn", "l")
        _style(level, LARGEST_TITLE, "tx2", bold=True)
    for level in _levels(master, "p:bodyStyle"):
        _style(level, 22, "tx1")
    for kind, side in (("ftr", "l"), ("sldNum", "r")):
        [shape] = [sp for sp in master.iter(qn("p:sp")) if sp.ph is not None and sp.ph.get("type") == kind]
        [level] = shape.iter(qn("a:lvl1pPr"))
        level.set("algn", side)
        _style(level, SMALLEST, "accent3")
    for body in master.iter(qn("a:bodyPr")):
        body.set("lIns", "0")
        body.set("rIns", "0")


def _set_subtitle(front: Any) -> None:
    """Lets the lines of the title page begin at the left in the colour of text; in the template they are centred."""
    from pptx.oxml.ns import qn

    for level in front.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
        for old in level.iter(qn("a:defRPr")):
            old[:] = []


def _levels(master: Any, style: str) -> Iterator[Any]:
    from pptx.oxml.ns import qn

    return (level for found in master.iter(qn(style)) for level in found if level.tag.endswith("pPr"))


def _style(level: Any, size: int, colour: str, *, bold: bool = False) -> None:
    from pptx.oxml.ns import qn

    [font] = level.iter(qn("a:defRPr"))
    font.set("sz", str(size * 100))
    font.set("b", "1" if bold else "0")
    for old in font.findall(qn("a:solidFill")):
        font.remove(old)
    font.insert(0, parsed(f'<a:solidFill %s><a:schemeClr val="{colour}"/></a:solidFill>'))


def parsed(xml: str) -> Any:
    """Returns the element; `%s` stands where the namespaces go."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    return parse_xml(xml % nsdecls("a", "p"))


def _add_bar(master: Any) -> None:
    """Adds a band in the colour of buttons at the top, behind all else."""
    bar = parsed(
        '<p:sp %s><p:nvSpPr><p:cNvPr id="99" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(WIDTH * 12700)}" cy="{int(BAR * 12700)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    master.shapes._spTree.insert(2, bar)
