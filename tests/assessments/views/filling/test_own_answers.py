"""A link may be seen by others: answers are shown, and made into a PDF, only in the browser that gave them."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assessments.filling.own_answers import OwnAnswers
from assessments.scores.answers import Filled
from assessments.views.filling.own_answers_pdf import Line, own_parts
from tests.cast import filled, save_answers
from tests.filling_in import at, checked, post
from tests.html import text_of, texts, value_of

pytestmark = pytest.mark.django_db


def test_values_and_texts_are_shown_only_in_the_browser_that_gave_them(phone, laptop, anna):
    post(phone, anna, 1, VG1="2", VG2="?", open_startcondities="Wij bellen\r\nelkaar")
    here, there = (client.get(at(anna, "questions", 1)) for client in (phone, laptop))
    assert checked(here) == {"VG1": "2", "VG2": "?"}
    assert value_of(here, "open_startcondities") == "Wij bellen\nelkaar"
    assert checked(there) == {}
    assert "Wij bellen" not in there.content.decode()
    assert texts(there, ".statement .elsewhere") == ["al ingevuld", "al ingevuld"]
    assert "dan vervangt dat uw eerdere tekst" in text_of(there, ".open-question .elsewhere")


def test_what_another_device_changed_is_not_shown_here_any_more(phone, laptop, anna):
    post(phone, anna, 1, VG1="2")
    post(laptop, anna, 1, VG1="5")
    assert checked(phone.get(at(anna, "questions", 1))) == {}
    assert checked(laptop.get(at(anna, "questions", 1))) == {"VG1": "5"}


def test_an_old_page_does_not_put_back_what_was_changed_elsewhere(phone, laptop, anna):
    post(phone, anna, 1, VG1="2")
    opened = value_of(phone.get(at(anna, "questions", 1)), "was")
    post(laptop, anna, 1, VG1="5")
    post(phone, anna, 1, was=opened, VG1="2", VG2="4")
    assert filled().answers == {"VG1": 5, "VG2": 4}


def test_a_text_from_elsewhere_stays_when_the_empty_field_is_sent(phone, laptop, anna):
    post(phone, anna, 1, open_startcondities="Goed")
    opened = value_of(laptop.get(at(anna, "questions", 1)), "was")
    post(laptop, anna, 1, was=opened, VG1="1", open_startcondities="")
    assert filled().texts == {"open_startcondities": "Goed"}


def test_the_cookie_is_signed_out_of_reach_of_scripts_and_of_this_link_only(cast, phone, anna):
    response = post(phone, anna, 1, VG1="2")
    cookie = response.cookies["ingevuld"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", at(anna))
    ben = cast.participants()[1]
    save_answers(ben.pk, {"VG1": 2})
    stranger = Client()
    stranger.cookies["ingevuld"] = cookie.value
    assert checked(stranger.get(at(ben, "questions", 1))) == {}
    stranger.cookies["ingevuld"] = cookie.value[:-1] + "x"
    assert checked(stranger.get(at(anna, "questions", 1))) == {}


def test_on_https_the_cookie_has_a_name_that_no_page_without_tls_can_set(phone, anna, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = post(phone, anna, 1, VG1="2").cookies["__Secure-ingevuld"]
    assert cookie["secure"]
    assert checked(phone.get(at(anna, "questions", 1))) == {"VG1": "2"}


def test_cookies_collected_beforehand_do_not_tell_what_somebody_answers_later(phone, laptop, anna):
    """Who saw the link first saves each value, keeps every cookie, and tries which one fits."""
    collected = []
    for value in "12345?":
        post(laptop, anna, 1, VG1=value)
        collected.append(laptop.cookies["ingevuld"].value)
    post(phone, anna, 1, VG1="4")
    assert checked(phone.get(at(anna, "questions", 1))) == {"VG1": "4"}
    for cookie in collected:
        stranger = Client()
        stranger.cookies["ingevuld"] = cookie
        assert checked(stranger.get(at(anna, "questions", 1))) == {}


def test_the_own_answers_are_in_the_words_that_the_level_read(cast):
    instrument, filled = cast.round.instrument, Filled(answers={"MI2": 4, "OU1": 4})
    own = OwnAnswers().with_saved(filled.answers, {})
    for level, key, answer in (
        ("uitvoerend", "MI2", "mee eens"),
        ("bestuur", "MI2", "mee eens"),
        ("ouders", "OU1", "ja, meestal wel"),
    ):
        lines = [
            line for part in own_parts(instrument, level, filled, own) for _, lines in part.groups for line in lines
        ]
        assert Line(instrument.statements[key].for_level(level), answer) in lines


def test_the_pdf_has_the_answers_of_this_browser_only(phone, laptop, anna):
    post(phone, anna, 1, VG1="2", open_startcondities="Wij bellen elkaar")
    post(laptop, anna, 1, VG2="5")
    response = phone.get(at(anna, "own_answers_pdf"))
    found = text_in(response)
    assert "mee oneens" in found
    assert "Wij bellen elkaar" in found
    assert "ingevuld in een andere browser" in found
    assert Client().get(at(anna, "own_answers_pdf")).status_code == 404


def test_every_part_has_a_plain_heading_and_the_term_of_its_phase_small(phone, anna):
    """On its page, among what is done, and on the copy; the paper form has the same headings."""
    phases = anna.round.instrument.phases
    for number, phase in enumerate(phases, start=1):
        page = phone.get(at(anna, "questions", number))
        assert text_of(page, "h1") == phase.heading
        assert text_of(page, ".eyebrow") == f"Deel {number} van 4 · {phase.name}"
    post(phone, anna, 1, VG1="2")
    done = phone.get(at(anna, "review"))
    assert texts(done, ".chapters h2") == [*(phase.heading for phase in phases), "Resultaat"]
    assert texts(done, ".chapters .term") == [phase.name for phase in phases]
    copy = text_in(phone.get(at(anna, "own_answers_pdf")))
    paper = text_in(phone.get(reverse("questionnaire_pdf")))
    for number, phase in enumerate(phases, start=1):
        assert f"{phase.heading} {phase.name} " in copy
        assert f"Deel {number}: {phase.heading} {phase.name}. {phase.definition}" in paper


def text_in(response):
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
