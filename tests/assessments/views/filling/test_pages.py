"""Behind a link: pages that save as they are, limits, open links, and every way to stop."""

import logging
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions.rounds import close_round, publish_round
from assessments.anonymity.keys import link_token
from assessments.filling.own_answers import cookie_name
from assessments.models import Network, OpenLink, Partner, Response, Round
from assessments.views.filling import limits
from factors.instrument import LEVELS
from samenwerking.logs import without_links
from tests.cast import build_cast, filled, opened
from tests.filling_in import at, checked, post
from tests.html import BUTTONS, elements, links, text_of, texts, value_of

pytestmark = pytest.mark.django_db

FULL = "Deze link is vol"
QUERIES = {
    "first page": 4,
    "statements": 2,
    "save": 4,
    "background": 4,
    "looking back": 2,
    "sending": 8,  # the first of the day
    "thanks": 2,
    "level": 2,
    "not taking part": 1,
    "wrong person": 2,  # the partner's name is on no other page of those
    "reminders": 1,
    "first page of an open link": 5,
}


def actions(response):
    return [form.get("action") for form in elements(response, "main form")]


def heading(response):
    return text_of(response, "h1")


def sent_by_a_guest(link):
    """Returns all that the pages of an open link can send, by address."""
    fields = {"VG1": "4", "open_startcondities": "Meer tijd."}
    names = {"begin": {}, "save": fields, "review": {}, "start_over": {}}
    return {at(link, name): given for name, given in names.items()} | {at(link, "questions", 1): fields}


class TestLinks:
    @pytest.mark.parametrize("change", ["x", "y/vragen/1/", "/vragen/9/", "/wat-is-dit/"])
    def test_a_wrong_link_gives_one_page_whatever_is_wrong(self, client, anna, change):
        wrong = client.get(f"/v/{link_token(anna.pk)[: None if change[0] == '/' else -1]}{change}", follow=True)
        nothing = client.get("/v/onzin/")
        assert (wrong.status_code, wrong.content) == (404, nothing.content)
        assert heading(wrong) == "Deze link werkt niet"

    def test_a_link_of_somebody_who_is_gone_gives_the_same_page(self, client, anna):
        address = at(anna)
        anna.delete()
        assert client.get(address).content == client.get("/v/onzin/").content

    @pytest.mark.parametrize("name", ["welcome", "review", "opt_out", "level"])
    def test_no_page_is_kept_found_or_told(self, client, anna, name):
        response = client.get(at(anna, name))
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert link_token(anna.pk) not in text_of(response, "title")

    def test_a_link_is_in_no_log(self, client, anna, caplog):
        caplog.set_level(logging.DEBUG)
        client.get(at(anna))
        client.get(f"{at(anna)[:-4]}/")
        assert link_token(anna.pk) not in without_links(caplog.text)

    def test_a_link_without_its_last_stroke_works(self, client, anna):
        assert client.get(at(anna).rstrip("/"), follow=True).status_code == 200

    @pytest.mark.parametrize("after", [".", "/.", ")", "/).", ",/", "”", "/>"])
    def test_signs_of_a_sentence_behind_a_link_are_forgiven(self, client, anna, after):
        for name, args in (("welcome", []), ("participant_report", ["netwerk"])):
            address = at(anna, name, *args)
            assert client.get(address[:-1] + after).url == address
        assert client.get(f"/v/nergens{after}", follow=True).status_code == 404

    def test_every_page_answers_to_whoever_asks_for_its_headers_alone(self, client, anna):
        for name, args in [("welcome", []), ("questions", [1]), ("review", []), ("level", []), ("opt_out", [])]:
            answer = client.head(at(anna, name, *args))
            assert (answer.status_code, answer.content) == (200, b""), name


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
        page = client.get(at(anna))
        assert "Netwerk Oost" in text_of(page, ".lead")
        facts, promises = text_of(page, ".facts dd"), text_of(page, "main h2 + ul > li")
        for fact in ("49 korte stellingen", "vrijdag 11 december 2026", "niveau uitvoerend"):
            assert fact in facts
        for promise in ("minder dan 3 antwoorden", "ziet of u hebt ingevuld, maar nooit wat u koos"):
            assert promise in promises
        assert links(page, "main [href^='mailto:']") == ["mailto:coordinator@example.org"]

    def test_who_the_partners_are_stands_on_it_and_on_every_part(self, cast, client, anna):
        Partner.objects.create(network=cast.network, key="later", name="Niet in deze ronde")
        for place in (at(anna), at(anna, "questions", 1), at(anna, "questions", 4)):
            listed = texts(client.get(place), ".partners li")
            assert listed == sorted({participant.partner.name for participant in cast.participants()})

    def test_after_publication_the_link_leads_to_the_reports_of_the_network_and_the_own_level(self, cast, client, anna):
        for participant in cast.participants():
            cast.answer(participant)
        close_round(round_id=cast.round.pk)
        assert client.get(at(anna, "participant_report", "netwerk")).status_code == 404
        publish_round(round_id=cast.round.pk)
        reports = links(client.get(at(anna)), ".report-links a")
        assert {report.split("/")[-2] for report in reports} == {"netwerk", "samenvatting", "uitvoerend"}
        assert [client.get(report).status_code for report in reports] == [200] * 3
        assert client.get(at(anna, "participant_report", "bestuur")).status_code == 404

    def test_a_constructed_network_says_so_on_every_page(self, cast, client, anna):
        cast.network.is_constructed = True
        cast.network.save()
        cast.answer(anna)
        for name, args in [("welcome", []), ("questions", [1]), ("review", []), ("thanks", []), ("opt_out", [])]:
            assert "zijn bedacht, niet verzameld" in text_of(client.get(at(anna, name, *args)), ".band"), name

    def test_a_round_that_is_not_open_yet_says_so(self, client):
        anna = build_cast(is_open=False).participants()[0]
        assert heading(client.get(at(anna))) == "De vragenlijst is nog niet open"
        assert client.get(at(anna, "questions", 1)).status_code == 302

    @pytest.mark.parametrize("readers", ["", "meelezers", "deelnemers"])
    def test_a_closed_round_says_what_comes_next(self, cast, client, anna, readers):
        for participant in cast.participants():
            cast.answer(participant)
        close_round(round_id=cast.round.pk)
        if readers:
            publish_round(round_id=cast.round.pk, readers=[readers])
        expected = "De uitkomsten zijn er" if readers == "deelnemers" else "Deze ronde is gesloten"
        assert heading(client.get(at(anna))) == expected
        assert client.get(at(anna, "questions", 1)).url == at(anna)
        late = post(client, anna, 1, VG1="3")
        assert (late.status_code, heading(late)) == (409, "De ronde is intussen gesloten")
        said = text_of(late, "main")
        assert "Had u ze nog niet verstuurd? Dan telt niets mee van wat u eerder invulde." in said


class TestPages:
    def test_there_is_a_page_a_phase_and_one_for_the_outcome(self, cast, client, anna):
        pages = [client.get(at(anna, "questions", number)) for number in (1, 2, 3, 4)]
        assert [len(elements(page, "[role=radiogroup]")) for page in pages] == [13, 16, 16, 4]
        assert [len(elements(page, "textarea[name=open_slot]")) for page in pages] == [0, 0, 0, 1]

    def test_a_page_with_gaps_is_saved_as_it_is_and_the_next_names_them(self, client, anna):
        given = dict.fromkeys(("VG1", "VG2", "VG4", "PR1", "PR2", "PR3", "PR4", "PR5", "PB1", "PB2", "PB3"), "4")
        response = post(client, anna, 1, **given, open_startcondities="Goed")
        assert response.url == at(anna, "questions", 2)
        page = client.get(response.url)
        assert "In deel 1 zijn nog 2 stellingen open: stelling 3, stelling " in text_of(page, ".gaps")
        assert links(page, ".gaps a")[0] == f"{at(anna, 'questions', 1)}#VG3"
        assert filled().answers == dict.fromkeys(given, 4)
        assert filled().texts == {"open_startcondities": "Goed"}

    def test_going_back_saves_too(self, client, anna):
        assert post(client, anna, 2, RG1="5", naar="vorige").url == at(anna, "questions", 1)
        assert filled().answers == {"RG1": 5}

    def test_a_text_that_is_too_long_is_kept_on_the_page_and_the_rest_is_saved(self, client, anna):
        response = post(client, anna, 1, VG1="2", open_startcondities="x" * 4001)
        assert response.status_code == 200
        assert "Uw tekst heeft 4.001 tekens. Er passen er 4.000." in text_of(response, "#open_startcondities-fault")
        assert value_of(response, "open_startcondities") == "x" * 4001
        assert checked(response) == {"VG1": "2"}
        assert filled().answers == {"VG1": 2}

    def test_a_text_from_a_word_processor_is_saved_without_its_control_characters(self, client, anna):
        pasted = "Eerste\x0btweede\r\nderde\tkolom\x00\x1f\x7f\ufffe, caf\u00e9 \U0001f600"
        post(client, anna, 1, open_startcondities=pasted)
        assert filled().texts == {"open_startcondities": "Eerste\ntweede\nderde\tkolom, caf\u00e9 \U0001f600"}

    def test_a_value_that_is_not_on_the_scale_is_named_and_the_rest_is_saved(self, client, anna):
        response = post(client, anna, 1, VG1="7", VG2="2")
        assert "Dit antwoord kennen wij niet" in text_of(response, "#VG1-note")
        assert filled().answers == {"VG2": 2}

    def test_sending_is_possible_with_gaps_and_changing_after_it(self, client, anna):
        post(client, anna, 1, VG1="2")
        assert "Er zijn er nog 48 open" in text_of(client.get(at(anna, "review")), ".lead")
        assert client.post(at(anna, "review")).url == at(anna, "thanks")
        assert heading(client.get(at(anna, "thanks"))) == "Dank u wel!"
        post(client, anna, 1, VG1="5")
        assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 5}, True)

    def test_who_said_nothing_has_nothing_to_send(self, client, anna):
        assert texts(client.get(at(anna, "review")), BUTTONS) == []
        page = client.post(at(anna, "review"), follow=True)
        assert text_of(page, ".lead") == "Er is nog niets om te versturen."
        assert links(page, "form a") == [at(anna, "questions", 1)]
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
        assert "wissen wij alles" in text_of(client.get(at(anna, "opt_out")), "main li")
        assert Response.objects.exists()
        assert heading(client.post(at(anna, "opt_out"), follow=True)) == "U doet niet mee"
        assert not Response.objects.exists()
        assert post(client, anna, 1, VG1="2").status_code == 409
        assert client.post(at(anna, "rejoin")).url == at(anna)
        assert texts(client.get(at(anna)), "main .row a") == ["Beginnen"]

    def test_the_wrong_person_is_noted_for_the_coordinator(self, client, anna):
        client.post(at(anna, "wrong_person"))
        anna.refresh_from_db()
        assert (anna.is_wrong_person, anna.no_reminders, anna.has_opted_out) == (True, True, False)
        assert heading(client.get(at(anna))) == "Bedankt, wij geven het door"

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
        refused = client.post(at(anna, "level"), {"level": "ouders"})
        assert (refused.status_code, len(elements(refused, "fieldset #level-error"))) == (200, 1)
        assert checked(client.get(at(anna, "questions", 1))) == {"VG1": "2"}

    def test_the_organisation_too_and_no_other_network_s(self, client, cast, anna):
        cast.answer(anna)
        client.post(at(anna, "level"), {"level": "bestuur", "partner": cast.partners["gemeente"].pk})
        anna.refresh_from_db()
        assert (anna.level, anna.partner) == ("bestuur", cast.partners["gemeente"])
        elsewhere = Network.objects.exclude(pk=cast.network.pk).get().partners.create(key="x", name="X")
        refused = client.post(at(anna, "level"), {"level": "bestuur", "partner": elsewhere.pk})
        assert (refused.status_code, len(elements(refused, ".utrecht-form-field-error-message"))) == (200, 1)


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
        assert heading(laptop.get(at(link))) == FULL
        refused = laptop.post(at(link, "begin"))
        assert (refused.status_code, heading(refused)) == (409, FULL)

    def test_a_link_that_filled_up_after_somebody_began_says_so_on_every_page(self, phone, laptop, link):
        laptop.post(at(link, "begin"))
        phone.post(at(link, "begin"))
        post(phone, link, 1, VG1="2")
        for name, args in [("welcome", []), ("questions", [1]), ("review", [])]:
            assert heading(laptop.get(at(link, name, *args))) == FULL, name
            assert heading(phone.get(at(link, name, *args))) != FULL, name
        for address in (at(link, "save"), at(link, "questions", 1), at(link, "review")):
            late = laptop.post(address, {"VG1": "4"})
            assert (late.status_code, heading(late)) == (409, FULL), address
        assert filled().answers == {"VG1": 2}

    def test_once_the_round_is_closed_nothing_of_a_guest_is_kept_wherever_they_were(self, cast, phone, laptop, client):
        link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)
        for browser in (phone, laptop):
            browser.post(at(link, "begin"))
        post(phone, link, 1, VG1="2")
        cast.answer(cast.participants()[0])
        close_round(round_id=cast.round.pk)
        for browser in (phone, laptop, client):  # one had answers, one had only begun, one is new
            for address, fields in sent_by_a_guest(link).items():
                late = browser.post(address, fields)
                begun = browser != client and address == at(link, "begin")
                if begun:
                    assert browser.get(late.url).url == at(link)
                else:
                    assert (late.status_code, heading(late)) == (409, "De ronde is intussen gesloten"), address
            assert heading(browser.get(at(link))) == "Deze ronde is gesloten"
        assert not Response.objects.exists()

    def test_a_withdrawn_link_lets_go_on_who_had_answers_and_says_so_to_others(self, phone, laptop, client, link):
        OpenLink.objects.update(cap=9)
        for browser in (phone, laptop):
            browser.post(at(link, "begin"))
        post(phone, link, 1, VG1="2")
        OpenLink.objects.update(is_withdrawn=True)
        for address, fields in sent_by_a_guest(link).items():
            if address in (at(link, "begin"), at(link, "start_over")):
                continue
            late = laptop.post(address, fields)
            assert (late.status_code, heading(late)) == (409, "Deze link is ingetrokken"), address
        refused = client.post(at(link, "begin"))
        assert (refused.status_code, heading(refused)) == (409, "Beginnen kan niet meer")
        assert filled().answers == {"VG1": 2}
        assert post(phone, link, 1, VG1="3").url == at(link, "questions", 2)
        assert phone.post(at(link, "review")).url == at(link, "thanks")
        assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 3}, True)

    def test_what_was_sent_is_read_and_changed_by_nobody_who_has_the_device(self, client, link):
        client.post(at(link, "begin"))
        post(client, link, 1, VG1="2")
        before = client.cookies[cookie_name()].value
        assert at(link, "own_answers_pdf") in links(client.get(at(link, "review")))
        assert client.post(at(link, "review")).url == at(link, "thanks")
        assert heading(client.get(at(link, "thanks"))) == "Dank u wel!"
        after = client.cookies[cookie_name()].value
        for cookie in (after, before):  # a save that came late could put the one from before back
            for name, args in [("questions", [1]), ("review", []), ("own_answers_pdf", [])]:
                client.cookies[cookie_name()] = cookie
                assert client.get(at(link, name, *args)).url == at(link), name
            for name in ("save", "start_over"):
                client.cookies[cookie_name()] = cookie
                assert client.post(at(link, name), {"VG1": "5"}).status_code == 409
        assert (filled().answers, Response.objects.get().is_submitted) == ({"VG1": 2}, True)

    def test_a_button_that_was_pressed_twice_sends_once(self, client, link):
        client.post(at(link, "begin"))
        post(client, link, 1, VG1="2")
        before = client.cookies[cookie_name()].value
        client.post(at(link, "review"))
        client.cookies[cookie_name()] = before
        assert client.post(at(link, "review")).url == at(link, "thanks")
        client.get(at(link, "thanks"))
        assert heading(client.post(at(link, "review"))) == "U hebt al verstuurd"
        assert Response.objects.submitted().count() == 1

    def test_the_next_person_begins_on_the_same_device(self, client, cast):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        for value in ("1", "5"):
            client.post(at(link, "begin"))
            assert checked(client.get(at(link, "questions", 1))) == {}
            post(client, link, 1, OU1=value)
            client.post(at(link, "review"))
        assert sorted(one.answers["OU1"] for one in opened()) == [1, 5]

    def test_what_was_begun_and_not_sent_is_erased_for_the_next_person(self, client, link):
        client.post(at(link, "begin"))
        post(client, link, 1, VG1="2")
        assert client.post(at(link, "start_over")).url == at(link)
        assert not Response.objects.exists()
        assert heading(client.get(at(link))) != FULL

    def test_the_next_person_can_erase_a_text_that_was_written_before_any_answer(self, client, link):
        assert at(link, "start_over") not in actions(client.get(at(link)))
        client.post(at(link, "begin"))
        assert at(link, "start_over") in actions(client.get(at(link)))  # what is not saved yet waits in the browser
        post(client, link, 1, open_slot="Dit schreef de vorige.")
        assert at(link, "start_over") in actions(client.get(at(link)))

    def test_who_has_a_personal_link_can_t_erase_so(self, client, anna):
        post(client, anna, 1, VG1="2")
        assert client.post(at(anna, "start_over")).status_code == 404
        assert filled().answers == {"VG1": 2}

    def test_each_level_reads_its_own_words(self, cast, client):
        people = cast.participants()
        assert {person.level for person in people} == set(LEVELS)
        for person in people:
            statement = cast.round.instrument.statements["CO4"]
            shown = text_of(client.get(at(person, "questions", 3)), "#CO4-text")
            assert shown.endswith(statement.for_level(person.level)), person.level

    def test_ouders_are_told_what_is_true_on_the_page_and_after(self, cast, client):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        assert "beter samen te werken" not in text_of(client.get(at(link)), "main")
        client.post(at(link, "begin"))
        post(client, link, 1, OU1="4")
        client.post(at(link, "review"))
        thanks = text_of(client.get(at(link, "thanks")), "main")
        assert "Hebben minstens 5 ouders en jongeren verstuurd?" in thanks
        assert "Wat u schreef, kan wel in het rapport komen" in thanks
        assert "samenvatting, met dezelfde link" in thanks
        assert "tellen mee" not in thanks

    def test_ouders_get_their_own_page(self, cast, client):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        assert "minder dan 5 antwoorden" in text_of(client.get(at(link)), "main li")
        client.post(at(link, "begin"))
        page = client.get(at(link, "questions", 1))
        assert len(elements(page, "#OU1 input[type=radio]")) == 6
        words = [*cast.round.instrument.ouders_labels.values(), "weet ik niet"]
        assert [word.replace("\u200b", "") for word in texts(page, "#OU1 label")] == words
        question = text_of(page, ".open-question")
        assert "Wat helpt u nog meer, of wat maakt het juist lastig?" in question
        assert "waaraan uw gezin te herkennen is" in question
        assert "Collega" not in text_of(page, "main")
        assert post(client, link, 1, OU1="4").url == at(link, "review")
        assert Response.objects.get().open_link == link

    def test_whoever_came_by_an_open_link_is_asked_nothing_about_a_person(self, client, link):
        client.post(at(link, "begin"))
        for name in ("opt_out", "wrong_person", "no_reminders"):
            assert client.get(at(link, name)).status_code == 404
