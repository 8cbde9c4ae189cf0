"""A session ends when nobody uses it, after half a day, and where its owner ends it from elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samenwerking.accounts import sessions
from tests.browsing import follow, sign_in
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


def test_half_a_day_ends_it_however_busy(client, user, clock):
    enter(client, user)
    for _ in range(24):
        assert is_in(client)
        clock(minutes=30)
    assert not is_in(client)


def test_pages_one_after_another_write_the_session_once_a_minute(client, user, clock, django_assert_num_queries):
    enter(client, user)
    is_in(client)
    session = Session.objects.get()
    is_in(client)
    assert Session.objects.get().expire_date == session.expire_date
    clock(minutes=2)
    is_in(client)
    assert Session.objects.get().expire_date > session.expire_date - timedelta(minutes=1)


def test_its_owner_signs_out_everywhere_but_here(page, live_server, user, beheerder, walk):
    elsewhere, of_another = Client(), Client()
    enter(elsewhere, user)
    enter(of_another, beheerder)
    sign_in(page, live_server, user.email)
    page.goto(live_server.url + reverse("mfa_index"))
    walk.look()
    follow(page, page.get_by_role("button", name="Log overal uit, behalve hier"))
    expect(page.get_by_role("status")).to_contain_text("U bent uitgelogd, overal behalve hier.")
    walk.look()
    assert not is_in(elsewhere)
    assert is_in(of_another)
    follow(page, page.get_by_role("button", name="Log overal uit, behalve hier"))
    expect(page.get_by_role("status")).to_contain_text("U was nergens anders ingelogd.")


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
