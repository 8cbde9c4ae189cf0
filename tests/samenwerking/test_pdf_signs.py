"""Whatever people write prints: in any script that the fonts have, and else in words between brackets."""

import subprocess
import unicodedata
from datetime import UTC, datetime

import page
import pytest
from weasyprint import HTML

from samenwerking import pdf, pdf_signs, pdf_speed
from samenwerking.pdf_signs import written_out

CREATED = datetime(2026, 3, 1, tzinfo=UTC)
PRINTED = [
    ("Łódź, Gdańsk: współpraca jest żółta", "Polish"),
    ("İzmir, çocuğa iyi geliyor, şüphesiz", "Turkish"),
    ("مرحبا بكم", "Arabic"),
    ("ئۇيغۇرچە کوردی فارسی", "Uighur, Kurdish and Persian"),
    ("ትግርኛ ሰላም", "Tigrinya"),
    ("Дякую, Київ", "Ukrainian"),
    ("Ευχαριστώ", "Greek"),
    ("שלום", "Hebrew"),
    ("हिन्दी में धन्यवाद", "Hindi"),
    ("বাংলা", "Bengali"),
    ("தமிழ்", "Tamil"),
    ("ขอบคุณ", "Thai"),
    ("Ўзбек, Монгол", "Cyrillic of Central Asia"),
    ("☎ ★ ✓ ½ ₺ €", "signs"),
]
WRITTEN_OUT = [
    ("👍🏽 goed", "[emoji: duim omhoog, getinte huidskleur] goed"),
    ("👩\u200d💻", "[emoji: technologe]"),
    ("👨\u200d👩\u200d👧 thuis", "[emoji: man, vrouw, meisje] thuis"),
    ("🇳🇱", "[emoji: vlag NL]"),
    ("谢谢", "[2 tekens]"),
    ("好, dank", "[teken], dank"),
    ("een\ue000twee", "een[teken]twee"),
    ("een\x0b twee\u2028drie\u200bvier", "een twee drie\u200bvier"),
    ("\U0010fffd\uffff", "[2 tekens]"),
]
SHOWN_OTHERWISE = str.maketrans("", "", "\u202a\u202b\u202c\u2060\u200b \n\f")  # what poppler adds, and spaces


def made(*lines, **options):
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = '<title>Proef</title><link rel="stylesheet" href="/static/css/report-pdf.css"/>'
    html = f'<html lang="nl"><head>{head}</head><body><h1>Proef</h1>{body}</body></html>'
    return pdf.render(html, created=CREATED, **options)


def text_of(document):
    text = subprocess.run(["pdftotext", "-", "-"], input=document, capture_output=True, check=True).stdout
    return unicodedata.normalize("NFC", text.decode()).translate(SHOWN_OTHERWISE)


def is_accepted(document):
    return all(page.is_pdf_compliant_bytes(document, profile=profile) for profile in ("ua1", "3a"))


@pytest.mark.parametrize("text", [text for text, _ in PRINTED], ids=[name for _, name in PRINTED])
def test_what_people_write_prints_as_they_wrote_it(text):
    document = made(text)
    assert sorted(unicodedata.normalize("NFC", text).translate(SHOWN_OTHERWISE)) == sorted(
        text_of(document).removeprefix("Proef")[: -len("pagina1van1")]
    )
    assert is_accepted(document)


@pytest.fixture
def only_our_font(tmp_path, monkeypatch):
    """Takes all fonts from the machine but the one that our style sheet brings, which has few letters with signs."""
    pdf_signs._drawn()  # kept for the process: what is written out goes by the fonts of the machine
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    for kept in (pdf_speed.fonts, pdf_speed.sheet):
        kept.cache_clear()
    yield
    for kept in (pdf_speed.fonts, pdf_speed.sheet):
        kept.cache_clear()


@pytest.mark.filterwarnings("ignore:There are no fonts")
@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("line", ["ń n nń, ḿ, Źń, ǵ", "Nń Ńn, źz zŹ", "Vinh: ế e ê ẻ, Ế E", "ć c\u0301 c"])
@pytest.mark.usefixtures("only_our_font")
def test_letters_that_a_font_draws_in_parts_read_as_they_were_written(line, fast):
    document = made(f"{line} {line}", fast=fast)
    read = unicodedata.normalize("NFC", line).translate(SHOWN_OTHERWISE)
    assert text_of(document) == f"Proef{read}{read}pagina1van1"
    assert is_accepted(document)
    assert made(f"{line} {line}", fast=fast) == document


@pytest.mark.parametrize(("text", "words"), WRITTEN_OUT)
def test_what_no_font_has_is_written_out(text, words):
    assert written_out(text) == words
    document = made(text)
    assert words.translate(SHOWN_OTHERWISE) in text_of(document)
    assert is_accepted(document)


def test_dutch_is_left_as_it_is_without_a_look_at_the_fonts(monkeypatch):
    monkeypatch.setattr(pdf_signs, "_drawn", None)
    text = "Eén coördinator zei: ‘Café “De Linde”’ – 4,0 × €\u00a05…"
    assert written_out(text) == text


@pytest.mark.parametrize("fast", [True, False])
def test_a_pdf_with_a_sign_that_no_font_has_is_not_made(fast):
    """Should a font be said to have it, and not have it."""
    html = "<html lang='nl'><title>Proef</title><p>好</p></html>"
    document = HTML(string=html).render(pdf_variant=pdf.VARIANT)
    with pytest.raises(pdf.PDFError, match="u597d"):
        pdf.write(document, CREATED, [], fast=fast)


@pytest.mark.long
def test_every_sign_that_a_font_is_said_to_have_is_drawn():
    """A PDF in which one lacks raises PDFError, so these need not be read back."""
    signs = [
        chr(code) for code in range(0xA0, 0x110000) if not 0xD800 <= code < 0xE000 and pdf_signs._is_drawn(chr(code))
    ]
    assert len(signs) > 20_000
    for start in range(0, len(signs), 2000):
        some = signs[start : start + 2000]
        assert written_out("".join(some)) == "".join(some)
        made(*(" ".join(some[place : place + 100]) for place in range(0, len(some), 100)))
