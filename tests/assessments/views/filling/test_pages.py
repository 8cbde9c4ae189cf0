"""Behind a link: pages that save as they are, answers that only their own browser sees, and every way to stop."""

import logging
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.models import OpenLink, Response, Round
from assessments.views.filling import limits
from tests.cast import build_cast, filled, save_answers

pytestmark = pytest.mark.django_db

ELSEWHERE = "al ingevuld"
QUERIES = {
    "first page": 4,
    "statements": 2,
    "save": 4,
    "background": 4,
    "looking back": 2,
    "sending": 8,  # the first of the day
    "thanks": 2,
    "level": 1,
    "not taking part": 1,
    "wrong person": 2,  # the partner's name is on no other page of those
    "reminders": 1,
    "first page of an open link": 5,
}


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


@pytest.fixture
def phone():
    return Client()


@pytest.fixture
def laptop():
    return Client()


def at(participant, name="welcome", *args):
    return reverse(name, args=[link_token(participant.pk), *args])


def text(response):
    return response.content.decode()


def checked(response):
    """The answers that a page shows, by statement."""
    return dict(re.findall(r'name="([A-Z0-9]+)" value="(.)" checked', text(response)))


def was(response):
    return re.search(r'name="was" value="([^"]*)"', text(response))[1]


def post(client, participant, number, **fields):
    """A page as a browser sends it: with what it showed when it was opened."""
    return client.post(at(participant, "questions", number), {"was": ""} | fields)


class TestLinks:
    @pytest.mark.parametrize("change", ["x", "y/vragen/1/", "/vragen/9/", "/wat-is-dit/"])
    def test_a_wrong_link_gives_one_page_whatever_is_wrong(self, client, anna, change):
        wrong = client.get(f"/v/{link_token(anna.pk)[: None if change[0] == '/' else -1]}{change}", follow=True)
        nothing = client.get("/v/onzin/")
        assert (wrong.status_code, text(wrong)) == (404, text(nothing))
        assert "Open de link uit uw uitnodiging nog eens" in text(wrong)

    def test_a_link_of_somebody_who_is_gone_gives_the_same_page(self, client, anna):
        address = at(anna)
        anna.delete()
        assert text(client.get(address)) == text(client.get("/v/onzin/"))

    @pytest.mark.parametrize("name", ["welcome", "review", "opt_out", "level"])
    def test_no_page_is_kept_found_or_told(self, client, anna, name):
        response = client.get(at(anna, name))
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        title = re.search("<title>(.*)</title>", text(response), re.DOTALL)[1]
        assert link_token(anna.pk) not in title

    def test_a_link_is_in_no_log(self, client, anna, caplog):
        caplog.set_level(logging.DEBUG)
        client.get(at(anna))
        client.get(f"{at(anna)[:-4]}/")
        from samenwerking.logs import without_personal_links

        assert link_token(anna.pk) not in without_personal_links(caplog.text)

    def test_a_link_without_its_last_stroke_works(self, client, anna):
        assert client.get(at(anna).rstrip("/"), follow=True).status_code == 200


class TestLimits:
    def test_whoever_tries_links_has_to_wait_but_not_who_is_filling_in(self, phone, laptop, anna, monkeypatch):
        monkeypatch.setattr(limits, "WRONG_LINKS", 3)
        post(phone, anna, 1, VG1="2")
        wrong = [laptop.get("/v/onzin/vragen/1/").status_code for _ in range(5)]
        assert wrong == [404, 404, 404, 429, 429]
        assert laptop.get(at(anna)).status_code == 200  # one's own link works, whatever a neighbour tries
        assert phone.get(at(anna)).status_code == 200

    def test_a_person_saves_no_thousand_times(self, phone, anna, monkeypatch):
        monkeypatch.setattr(limits, "SAVES", 2)
        assert [phone.post(at(anna, "save"), {"VG1": v}).status_code for v in "1234"] == [200, 200, 429, 429]
        assert filled().answers == {"VG1": 2}


class TestFirstPage:
    def test_it_says_who_asks_how_long_and_what_is_promised(self, cast, client, anna):
        Round.objects.update(closes_on=date(2026, 12, 11), contact_email="")
        page = " ".join(text(client.get(at(anna))).split())
        for sentence in (
            "Netwerk Oost", "vrijdag 11 december 2026", "49 korte stellingen", "coordinator@example.org",
            "minder dan <strong>3</strong> antwoorden", "maar nooit <strong>wat</strong>", "niveau uitvoerend",
        ):  # fmt: skip
            assert sentence in page

    def test_after_publication_the_link_leads_to_the_reports_of_the_network_and_the_own_level(self, cast, client, anna):
        for participant in cast.participants():
            cast.answer(participant)
        close_round(round_id=cast.round.pk)
        assert client.get(at(anna, "participant_report", "netwerk")).status_code == 404
        publish_round(round_id=cast.round.pk)
        page = text(client.get(at(anna)))
        links = re.findall(r'href="(/v/[^"]*/rapport/[^"]*)"', page)
        assert {link.split("/")[-2] for link in links} == {"netwerk", "samenvatting", "uitvoerend"}
        assert [client.get(link).status_code for link in links] == [200] * 3
        assert client.get(at(anna, "participant_report", "bestuur")).status_code == 404

    def test_a_constructed_network_says_so_on_every_page(self, cast, client, anna):
        cast.network.is_constructed = True
        cast.network.save()
        cast.answer(anna)
        for name, args in [("welcome", []), ("questions", [1]), ("review", []), ("thanks", []), ("opt_out", [])]:
            assert "zijn bedacht, niet verzameld" in text(client.get(at(anna, name, *args))), name

    def test_a_round_that_is_not_open_yet_says_so(self, client):
        anna = build_cast(is_open=False).participants()[0]
        assert "nog niet open" in text(client.get(at(anna)))
        assert client.get(at(anna, "questions", 1)).status_code == 302

    @pytest.mark.parametrize("readers", ["", "meelezers", "deelnemers"])
    def test_a_closed_round_says_what_comes_next(self, cast, client, anna, readers):
        for participant in cast.participants():
            cast.answer(participant)
        close_round(round_id=cast.round.pk)
        if readers:
            publish_round(round_id=cast.round.pk, readers=[readers])
        page = text(client.get(at(anna)))
        assert ("De uitkomsten zijn er" in page) == (readers == "deelnemers")
        assert ("Invullen kan niet meer" in page) == (readers != "deelnemers")
        assert client.get(at(anna, "questions", 1)).url == at(anna)
        late = post(client, anna, 1, VG1="3")
        assert (late.status_code, "is niet opgeslagen" in text(late)) == (409, True)


class TestPages:
    def test_there_is_a_page_a_phase_and_one_for_the_outcome(self, cast, client, anna):
        pages = [text(client.get(at(anna, "questions", number))) for number in (1, 2, 3, 4)]
        keys = [list(dict.fromkeys(re.findall(r'<input type="radio" name="([A-Z0-9]+)"', page))) for page in pages]
        assert [len(page) for page in keys] == [13, 16, 16, 4]
        assert ["open_slot" in page for page in pages] == [False, False, False, True]

    def test_a_page_with_gaps_is_saved_as_it_is_and_the_next_names_them(self, client, anna):
        given = dict.fromkeys(("VG1", "VG2", "VG4", "PR1", "PR2", "PR3", "PR4", "PR5", "PB1", "PB2", "PB3"), "4")
        response = post(client, anna, 1, **given, open_startcondities="Goed")
        assert response.url == at(anna, "questions", 2)
        page = " ".join(text(client.get(response.url)).split())
        assert "In deel 1 zijn nog 2 stellingen open" in page
        assert f'href="{at(anna, "questions", 1)}#VG3">stelling 3</a>' in page
        assert filled().answers == dict.fromkeys(given, 4)
        assert filled().texts == {"open_startcondities": "Goed"}

    def test_going_back_saves_too(self, client, anna):
        assert post(client, anna, 2, RG1="5", naar="vorige").url == at(anna, "questions", 1)
        assert filled().answers == {"RG1": 5}

    def test_a_text_that_is_too_long_is_kept_on_the_page_and_the_rest_is_saved(self, client, anna):
        response = post(client, anna, 1, VG1="2", open_startcondities="x" * 4001)
        assert response.status_code == 200
        assert "Uw tekst heeft 4.001 tekens. Er passen er 4.000." in text(response)
        assert "x" * 4001 in text(response)
        assert checked(response) == {"VG1": "2"}
        assert filled().answers == {"VG1": 2}

    def test_a_text_from_a_word_processor_is_saved_without_its_control_characters(self, client, anna):
        pasted = "Eerste\x0btweede\r\nderde\tkolom\x00\x1f\x7f\ufffe, caf\u00e9 \U0001f600"
        post(client, anna, 1, open_startcondities=pasted)
        assert filled().texts == {"open_startcondities": "Eerste\ntweede\nderde\tkolom, caf\u00e9 \U0001f600"}

    def test_a_value_that_is_not_on_the_scale_is_named_and_the_rest_is_saved(self, client, anna):
        response = post(client, anna, 1, VG1="7", VG2="2")
        assert "Dit antwoord kennen wij niet" in text(response)
        assert filled().answers == {"VG2": 2}

    def test_sending_is_possible_with_gaps_and_changing_after_it(self, client, anna):
        post(client, anna, 1, VG1="2")
        assert "Er zijn er nog 48 open" in " ".join(text(client.get(at(anna, "review"))).split())
        assert client.post(at(anna, "review")).url == at(anna, "thanks")
        assert "Dank u wel" in text(client.get(at(anna, "thanks")))
        post(client, anna, 1, VG1="5")
        assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 5}, True)

    def test_who_said_nothing_has_nothing_to_send(self, client, anna):
        assert "Zo versturen" not in text(client.get(at(anna, "review")))
        page = text(client.post(at(anna, "review"), follow=True))
        assert "Er is nog niets om te versturen." in page
        assert f'href="{at(anna, "questions", 1)}">Naar de vragen' in page
        assert not Response.objects.exists()

    def test_who_did_not_send_gets_no_thanks(self, client, anna):
        assert client.get(at(anna, "thanks")).url == at(anna, "review")

    def test_a_forged_request_is_refused(self, anna):
        assert Client(enforce_csrf_checks=True).post(at(anna, "questions", 1), {"VG1": "1"}).status_code == 403
        assert not Response.objects.exists()

    def test_each_page_takes_as_many_queries_as_it_has(self, cast, client, anna):
        """One more says that a template prints a column that `respondents` does not read along: name it there."""
        link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)
        Round.objects.update(contact_name="Noor", contact_email="noor@example.org")
        client.get(at(anna))  # what is read once a process
        post(client, anna, 1, VG2="1")
        acts = {
            "first page": lambda: client.get(at(anna)),
            "statements": lambda: client.get(at(anna, "questions", 1)),
            "save": lambda: post(client, anna, 1, VG1="3", open_startcondities="Goed"),
            "background": lambda: client.post(at(anna, "save"), {"VG1": "4"}),
            "looking back": lambda: client.get(at(anna, "review")),
            "sending": lambda: client.post(at(anna, "review")),
            "thanks": lambda: client.get(at(anna, "thanks")),
            "level": lambda: client.get(at(anna, "level")),
            "not taking part": lambda: client.get(at(anna, "opt_out")),
            "wrong person": lambda: client.get(at(anna, "wrong_person")),
            "reminders": lambda: client.get(at(anna, "no_reminders")),
            "first page of an open link": lambda: client.get(at(link)),
        }
        asked = {}
        for name, act in acts.items():
            with CaptureQueriesContext(connection) as queries:
                assert act().status_code in (200, 302), name
            asked[name] = sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)
        assert asked == QUERIES


class TestOwnBrowser:
    """A link may be seen by others: values are shown only where they were given."""

    def test_values_and_texts_are_shown_only_in_the_browser_that_gave_them(self, phone, laptop, anna):
        post(phone, anna, 1, VG1="2", VG2="?", open_startcondities="Wij bellen\r\nelkaar")
        here, there = (client.get(at(anna, "questions", 1)) for client in (phone, laptop))
        assert checked(here) == {"VG1": "2", "VG2": "?"}
        assert "Wij bellen\nelkaar" in text(here)
        assert checked(there) == {}
        assert "Wij bellen" not in text(there)
        assert text(there).count(f">{ELSEWHERE}<") == 2
        assert "dan vervangt dat uw eerdere tekst" in text(there)

    def test_what_another_device_changed_is_not_shown_here_any_more(self, phone, laptop, anna):
        post(phone, anna, 1, VG1="2")
        post(laptop, anna, 1, VG1="5")
        assert checked(phone.get(at(anna, "questions", 1))) == {}
        assert checked(laptop.get(at(anna, "questions", 1))) == {"VG1": "5"}

    def test_an_old_page_does_not_put_back_what_was_changed_elsewhere(self, phone, laptop, anna):
        post(phone, anna, 1, VG1="2")
        opened = was(phone.get(at(anna, "questions", 1)))
        post(laptop, anna, 1, VG1="5")
        post(phone, anna, 1, was=opened, VG1="2", VG2="4")
        assert filled().answers == {"VG1": 5, "VG2": 4}

    def test_a_text_from_elsewhere_stays_when_the_empty_field_is_sent(self, phone, laptop, anna):
        post(phone, anna, 1, open_startcondities="Goed")
        opened = was(laptop.get(at(anna, "questions", 1)))
        post(laptop, anna, 1, was=opened, VG1="1", open_startcondities="")
        assert filled().texts == {"open_startcondities": "Goed"}

    def test_the_cookie_is_signed_out_of_reach_of_scripts_and_of_this_link_only(self, cast, phone, anna):
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

    def test_on_https_the_cookie_has_a_name_that_no_page_without_tls_can_set(self, phone, anna, settings):
        settings.SESSION_COOKIE_SECURE = True
        cookie = post(phone, anna, 1, VG1="2").cookies["__Secure-ingevuld"]
        assert cookie["secure"]
        assert checked(phone.get(at(anna, "questions", 1))) == {"VG1": "2"}

    def test_cookies_collected_beforehand_do_not_tell_what_somebody_answers_later(self, phone, laptop, anna):
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

    def test_the_pdf_has_the_answers_of_this_browser_only(self, phone, laptop, anna):
        import io

        from pypdf import PdfReader

        post(phone, anna, 1, VG1="2", open_startcondities="Wij bellen elkaar")
        post(laptop, anna, 1, VG2="5")
        response = phone.get(at(anna, "own_answers_pdf"))
        found = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
        found = " ".join(found.split())
        assert "mee oneens" in found
        assert "Wij bellen elkaar" in found
        assert "ingevuld in een andere browser" in found
        assert Client().get(at(anna, "own_answers_pdf")).status_code == 404


class TestBackground:
    def test_it_says_what_is_saved_and_how_far_somebody_is(self, client, anna):
        response = client.post(at(anna, "save"), {"VG1": "2", "open_slot": "x" * 4001, "ZZ9": "1"})
        saved = response.json()
        assert saved["shown"] == {"VG1": "2"}
        assert list(saved["faults"]) == ["open_slot"]
        assert saved["answered"] == 1
        assert filled().answers == {"VG1": 2}

    def test_a_closed_round_is_told(self, client, anna):
        Round.objects.update(state="gesloten")
        assert client.post(at(anna, "save"), {"VG1": "2"}).status_code == 409


class TestLeaving:
    def test_opting_out_takes_a_button_and_a_confirmation(self, client, anna):
        post(client, anna, 1, VG1="2")
        assert "wissen wij alles" in text(client.get(at(anna, "opt_out")))
        assert Response.objects.exists()
        page = text(client.post(at(anna, "opt_out"), follow=True))
        assert "U doet niet mee" in page
        assert not Response.objects.exists()
        assert post(client, anna, 1, VG1="2").status_code == 409
        assert client.post(at(anna, "rejoin")).url == at(anna)
        assert "Beginnen" in text(client.get(at(anna)))

    def test_the_wrong_person_is_noted_for_the_coordinator(self, client, anna):
        client.post(at(anna, "wrong_person"))
        anna.refresh_from_db()
        assert (anna.is_wrong_person, anna.no_reminders, anna.has_opted_out) == (True, True, False)
        assert "bij iemand anders" in text(client.get(at(anna)))

    def test_reminders_go_off_and_on(self, client, anna):
        for button, expected in [("uit", True), ("aan", False)]:
            client.post(at(anna, "no_reminders"), {button: ""})
            anna.refresh_from_db()
            assert anna.no_reminders is expected

    def test_a_link_in_a_mail_that_is_only_opened_changes_nothing(self, client, anna):
        for name in ("opt_out", "no_reminders", "wrong_person"):
            client.get(at(anna, name))
        anna.refresh_from_db()
        assert (anna.has_opted_out, anna.no_reminders, anna.is_wrong_person) == (False, False, False)

    def test_the_level_can_be_corrected_and_the_answers_move_along(self, client, anna):
        post(client, anna, 1, VG1="2")
        assert client.post(at(anna, "level"), {"level": "bestuur"}).url == at(anna)
        anna.refresh_from_db()
        assert anna.level == "bestuur"
        assert client.post(at(anna, "level"), {"level": "ouders"}).status_code == 200
        assert checked(client.get(at(anna, "questions", 1))) == {"VG1": "2"}


class TestOpenLink:
    @pytest.fixture
    def link(self, cast):
        return OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=1)

    def test_a_browser_begins_with_a_button_and_has_one_response(self, client, link):
        assert client.get(at(link, "questions", 1)).url == at(link)
        client.post(at(link, "begin"))
        post(client, link, 1, VG1="2")
        client.post(at(link, "begin"))
        post(client, link, 1, VG1="3")
        assert (filled().answers, Response.objects.get().open_link) == ({"VG1": 3}, link)

    def test_a_full_link_lets_nobody_new_in(self, phone, laptop, link):
        phone.post(at(link, "begin"))
        post(phone, link, 1, VG1="2")
        assert "Deze link is vol" in text(laptop.get(at(link)))
        refused = laptop.post(at(link, "begin"))
        assert (refused.status_code, "Deze link is vol" in text(refused)) == (409, True)

    def test_a_link_that_filled_up_after_somebody_began_says_so_on_every_page(self, phone, laptop, link):
        laptop.post(at(link, "begin"))
        phone.post(at(link, "begin"))
        post(phone, link, 1, VG1="2")
        for name, args in [("welcome", []), ("questions", [1]), ("review", [])]:
            assert "Deze link is vol" in text(laptop.get(at(link, name, *args))), name
            assert "Deze link is vol" not in text(phone.get(at(link, name, *args))), name
        late = laptop.post(at(link, "save"), {"VG1": "2"})
        assert (late.status_code, "Deze link is vol" in text(late)) == (409, True)

    def test_ouders_get_their_own_page(self, cast, client):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        assert "minder dan <strong>5</strong>" in " ".join(text(client.get(at(link))).split())
        client.post(at(link, "begin"))
        page = text(client.get(at(link, "questions", 1)))
        for words in (
            "OU1",
            "Wat helpt u nog meer, of wat maakt het juist lastig?",
            "waaraan uw gezin te herkennen is",
        ):
            assert words in page
        assert "Collega" not in page
        assert post(client, link, 1, OU1="4").url == at(link, "review")
        assert Response.objects.get().open_link == link

    def test_whoever_came_by_an_open_link_is_asked_nothing_about_a_person(self, client, link):
        client.post(at(link, "begin"))
        for name in ("opt_out", "wrong_person", "no_reminders"):
            assert client.get(at(link, name)).status_code == 404
