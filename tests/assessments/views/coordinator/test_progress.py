"""Long work shows that it moves, survives a reload, and says so when nothing moves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from assessments.actions.mail import send_queued, send_round_mail
from assessments.actions.rounds import close_round
from assessments.models import DailyCount, Message, ReportFile, Round
from assessments.report.load import reports_of, subjects_of
from assessments.report.tasks import make_reports
from assessments.running.progress import making, outbox
from tests.browsing import follow
from tests.html import BUTTONS, WARNINGS, text_of, texts

SECONDS = 1000


@pytest.fixture
def signed_in(page, client, live_server, cast):
    """The coördinator's browser, whose clock the test can put forward; `asked` are the requests of the page itself."""
    client.force_login(cast.coordinator)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.clock.install()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url) if request.resource_type == "fetch" else None)
    return page


def go(page, live_server, name, cast):
    page.goto(live_server.url + reverse(name, args=[cast.round.pk]))
    page.asked.clear()


def sent(number):
    """So many more messages are sent."""
    waiting = Message.objects.queued().order_by("pk")[:number]
    now = timezone.now()
    Message.objects.filter(pk__in=[*waiting.values_list("pk", flat=True)]).update(
        state="sent", sent_at=now, claimed_at=now
    )


def look_again(page, seconds):
    with page.expect_response(lambda response: response.request.resource_type == "fetch"):
        page.clock.fast_forward(seconds * SECONDS)


# The mail


def test_the_mail_page_keeps_up_with_the_mail_that_goes_out(signed_in, new_context, live_server, cast):
    """Of ten invitations more and more are sent, each part from a page that was just opened."""
    page = signed_in
    for part in (
        a_screen_reader_hears_now_and_then_how_far_it_is,
        a_page_that_cannot_be_fetched_stays_as_it_is_and_comes_back_later,
        a_tab_in_the_background_asks_nothing,
        looking_again_slows_down_when_nothing_changes,
    ):
        go(page, live_server, "round_mail", cast)
        part(page)
    without_script_there_is_a_link_to_look_again(page, new_context, live_server, cast)
    go(page, live_server, "round_mail", cast)
    it_moves_by_itself_survives_a_reload_and_comes_to_rest(page)


def a_screen_reader_hears_now_and_then_how_far_it_is(page):
    status = page.locator("main > p[role=status]")
    expect(page.get_by_label("Uitnodiging: 0 van 10 verwerkt")).to_have_attribute("value", "0")
    sent(1)
    look_again(page, 4)
    expect(page.get_by_label("1 van 10 verwerkt")).to_be_visible()
    expect(status).to_have_text("")
    page.clock.fast_forward(40 * SECONDS)
    sent(1)
    look_again(page, 70)
    expect(status).to_have_text("Uitnodiging: 2 van 10 verwerkt 2 van 10")


def a_page_that_cannot_be_fetched_stays_as_it_is_and_comes_back_later(page):
    page.route("**/mail/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(4 * SECONDS)
    expect(page.get_by_label("2 van 10 verwerkt")).to_be_visible()
    page.unroute("**/mail/")
    sent(2)
    look_again(page, 7)
    expect(page.get_by_label("4 van 10 verwerkt")).to_be_visible()


def a_tab_in_the_background_asks_nothing(page):
    show = """hidden => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(show, True)
    page.clock.run_for(300 * SECONDS)
    assert page.asked == []
    sent(2)
    page.evaluate(show, False)
    expect(page.get_by_label("6 van 10 verwerkt")).to_be_visible()


def looking_again_slows_down_when_nothing_changes(page):
    for _ in range(20):
        look_again(page, 61)
    page.asked.clear()
    page.clock.run_for(50 * SECONDS)
    assert page.asked == []


def without_script_there_is_a_link_to_look_again(page, new_context, live_server, cast):
    without = new_context(java_script_enabled=False)
    without.add_cookies(page.context.cookies())
    other = without.new_page()
    other.goto(live_server.url + reverse("round_mail", args=[cast.round.pk]))
    sent(1)
    follow(other, other.get_by_role("link", name="Vernieuwen"))
    expect(other.get_by_label("Uitnodiging: 7 van 10 verwerkt")).to_be_visible()


def it_moves_by_itself_survives_a_reload_and_comes_to_rest(page):
    expect(page.get_by_label("Uitnodiging: 7 van 10 verwerkt")).to_have_attribute("value", "7")
    sent(1)
    look_again(page, 4)
    expect(page.get_by_label("Uitnodiging: 8 van 10 verwerkt")).to_have_attribute("value", "8")
    page.reload()
    expect(page.get_by_label("Uitnodiging: 8 van 10 verwerkt")).to_be_visible()
    sent(2)
    look_again(page, 4)
    expect(page.get_by_text("Alle mail is verwerkt.").first).to_be_visible()
    expect(page.locator("[data-live]")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Alle mail is verwerkt.")).to_have_count(1)
    page.asked.clear()
    page.clock.run_for(300 * SECONDS)
    assert page.asked == []


# Nothing moves


def test_mail_that_nobody_takes_up_is_told_in_plain_words(client, cast):
    client.force_login(cast.coordinator)
    address = reverse("round_mail", args=[cast.round.pk])
    assert "ICT-helpdesk" not in client.get(address).content.decode()
    Message.objects.update(queued_at=timezone.now() - timedelta(minutes=4))
    said = text_of(client.get(address), WARNINGS)
    assert "Het versturen is nog niet begonnen. Duurt dit langer dan een uur? Meld dan bij de ICT-helpdesk" in said
    sent(3)
    assert outbox(cast.round).hold_up == ""
    Message.objects.filter(state="sent").update(claimed_at=timezone.now() - timedelta(minutes=4))
    assert "Het versturen ligt stil." in text_of(client.get(address), WARNINGS)
    sent(7)
    assert texts(client.get(address), "[data-live-says]") == ["Alle mail is verwerkt."]


def test_the_page_with_mail_says_on_which_days_each_went_and_of_a_closed_round_one_day_for_all(client, cast):
    client.force_login(cast.coordinator)
    address = reverse("round_mail", args=[cast.round.pk])
    days = "td[data-head=Wanneer]"
    assert texts(client.get(address), days) == ["nog niet"]
    opened, later = datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2026, 11, 5, 10, tzinfo=UTC)
    Round.objects.update(opened_at=opened)
    Message.objects.update(state="sent", sent_at=opened)
    assert texts(client.get(address), days) == ["2 november"]
    Message.objects.filter(participant=cast.participants()[0]).update(sent_at=later)
    assert texts(client.get(address), days) == ["2 november tot en met 5 november"]
    close_round(round_id=cast.round.pk)
    assert texts(client.get(address), days) == ["2 november"]


def test_a_mail_server_that_is_away_is_told_apart_from_a_worker_that_is_away(client, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_queued(round_id=cast.round.pk)
    client.force_login(cast.coordinator)
    said = text_of(client.get(reverse("round_mail", args=[cast.round.pk])), WARNINGS)
    assert "De mailserver neemt nu geen berichten aan. Wij proberen het vanzelf opnieuw." in said


def test_mail_of_another_round_says_nothing_of_this_one(cast):
    Message.objects.update(queued_at=timezone.now() - timedelta(minutes=4))
    other = build_another_round(cast)
    assert outbox(cast.round).hold_up == "worker"
    assert outbox(other).lines == ()


def build_another_round(cast):
    return Round.objects.create(
        network=cast.network, name="Later", instrument_version=cast.round.instrument_version, minimum=3
    )


# The response


def test_the_partners_can_be_sorted_by_who_stays_away(client, cast):
    for participant in cast.participants():
        if participant.partner.key == "gemeente":
            cast.answer(participant)
    client.force_login(cast.coordinator)
    address = reverse("round", args=[cast.round.pk])

    def order(query):
        return [group.key for group in client.get(address + query).context["response"].partners]

    assert (order(""), order("?volgorde=respons")) == (["gemeente", "school"], ["school", "gemeente"])


# The reports


@pytest.fixture
def closed(cast):
    answer_and_close(cast)
    return cast


def answer_and_close(cast):
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    close_round(round_id=cast.round.pk)
    cast.round = Round.objects.get(pk=cast.round.pk)


def keep(cast, subjects):
    for subject in subjects:
        ReportFile.objects.create(
            round=cast.round,
            subject=subject.key,
            made_from=reports_of(cast.round).made_from,
            content=b"%PDF",
        )


def test_reports_that_nobody_makes_are_told_in_plain_words(client, closed):
    client.force_login(closed.coordinator)
    address = reverse("reports", args=[closed.round.pk])
    assert (making(closed.round).is_busy, making(closed.round).hold_up) == (False, "")
    assert texts(client.get(address), BUTTONS) == ["Alle PDF’s maken"]
    make_reports.enqueue(str(closed.round.pk))
    send_round_mail.enqueue(str(closed.round.pk))
    assert (making(closed.round).is_busy, making(closed.round).hold_up) == (True, "")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=4))
    html = client.get(address).content.decode()
    said = text_of(html, WARNINGS)
    assert "Het maken van de PDF’s is nog niet begonnen. Duurt dit langer dan een uur? Meld dan bij de ICT-" in said
    assert "Alle PDF’s maken" not in html
    assert making(build_another_round(closed)).hold_up == ""


# The other pages that move


def test_a_round_shows_by_itself_what_comes_in_and_what_is_made(signed_in, live_server, cast, axe):
    """While it is open, a file that is read too; once it is closed, its reports."""
    page = signed_in
    DailyCount.objects.create(round=cast.round, day=timezone.localdate() - timedelta(days=1), submitted=0)
    Round.objects.update(opened_at=timezone.now() - timedelta(days=2))
    go(page, live_server, "round", cast)
    the_response_is_live_and_leaves_alone_where_somebody_is(page, cast)
    go(page, live_server, "participants_file", cast)
    a_button_that_takes_seconds_says_so_and_takes_one_click(page)
    answer_and_close(cast)
    make_reports.enqueue(str(cast.round.pk))
    go(page, live_server, "reports", cast)
    the_making_of_reports_moves_and_comes_to_rest(page, cast, axe)


def the_response_is_live_and_leaves_alone_where_somebody_is(page, cast):
    first, second, *_ = cast.participants()
    lead, total = page.locator("#stand"), page.locator("#respons")
    expect(lead).to_contain_text("0 van 10 deelnemers zijn klaar")
    page.get_by_text("De getallen per dag").click()
    cast.answer(first)
    look_again(page, 11)
    expect(lead).to_contain_text("1 van 10 deelnemers is klaar")
    expect(total.get_by_role("row", name="uitvoerend").first).to_contain_text("0 van 4")  # the focus is in it
    page.get_by_role("heading", level=1).click()
    page.evaluate("document.activeElement.blur()")
    cast.answer(second)
    look_again(page, 61)
    expect(total.get_by_role("row", name="uitvoerend").first).to_contain_text("2 van 4")
    expect(total.locator("details")).to_have_attribute("open", "")
    assert page.locator("[data-live] :is(input, select, textarea, form)").count() == 0


def a_button_that_takes_seconds_says_so_and_takes_one_click(page):
    # The browser waits for an answer that does not come: count what would have been sent.
    page.evaluate("""() => {
        window.posted = 0;
        addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.posted += 1;
            event.preventDefault();
        });
    }""")
    page.get_by_role("button", name="Bestand lezen").click()
    busy = page.get_by_role("button", name="Bezig met lezen…")
    expect(busy).to_have_attribute("aria-disabled", "true")
    busy.dispatch_event("click")
    assert page.evaluate("window.posted") == 1
    page.evaluate("dispatchEvent(new Event('pageshow'))")  # back from the next page
    expect(page.get_by_role("button", name="Bestand lezen")).not_to_have_attribute("aria-disabled", "true")


def the_making_of_reports_moves_and_comes_to_rest(page, cast, axe):
    subjects = subjects_of(cast.round)
    expect(page.get_by_label(f"0 van de {len(subjects)} PDF’s")).to_be_visible()
    axe(page)
    keep(cast, subjects[:2])
    look_again(page, 3)
    expect(page.get_by_label(f"2 van de {len(subjects)} PDF’s")).to_have_attribute("value", "2")
    keep(cast, subjects[2:])
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    look_again(page, 61)
    expect(page.get_by_label(f"{len(subjects)} van de {len(subjects)} PDF’s")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("nog niet klaar")
    expect(page.locator("[data-live]")).to_have_count(0)
