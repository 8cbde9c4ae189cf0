"""A gemeente's theme is one folder, and site, mail and PDF follow it, as long as everybody can read them."""

import io
import re
import struct
import subprocess
import zlib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import page
import pytest
from django.core.checks import run_checks
from django.urls import reverse
from PIL import Image

from assessments.actions import mail
from assessments.actions.colleagues import send_colleague_mail
from assessments.actions.partner_messages import send_partner_message
from assessments.models import Message
from assessments.report.builder import build_report
from assessments.report.pdf import made_from, pdf_of
from samenwerking.colours import colours_of, contrast, tokens_of, too_faint
from samenwerking.mail import calendar_part, html_of, themed
from samenwerking.theme import look, theme
from tests.browsing import sign_in
from tests.cast import build_cast
from tests.mail_server import server
from tests.report_cases import INSTRUMENT, facts, nijmegen

__all__ = ["server"]  # a fixture

PLUM = "#7a1f5c"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#123456"/></svg>'


@pytest.fixture
def theme_dir(settings, tmp_path):
    settings.THEME_DIR, settings.THEME_CLASS = str(tmp_path), "oostdorp-theme"
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("thema", str(tmp_path))]
    settings.ORGANISATION_NAME = "Gemeente Oostdorp"
    return tmp_path


def in_colour(folder, colour):
    """Writes what a gemeente writes: values of our theme's tokens, under a class of its own."""
    (folder / "theme.css").write_text(f".oostdorp-theme {{ --voorbeeld-kleuren-violet-500: {colour}; }}")


def put_logo(folder, size=(480, 60), fill=(18, 52, 86, 128)):
    Image.new("RGBA", size, fill).save(folder / "logo.png")
    return (folder / "logo.png").read_bytes()


def png_of(width, height):
    """Returns a PNG that says that it is so large, without the pixels."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"")


def html_in(message):
    return message.get_body(("html",)).get_content()


# Reading a style sheet


LINKS = [
    (".a { --utrecht-link-color: #7A1F5C }", PLUM),
    (".a { --utrecht-link-color: #fff }", "#ffffff"),
    (":root { --utrecht-link-color: rgb(122, 31, 92) }", PLUM),
    ("html { --utrecht-link-color: navy }", "#000080"),
    (".a { --x: var(--y); --y: hsl(0 100% 20%); --utrecht-link-color: var(--x) }", "#660000"),
    (".a { --r: 122, 31, 92; --utrecht-link-color: rgb(var(--r)) }", PLUM),
    (".a { --utrecht-link-color: var(--niet-gezet, navy) }", "#000080"),
    (".a { --utrecht-link-color: #7a1f5c } .a { --utrecht-link-color: navy }", "#000080"),
    (".a { --utrecht-link-color: #7a1f5c } html { --utrecht-link-color: navy }", PLUM),
    (".a.b { --utrecht-link-color: #7a1f5c } .a { --utrecht-link-color: navy }", PLUM),
    (".a { --utrecht-link-color: #7a1f5c !important } .a.b { --utrecht-link-color: navy }", PLUM),
    ("h1, .a { --utrecht-link-color: #7a1f5c } .elders { --utrecht-link-color: navy }", PLUM),
    (".a p { --utrecht-link-color: navy } .a:hover { --utrecht-link-color: navy }", None),
    ("@media (prefers-color-scheme: dark) { .a { --utrecht-link-color: navy } }", None),
    (".a { --x: var(--y); --y: var(--x); --utrecht-link-color: var(--x) }", None),
    (".a { --utrecht-link-color: #7a1f5c80 }", None),
    (".a { --utrecht-link-color: oklch(0.5 0.1 200) }", None),
    (".a { --utrecht-link-color: currentcolor }", None),
    (".a { --utrecht-link-color: ; } } }", None),
    ("<html>", None),
]


def test_a_colour_is_read_as_a_browser_would_or_not_at_all(subtests):
    for css, link in LINKS:
        with subtests.test(css):
            assert colours_of(tokens_of([css], {"a", "b"})).get("link") == link


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast("#ffffff", "#777777") < 4.5


def test_our_own_theme_can_be_read(settings):
    settings.THEME_DIR = ""
    found = look()
    assert too_faint(found.colours) == []
    assert (found.colours.action, found.colours.link, found.colours.accent) == ("#0e5a66",) * 3
    assert found.refused == ()


@pytest.mark.django_db(transaction=True)
def test_the_button_that_takes_something_away_looks_like_no_other_and_can_be_read(live_server, page, theme_dir):
    in_colour(theme_dir, PLUM)
    cast = build_cast()
    sign_in(page, live_server, cast.coordinator.email)
    colours = []
    for name in ("round_close", "round_extend"):
        page.goto(f"{live_server.url}{reverse(name, args=[cast.round.pk])}")
        style = "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
        colours.append([_hex(colour) for colour in page.locator("main button[type=submit]").evaluate(style)])
    (text, danger), (_, usual) = colours
    assert usual == PLUM
    assert danger != usual
    assert contrast(text, danger) >= 4.5


def _hex(colour):
    """Returns #rrggbb for what a browser calls rgb(r, g, b)."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


# In the mail


def test_every_kind_of_mail_has_the_colours_and_the_logo_inside_it_and_loads_nothing(server, cast, theme_dir):
    in_colour(theme_dir, PLUM)
    logo = put_logo(theme_dir)
    cast.partners["school"].contact_email = "contact@example.org"
    cast.partners["school"].save()
    assert mail.send_queued(round_id=cast.round.pk) == 10
    send_partner_message.func(str(cast.round.pk), cast.partners["school"].pk)
    send_colleague_mail.func(cast.reader.pk, str(cast.network.pk))
    for message in [server.received[0], *server.received[-2:]]:
        html = html_in(message)
        assert PLUM in html
        assert "#0e5a66" not in html
        assert '<img src="cid:logo" alt="Gemeente Oostdorp" width="240" height="30"' in html
        assert html.count("src=") == 1
        assert "url(" not in html
        assert "<link" not in html
        assert message.get_content_type() == "multipart/related"
        [image] = [part for part in message.walk() if part.get_content_maintype() == "image"]
        assert image["Content-ID"] == "<logo>"
        assert image.get_content_disposition() == "inline"
        assert image.get_content() == logo
        assert message.get_body(("plain",)).get_content()


def test_a_file_stands_behind_the_text_and_its_logo(theme_dir):
    logo = put_logo(theme_dir)
    entry = calendar_part("BEGIN:VCALENDAR\r\nX:é\r\n".encode(), "x.ics", "PUBLISH")
    html = html_of("mail/partner.html", {"words": "x"})
    message = message_from_bytes(themed("x", "x", html, [entry]).message().as_bytes(), policy=default)
    kind = EmailMessage.get_content_type
    tree = [(kind(part), [kind(inner) for inner in part.iter_parts()]) for part in message.walk()]
    assert tree[:3] == [
        ("multipart/mixed", ["multipart/related", "text/calendar"]),
        ("multipart/related", ["multipart/alternative", "image/png"]),
        ("multipart/alternative", ["text/plain", "text/html"]),
    ]
    [image] = [part for part in message.walk() if part.get_content_maintype() == "image"]
    [file] = message.iter_attachments()
    assert image.get_content() == logo
    assert file.get_payload(decode=True) == "BEGIN:VCALENDAR\r\nX:é\r\n".encode()
    assert file["Content-Type"].params["method"] == "PUBLISH"


@pytest.mark.parametrize("name", ["logo.svg", "no logo"])
def test_without_a_logo_that_mail_programs_show_the_name_stands_in_the_text(server, cast, theme_dir, name):
    in_colour(theme_dir, PLUM)
    (theme_dir / name).write_text(SVG)
    mail.send_queued(round_id=cast.round.pk)
    message = server.received[0]
    assert message.get_content_type() == "multipart/alternative"
    assert "<img" not in html_in(message)
    assert 'font-weight:bold;">Gemeente Oostdorp</p>' in html_in(message)


def test_a_logo_that_cannot_go_along_stops_no_mail_and_the_check_says_why(server, cast, theme_dir):
    in_colour(theme_dir, PLUM)
    (theme_dir / "logo.png").write_text(SVG)
    assert mail.send_queued(round_id=cast.round.pk) == 10
    assert "<img" not in html_in(server.received[0])
    assert [fault.id for fault in run_checks()] == ["samenwerking.W004"]
    (theme_dir / "logo.png").write_bytes(put_logo(theme_dir) + bytes(100_000))
    assert "at most 100000 go along" in run_checks()[0].msg
    (theme_dir / "logo.png").write_bytes(png_of(100_000, 100_000))
    assert "<img" not in html_of("mail/partner.html", {})
    assert "can't be read" in run_checks()[0].msg


# In the PDF


@pytest.mark.parametrize("logo", ["png", "svg"])
def test_the_pdf_has_the_colour_and_the_logo_and_stays_accessible(theme_dir, logo):
    in_colour(theme_dir, PLUM)
    if logo == "png":
        put_logo(theme_dir, fill=(18, 52, 86, 255))
    else:
        (theme_dir / "logo.svg").write_text(SVG)
    pdf = pdf_of(build_report(nijmegen(), *summary()))
    for profile in ("ua1", "3a"):
        validated = page.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in validated.failures] == []
    seen = colours_on_first_page(pdf)
    assert {(0x7A, 0x1F, 0x5C), (0x12, 0x34, 0x56)} <= seen
    assert (0x0E, 0x5A, 0x66) not in seen


def test_what_the_pdf_is_made_from_changes_with_the_colour_and_the_logo(theme_dir):
    report = nijmegen(), INSTRUMENT, facts()
    seen = [made_from(*report)]
    in_colour(theme_dir, PLUM)
    seen.append(made_from(*report))
    in_colour(theme_dir, "#123456")
    seen.append(made_from(*report))
    put_logo(theme_dir)
    seen.append(made_from(*report))
    assert len(set(seen)) == 4


def summary():
    return INSTRUMENT, facts(), "samenvatting"


def colours_on_first_page(pdf):
    command = ["pdftoppm", "-r", "60", "-f", "1", "-l", "1", "-png", "-"]
    png = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return {colour for _, colour in Image.open(io.BytesIO(png)).convert("RGB").getcolors(1_000_000)}


# What cannot be read


def test_colours_too_faint_to_read_are_used_nowhere_and_the_check_says_so(server, cast, client, theme_dir):
    in_colour(theme_dir, "#ffcc00")
    put_logo(theme_dir)
    [fault] = run_checks()
    assert fault.id == "samenwerking.W002"
    assert "text on a button: #ffffff on #ffcc00 has 1.5:1" in fault.msg
    assert theme()["theme_class"] == theme()["theme_stylesheet"] == ""
    html = client.get(reverse("start")).content.decode()
    assert "oostdorp-theme" not in html
    assert "thema/theme.css" not in html
    assert "thema/logo.png" in html
    mail.send_queued(round_id=cast.round.pk)
    assert "#0e5a66" in html_in(server.received[0])
    assert "#ffcc00" not in html_in(server.received[0])
    assert "cid:logo" in html_in(server.received[0])
    assert Message.objects.filter(state="sent").count() == 10


def test_the_check_is_silent_about_a_good_theme_and_tells_of_what_is_missing(theme_dir, settings):
    assert [fault.id for fault in run_checks()] == ["samenwerking.W001"]
    in_colour(theme_dir, "oklch(0.4 0.1 200)")
    assert [fault.id for fault in run_checks()] == ["samenwerking.W003"]
    assert run_checks()[0].msg == "Mail and PDF have default colours for: action, link, accent."
    in_colour(theme_dir, PLUM)
    put_logo(theme_dir)
    assert run_checks() == []
    (theme_dir / "logo.png").rename(theme_dir / "logo.svg")
    assert [fault.id for fault in run_checks()] == ["samenwerking.I001"]
    settings.THEME_DIR = ""
    assert run_checks() == []
