"""A session ends when nobody uses it, after half a day, and where its owner ends it from elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samenwerking.accounts import sessions
from samenwerking.accounts.models import User
from tests.browsing import follow, sign_in
from tests.cast import PASSWORD
from tests.html import MESSAGES, elements, text_of, texts
from tests.second_step import enter


@pytest.fixture
def clock(monkeypatch):
    """Returns a function that lets time pass for sessions: the clock goes on, and what lapses by it lapses."""
    start, passed = sessions.time.time(), timedelta()
    monkeypatch.setattr(sessions.time, "time", lambda: start + passed.total_seconds())

    def wait(**time):
        nonlocal passed
        passed += timedelta(**time)
        for session in Session.objects.all():
            Session.objects.filter(pk=session.pk).update(expire_date=session.expire_date - timedelta(**time))

    return wait


def is_in(client, **headers):
    return client.get(reverse("overview"), headers=headers).status_code == 200


def test_an_hour_without_a_page_asked_for_ends_it(client, user, clock):
    enter(client, user)
    assert is_in(client)
    clock(minutes=59)
    assert is_in(client)
    clock(minutes=59)
    assert is_in(client)  # that page was asked for by somebody
    clock(minutes=61)
    assert not is_in(client)


def test_a_page_that_looks_for_news_by_itself_keeps_nobody_signed_in(client, user, clock):
    enter(client, user)
    assert is_in(client)
    for _ in range(3):
        clock(minutes=19)
        assert is_in(client, x_asked_by="script")
    clock(minutes=19)
    assert not is_in(client, x_asked_by="script")


def test_half_a_day_ends_it_however_busy(client, user, clock, lines):
    enter(client, user)
    for _ in range(24):
        assert is_in(client)
        clock(minutes=30)
    assert not is_in(client)
    assert (lines[-1]["event"], lines[-1]["account"]) == ("session.ended_in_time", user.pk)


def test_pages_one_after_another_write_the_session_once_a_minute(client, user, clock, django_assert_num_queries):
    enter(client, user)
    is_in(client)
    session = Session.objects.get()
    is_in(client)
    assert Session.objects.get().expire_date == session.expire_date
    clock(minutes=2)
    is_in(client)
    assert Session.objects.get().expire_date > session.expire_date - timedelta(minutes=1)


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Safari/604.1"
SESSIONS = ".own-sessions > li"


def listed(client):
    """Returns the browsers that the page of the account names, in its order."""
    return [text.split(" Ingelogd op")[0] for text in texts(client.get(reverse("mfa_index")), SESSIONS)]


def mark_of(client, browser):
    buttons = elements(client.get(reverse("mfa_index")), f"{SESSIONS} button")
    return next(button.get("value") for button in buttons if browser in "".join(button.itertext()))


def test_an_owner_sees_where_the_account_is_signed_in_and_no_other_account(user, beheerder, clock):
    here, phone, of_another = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": IPHONE}), Client()
    enter(phone, user)
    enter(of_another, beheerder)
    clock(minutes=40)
    enter(here, user)
    assert listed(here) == ["Firefox op Windows (hier bent u nu)", "Safari op een iPhone"]
    assert listed(of_another) == ["Een onbekende browser (hier bent u nu)"]
    shown = here.get(reverse("mfa_index"))
    now = timezone.localtime(datetime.fromtimestamp(sessions.time.time(), UTC))
    times = [f"om {moment:%H.%M} uur" for moment in (now, now - timedelta(minutes=40))]
    for line, time in zip(texts(shown, SESSIONS), times, strict=True):
        assert f"{time}, laatst gebruikt {time}." in line
    for client in (here, phone, of_another):
        assert client.session.session_key not in shown.content.decode()
    assert "127.0.0.1" not in str([session.get_decoded() for session in Session.objects.all()])


def test_an_owner_ends_one_session_and_nobody_elses(user, beheerder, lines):
    here, phone, of_another = Client(), Client(headers={"User-Agent": IPHONE}), Client()
    for client, who in ((here, user), (phone, user), (of_another, beheerder)):
        enter(client, who)
    ending = {"session": mark_of(here, "iPhone")}
    of_another.post(reverse("sessions_end"), ending)
    assert is_in(phone)
    said = here.post(reverse("sessions_end"), ending, follow=True)
    assert (is_in(here), is_in(phone), is_in(of_another)) == (True, False, True)
    assert text_of(said, MESSAGES) == "U bent daar uitgelogd."
    assert text_of(here.post(reverse("sessions_end"), ending, follow=True), MESSAGES) == "U was daar al uitgelogd."
    said = [(line["account"], line["number"]) for line in lines if line["event"] == "sessions.ended"]
    assert said == [(beheerder.pk, 0), (user.pk, 1), (user.pk, 0)]


def test_another_password_ends_the_other_sessions_also_in_the_list(user):
    here, phone = Client(), Client(headers={"User-Agent": IPHONE})
    enter(phone, user)
    enter(here, user)
    new = "een heel ander wachtwoord"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert listed(here) == ["Een onbekende browser (hier bent u nu)"]
    assert not is_in(phone)


def test_the_sessions_of_an_account_go_with_it(client, user, beheerder):
    enter(Client(), user)
    client.force_login(beheerder)
    client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"})
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(beheerder.pk)]
    other = User.objects.create_user("cor@voorbeeld.nl", PASSWORD, name="Cor")
    enter(Client(), other)
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    assert not User.objects.filter(pk=other.pk).exists()
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(beheerder.pk)]


def test_its_owner_signs_out_everywhere_but_here(page, live_server, user, beheerder, walk):
    elsewhere, of_another = Client(), Client()
    enter(elsewhere, user)
    enter(of_another, beheerder)
    sign_in(page, live_server, user.email)
    page.goto(live_server.url + reverse("mfa_index"))
    expect(page.locator(SESSIONS)).to_have_count(2)
    walk.look()
    follow(page, page.get_by_role("button", name="Log overal uit, behalve hier"))
    expect(page.get_by_role("status")).to_contain_text("U bent uitgelogd, overal behalve hier.")
    expect(page.locator(SESSIONS)).to_have_count(1)
    expect(page.get_by_role("button", name="Log overal uit, behalve hier")).to_have_count(0)
    walk.look()
    assert not is_in(elsewhere)
    assert is_in(of_another)


def test_only_who_signed_in_ends_sessions_and_only_by_a_form(client, user):
    assert client.get(reverse("sessions_end")).status_code == 405
    assert client.post(reverse("sessions_end")).url.startswith(reverse("account_login"))


def test_a_lapsed_session_does_not_stay_in_the_database(client, user, clock):
    from assessments.actions.due import do_what_is_due

    enter(client, user)
    is_in(client)
    clock(hours=2)
    do_what_is_due()
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()
    assert not Session.objects.exists()
