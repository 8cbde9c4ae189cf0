"""A drawing becomes a picture that is the same each time, with its colours and its letters."""

import io

import pytest
from PIL import Image

from assessments.report.charts.svg import INK, Canvas
from samenwerking.pictures import WIDTH, pictures


def drawing(text="", height=50):
    canvas = Canvas(100, height)
    canvas.rect(0, 0, 50, height, "#ff0000")
    canvas.text(60, 30, text)
    return canvas.svg("proef", "Een proef")


def opened(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_each_drawing_is_a_picture_of_its_own_shape_and_colours():
    wide, high = map(opened, pictures([drawing(), drawing(height=200)]))
    assert [picture.width for picture in (wide, high)] == [WIDTH, WIDTH]
    assert [round(picture.height / WIDTH, 2) for picture in (wide, high)] == [0.5, 2.0]
    assert wide.getpixel((WIDTH // 4, 300)) == (255, 0, 0)
    assert wide.getpixel((WIDTH * 3 // 4, 300)) == (255, 255, 255)


def test_text_is_drawn_in_our_own_font():
    empty, written, wider = map(opened, pictures([drawing(), drawing("iii"), drawing("mmm")]))
    ink = tuple(int(INK[start : start + 2], 16) for start in (1, 3, 5))
    amounts = [picture.tobytes().count(bytes(ink)) for picture in (empty, written, wider)]
    assert amounts[0] == 0 < amounts[1] < amounts[2]


def test_the_same_drawing_gives_the_same_bytes():
    assert pictures([drawing("a")]) == pictures([drawing("a")])


def test_no_drawing_makes_no_picture_and_one_without_a_size_is_refused():
    assert pictures([]) == []
    with pytest.raises(ValueError, match="has no size"):
        pictures(["<svg><rect/></svg>"])
