"""A changed secret of the server is noticed at once, loses nothing by itself, and can be put back."""

import json
import logging

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from assessments.actions.due import do_what_is_due
from assessments.actions.open_links import open_to_ouders
from assessments.actions.rounds import close_round, open_round
from assessments.anonymity.keys import link_token
from assessments.anonymity.secrets import (
    JustClosed,
    SecretChanged,
    changed_secrets,
    complaints,
    keys_of,
    tell_of_changed_secrets,
    unneeded_generations,
)
from assessments.anonymity.unsealing import CannotClose
from assessments.models import FrozenResults, OpenLink, Response, Round, RoundSecret
from assessments.running.response import finished
from tests.cast import build_cast, filled, ready, save_answers

pytestmark = pytest.mark.django_db

NEW = "another secret of more than thirty-two characters"


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


def test_with_another_secret_nobody_answers_twice_and_nobody_s_answers_are_lost(cast, anna, settings):
    cast.answer(anna, 4)
    former, settings.RESPONSE_SECRET = settings.RESPONSE_SECRET, NEW
    with pytest.raises(SecretChanged):
        save_answers(anna.pk, {"VG1": 1})
    with pytest.raises(SecretChanged):
        finished(cast.round)
    with pytest.raises(CannotClose, match="een ander geheim dan toen de ronde openging"):
        close_round(round_id=cast.round.pk)
    settings.RESPONSE_SECRET = former
    assert (Response.objects.count(), filled().answers["VG1"]) == (1, 4)


def test_a_former_secret_goes_on_opening_what_was_sealed_with_it(cast, settings):
    for participant in cast.participants()[:5]:
        cast.answer(participant, 2)
    settings.RESPONSE_SECRET_FALLBACKS, settings.RESPONSE_SECRET = [settings.RESPONSE_SECRET], NEW
    for participant in cast.participants():
        cast.answer(participant, 4)
    assert Response.objects.count() == len(finished(cast.round)) == 10
    close_round(round_id=cast.round.pk)
    assert FrozenResults.objects.get().results.published.groups[0].n == 4


def test_new_rounds_take_the_first_generation_and_one_that_no_open_round_needs_can_go(settings):
    former = settings.RESPONSE_SECRET
    cast = build_cast()
    settings.RESPONSE_SECRET_FALLBACKS, settings.RESPONSE_SECRET = ["x" * 40, former], NEW
    assert unneeded_generations() == [1]
    close_round(round_id=cast.round.pk)
    assert unneeded_generations() == [1, 2]
    assert changed_secrets() == {}


def test_rounds_that_miss_a_secret_are_counted_by_its_name(cast, settings):
    assert complaints() == {}
    settings.RESPONSE_SECRET, settings.LINK_SECRET = NEW, NEW + "!"
    assert changed_secrets() == {"RESPONSE_SECRET": 1, "LINK_SECRET": 1}
    settings.LINK_SECRET_FALLBACKS = [settings.LINK_SECRET]
    assert set(complaints()) == {"RESPONSE_SECRET", "LINK_SECRET"}


@pytest.mark.parametrize("start", [do_what_is_due, tell_of_changed_secrets], ids=["due", "server"])
def test_a_start_says_so_in_the_log(cast, settings, caplog, start):
    caplog.set_level(logging.CRITICAL)
    start()
    assert caplog.text == ""
    settings.RESPONSE_SECRET = NEW
    start()
    assert "RESPONSE_SECRET is not the one that 1 open round(s) were opened under" in caplog.text
    assert NEW not in caplog.text


def test_the_check_for_deployment_names_what_is_missing_and_what_can_go(cast, settings):
    settings.RESPONSE_SECRET_FALLBACKS, settings.RESPONSE_SECRET = ["x" * 40], NEW
    with pytest.raises(SystemCheckError, match=r"assessments\.E001") as missing:
        call_command("check", deploy=True)
    assert "No open round needs the secret at place 1 of RESPONSE_SECRET_FALLBACKS" in str(missing.value)
    assert "x" * 40 not in str(missing.value)


def test_a_page_says_that_answers_are_out_of_reach_and_the_browser_keeps_them(client, cast, anna, settings):
    address = [reverse(name, args=[link_token(anna.pk), *more]) for name, *more in (("welcome",), ("questions", 1))]
    save = reverse("save", args=[link_token(anna.pk)])
    settings.RESPONSE_SECRET = NEW
    for response in (*map(client.get, address), client.post(save, {"VG1": "2"})):
        assert response.status_code == 503
        assert "is er nog" in response.content.decode()
        assert response["Cache-Control"] == "no-store, private"
    assert not Response.objects.exists()


@pytest.mark.parametrize("name", ["round", "participants", "round_close"])
def test_a_coordinator_s_page_says_so_too_and_the_round_s_own_what_to_do(client, cast, settings, name):
    settings.RESPONSE_SECRET = NEW
    client.force_login(cast.coordinator)
    response = client.get(reverse(name, args=[cast.round.pk]))
    assert (response.status_code, "niet te openen" in response.content.decode()) == (503, True)
    assert (reverse("round_remove", args=[cast.round.pk]) in response.content.decode()) == (name == "round")


def test_links_of_a_former_secret_lead_on_as_long_as_it_is_kept_and_a_code_always_does(client, cast, anna, settings):
    link = open_to_ouders(round_id=cast.round.pk)
    mailed = reverse("welcome", args=[link_token(anna.pk)])
    former, settings.LINK_SECRET = settings.LINK_SECRET, NEW
    assert client.get(mailed).status_code == 404
    assert client.get(client.post(reverse("code"), {"code": link.code}).url).status_code == 200
    settings.LINK_SECRET_FALLBACKS = [former]
    assert client.get(mailed).status_code == 200
    assert client.get(reverse("welcome", args=[link_token(anna.pk)])).status_code == 200


def test_a_guest_goes_on_in_the_same_browser_after_links_got_another_secret(client, cast, settings):
    """Cookies belong to the address that somebody came by: at another one they would start again, and count twice."""
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend")
    token = link_token(link.pk)
    client.post(reverse("begin", args=[token]))
    client.post(reverse("questions", args=[token, 1]), {"VG1": "2"})
    settings.LINK_SECRET_FALLBACKS, settings.LINK_SECRET = [settings.LINK_SECRET], NEW
    page = client.get(reverse("welcome", args=[token])).content.decode()
    assert "U bent al begonnen" in page
    assert link_token(link.pk) not in page
    client.post(reverse("questions", args=[token, 1]), {"VG1": "3"})
    assert filled().answers == {"VG1": 3}


def test_a_round_that_closed_between_two_queries_is_not_told_to_have_lost_its_secret(cast):
    read_before = Round.objects.get(pk=cast.round.pk)
    close_round(round_id=cast.round.pk)
    with pytest.raises(JustClosed):
        finished(read_before)


def test_the_secret_in_use_is_never_named_as_one_that_can_go(settings, db):
    settings.RESPONSE_SECRET_FALLBACKS = [settings.RESPONSE_SECRET, "x" * 40]
    assert unneeded_generations() == [2]


def test_keys_do_not_show_their_secrets_on_an_error_page(cast):
    assert repr(keys_of(cast.round)) == f"RoundKeys(round_id={cast.round.pk!r})"


def test_the_secret_of_a_round_is_there_while_it_is_open_and_no_longer(settings):
    cast = build_cast(is_open=False)
    assert not RoundSecret.objects.exists()
    ready(cast.round)
    open_round(round_id=cast.round.pk)
    kept = RoundSecret.objects.get()
    assert len(bytes(kept.secret)) == 32
    assert settings.RESPONSE_SECRET not in json.dumps([kept.response_generation, kept.link_generation])
    close_round(round_id=cast.round.pk)
    assert not RoundSecret.objects.exists()
    assert not hasattr(Round.objects.get(pk=cast.round.pk), "kept_secret")
