"""What has been kept for its term goes, once its coördinator was told, and leaves a receipt."""

import logging
import re
import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from assessments.actions.backups import settle
from assessments.actions.due import do_what_is_due
from assessments.actions.expiring import erase_round, erase_texts
from assessments.actions.keeping import choose_terms, keep_round
from assessments.actions.rounds import archive_round, close_round
from assessments.actions.setup import create_round
from assessments.dutch import in_months
from assessments.models import (
    Entry,
    Erasure,
    Intake,
    Network,
    OpenAnswer,
    Receipt,
    ReportFile,
    Round,
    State,
)
from assessments.rules import keeping
from assessments.rules.keeping import terms_of
from assessments.rules.workflow import NotAllowed
from assessments.running.keeping import days_by_rule, days_of
from samenwerking.accounts.models import User
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, text_of, texts
from tests.terms import AS_USUAL, CLOSED, at, closed, due, told

__all__ = ["closed"]  # a fixture


def test_open_answers_go_after_two_years_a_month_after_that_was_told_and_the_pdfs_with_them(closed):
    ReportFile.objects.create(round=closed.round, subject="netwerk", made_from="x", content=b"%PDF")
    due(date(2029, 1, 25))  # 36 days before
    assert not told("texts")
    assert due(date(2029, 1, 26))["owners told of what goes"] == 1
    due(date(2029, 3, 1))
    assert OpenAnswer.objects.count() == 10
    assert due(date(2029, 3, 2))["rounds without open answers"] == 1
    assert (OpenAnswer.objects.count(), ReportFile.objects.count()) == (0, 0)
    receipt = Receipt.objects.get(kind="texts")
    assert (receipt.count, receipt.network) == (10, closed.network.pk)
    assert receipt.rule == "open antwoorden: 24 maanden na het sluiten van hun ronde"
    assert due(date(2029, 3, 3))["rounds without open answers"] == 0
    closed.round.refresh_from_db()
    assert closed.round.is_frozen


def test_two_of_due_erase_the_open_answers_once_and_leave_the_pdfs_that_were_made_since(closed):
    due(date(2029, 1, 26))
    assert erase_texts(round_id=closed.round.pk, now=at(date(2029, 3, 2))) == 1
    ReportFile.objects.create(round=closed.round, subject="netwerk", made_from="x", content=b"%PDF without")
    assert erase_texts(round_id=closed.round.pk, now=at(date(2029, 3, 2), 11)) == 0
    assert (ReportFile.objects.count(), Receipt.objects.filter(kind="texts").count()) == (1, 1)


def test_a_round_goes_after_five_years_with_all_of_it_and_the_network_stays(closed):
    due(date(2032, 1, 27))
    assert told("results")
    due(date(2032, 3, 1))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    assert due(date(2032, 3, 2))["rounds erased"] == 1
    assert not Round.objects.filter(pk=closed.round.pk).exists()
    assert Network.objects.filter(pk=closed.network.pk).exists()
    assert set(Receipt.objects.filter(network=closed.network.pk).values_list("kind", "count")) >= {
        ("round", 1),
        ("texts", 10),
    }


def test_what_is_overdue_goes_no_sooner_than_a_month_after_it_was_told(closed):
    """As where the site gets this rule, was away for a year, or a term is made shorter."""
    late = date(2033, 5, 2)
    due(late)
    assert Round.objects.filter(pk=closed.round.pk).exists()
    due(late + timedelta(days=29))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    due(late + timedelta(days=30))
    assert not Round.objects.filter(pk=closed.round.pk).exists()


def test_a_round_that_is_kept_longer_is_told_of_again_in_its_time(closed):
    due(date(2032, 1, 27))
    keep_round(round_id=closed.round.pk, texts_until=None, results_until=date(2034, 6, 30))
    due(date(2032, 3, 2))
    assert not told("results")
    assert Round.objects.filter(pk=closed.round.pk).exists()
    due(date(2034, 6, 1))
    assert told("results")
    due(date(2034, 7, 3))
    assert not Round.objects.filter(pk=closed.round.pk).exists()


def test_a_round_is_kept_no_longer_than_the_installation_allows(closed, settings):
    last = date(2047, 3, 2)  # 20 years
    keep_round(round_id=closed.round.pk, texts_until=None, results_until=last)
    with pytest.raises(NotAllowed):
        keep_round(round_id=closed.round.pk, texts_until=None, results_until=last + timedelta(days=1))


def test_a_network_chooses_its_terms_and_the_installation_has_the_last_word(closed, settings):
    choose_terms(network_id=closed.network.pk, fields=AS_USUAL | {"keeps_reports": 120})
    closed.round.refresh_from_db()
    assert days_by_rule(closed.round).results == date(2037, 3, 2)
    settings.RETENTION = terms_of("reports=12-36-84")
    assert days_by_rule(closed.round).results == date(2034, 3, 2)


def test_what_a_coordinator_chose_is_kept_no_longer_where_the_installation_allows_less_by_now(closed, settings):
    keep_round(round_id=closed.round.pk, texts_until=date(2032, 1, 1), results_until=date(2046, 1, 1))
    closed.round.refresh_from_db()
    settings.RETENTION = terms_of("reports=12-60-60, open_answers=3-24-30")
    days = days_by_rule(closed.round)
    assert (days.texts, days.results) == (date(2029, 9, 3), date(2032, 3, 3))


def test_a_round_of_which_no_day_can_be_said_stops_no_other(closed):
    far = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    fields = {"name": "Ver", "instrument_version": closed.round.instrument_version}
    bad = create_round(network_id=closed.network.pk, previous_id=None, fields=fields)
    Round.objects.filter(pk=bad.pk).update(state=State.CLOSED, opened_at=far, closed_at=far)
    for day in (date(2032, 1, 27), date(2032, 3, 2)):
        assert due(day).failed == 2  # its addresses, and what is to be told of it
    assert not Round.objects.filter(pk=closed.round.pk).exists()
    assert Round.objects.filter(pk=bad.pk).exists()


def test_a_list_counts_from_now_where_lists_are_kept_shorter_from_now_on(cast):
    Round.objects.update(state=State.CONCEPT, opened_at=None)
    long_ago = timezone.now() - timedelta(days=45)
    Round.objects.update(touched_at=long_ago)
    choose_terms(network_id=cast.network.pk, fields=AS_USUAL | {"keeps_lists": 180})
    assert Round.objects.get().touched_at == long_ago
    choose_terms(network_id=cast.network.pk, fields=AS_USUAL | {"keeps_lists": 30})
    now = timezone.now()
    assert do_what_is_due(now + timedelta(days=29))["concepts without a list"] == 0
    assert do_what_is_due(now + timedelta(days=31))["concepts without a list"] == 1


def test_the_report_of_the_next_round_is_made_again_without_the_one_that_went(closed):
    fields = {"name": "Najaar", "instrument_version": closed.round.instrument_version}
    following = create_round(network_id=closed.network.pk, previous_id=closed.round.pk, fields=fields)
    ReportFile.objects.create(round=following, subject="netwerk", made_from="x", content=b"%PDF")
    due(date(2032, 1, 27))
    due(date(2032, 3, 2))
    following.refresh_from_db()
    assert following.previous is None
    assert not ReportFile.objects.filter(round=following).exists()


def test_a_round_and_the_one_after_it_are_owned_in_the_order_of_their_ids(closed):
    fields = {"name": "Najaar", "instrument_version": closed.round.instrument_version}
    following = create_round(network_id=closed.network.pk, previous_id=closed.round.pk, fields=fields)
    first = UUID(int=closed.round.pk.int - (1 << 80))
    Round.objects.filter(pk=following.pk).update(previous=None)
    following.pk, following.previous_id = first, closed.round.pk
    following.save(force_insert=True)
    due(date(2032, 1, 27))
    with CaptureQueriesContext(connection) as asked:
        assert erase_round(round_id=closed.round.pk, now=at(date(2032, 3, 2))) == 1
    owned = re.findall(r"pg_advisory_xact_lock\((\d+)\)", " ".join(query["sql"] for query in asked))
    assert owned == [str(pk.int >> 65) for pk in (first, closed.round.pk)]


def test_a_round_in_releases_leaves_its_place_there_as_when_its_network_is_deleted(closed):
    intake = Intake.objects.create(number=1)
    entry = Entry.objects.create(intake=intake, round=closed.round, network=closed.network.pk, place=1)
    due(date(2032, 1, 27))
    due(date(2032, 3, 2))
    entry.refresh_from_db()
    assert (entry.round, entry.network) == (None, closed.network.pk)


def test_an_open_round_and_a_concept_do_not_go_as_results_do(cast):
    Round.objects.update(touched_at=at(CLOSED))
    for day in (date(2040, 1, 2), date(2040, 3, 2)):
        Round.objects.update(closes_on=day)
        due(day)
    assert Round.objects.filter(pk=cast.round.pk).exists()


def test_the_day_of_open_answers_stays_as_it_was_told_where_the_results_follow_soon(closed):
    choose_terms(network_id=closed.network.pk, fields=AS_USUAL | {"keeps_reports": 24})
    keep_round(round_id=closed.round.pk, texts_until=None, results_until=date(2029, 3, 12))
    due(date(2029, 1, 26))
    for day in (date(2029, 2, 6), date(2029, 2, 7), date(2029, 3, 1)):
        due(day)
        own = days_of(Round.objects.select_related("network").get(), day)
        assert (own.texts, own.results) == (date(2029, 3, 2), date(2029, 3, 13)), day
    due(date(2029, 3, 2))
    assert (OpenAnswer.objects.count(), Round.objects.count()) == (0, 1)
    due(date(2029, 3, 13))
    assert Round.objects.count() == 0


def test_after_a_restore_all_is_told_of_again_for_what_was_kept_longer_since_is_not_in_it(closed):
    due(date(2032, 1, 27))
    settle(made_at=at(date(2032, 2, 1)), now=at(date(2032, 3, 2)))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    assert not told("results")
    due(date(2032, 3, 2))
    due(date(2032, 3, 31))
    assert Round.objects.filter(pk=closed.round.pk).exists()
    due(date(2032, 4, 1))
    assert not Round.objects.filter(pk=closed.round.pk).exists()


# The trail


def test_entries_of_a_network_go_after_its_own_term_and_others_after_that_of_the_site(cast):
    choose_terms(network_id=cast.network.pk, fields=AS_USUAL | {"keeps_audit": 12})
    LogEntry.objects.update(timestamp=at(CLOSED))
    own = LogEntry.objects.filter(additional_data__network=str(cast.network.pk))
    others = LogEntry.objects.exclude(pk__in=own.values("pk"))
    known = set(
        others.filter(additional_data__network__isnull=False).values_list("additional_data__network", flat=True)
    )
    assert len(known) == 1  # the network of the stranger
    User.objects.update(last_login=at(date(2040, 1, 1)))
    due(date(2028, 3, 2))
    assert own.exists()
    due(date(2028, 3, 3))
    assert not own.filter(timestamp=at(CLOSED)).exists()
    assert others.filter(timestamp=at(CLOSED)).exists()
    due(date(2030, 3, 3))
    assert not LogEntry.objects.filter(timestamp=at(CLOSED)).exists()
    assert set(Receipt.objects.filter(kind="audit").values_list("network", flat=True)) >= {cast.network.pk, None}


def test_entries_of_a_network_that_somebody_deleted_by_hand_go_after_the_term_of_the_site(cast):
    elsewhere = cast.stranger.memberships.get().network
    gone = str(elsewhere.pk)
    elsewhere.delete()
    LogEntry.objects.update(timestamp=at(CLOSED))
    User.objects.update(last_login=at(date(2040, 1, 1)))
    due(date(2030, 3, 2))
    assert LogEntry.objects.filter(additional_data__network=gone).exists()
    due(date(2030, 3, 3))
    assert not LogEntry.objects.filter(additional_data__network=gone).exists()


# Receipts


@pytest.mark.attack
@pytest.mark.django_db(transaction=True)
def test_a_receipt_says_so_once_files_and_log_are_clean(caplog):
    caplog.set_level(logging.INFO)
    cast = build_cast()
    close_round(round_id=cast.round.pk)
    assert Receipt.objects.get(kind="secret").count == 1
    for _ in range(200):
        do_what_is_due()
        receipt = Receipt.objects.get(kind="secret")
        if receipt.log_wiped_at:
            break
        time.sleep(0.1)  # the server's own housekeeping may be reading just now
    assert receipt.log_wiped_at, (receipt.wiped_at, list(Erasure.objects.values()), caplog.text[-2000:])
    assert receipt.done_at <= receipt.wiped_at <= receipt.log_wiped_at


# Pages


def test_the_date_stands_on_the_round_its_reports_its_answers_and_the_account(closed, client):
    client.force_login(closed.coordinator)
    Round.objects.update(closed_at=timezone.now())
    closed.round.refresh_from_db()
    days = days_of(closed.round)
    results, answers = (date_format(day, "j F Y") for day in (days.results, days.texts))
    assert f"gewoonlijk {in_months(keeping.TERMS['open_answers'].usual)} na" in text_of(client.get("/privacy/"), "main")
    for name, pk, sentence in (
        ("round", closed.round.pk, f"de hele ronde wissen wij op {results}"),
        ("round", closed.round.pk, f"De open antwoorden wissen wij op {answers}"),
        ("reports", closed.round.pk, f"Deze rapporten wissen wij op {results}"),
        ("open_answers", closed.round.pk, f"Deze antwoorden wissen wij op {answers}"),
        ("participants", closed.round.pk, "De e-mailadressen, namen en functies wissen wij op"),
        ("network_keeping", closed.network.pk, results),
    ):
        assert sentence in text_of(client.get(reverse(name, args=[pk])), "main"), name
    client.force_login(closed.reader)
    assert "Dan wissen wij het op" in text_of(client.get(reverse("mfa_index")), "main")


def test_a_coordinator_chooses_terms_and_keeps_a_round_longer(closed, client):
    client.force_login(closed.coordinator)
    url = reverse("network_keeping", args=[closed.network.pk])
    assert "de netwerken die tegelijk met het uwe begonnen niet meer in nieuwe uitgaven" in text_of(
        client.get(url), "main"
    )
    client.post(url, {"keeps_open_answers": "12", "keeps_reports": "120", "keeps_lists": "90"})
    closed.network.refresh_from_db()
    assert (closed.network.keeps_open_answers, closed.network.keeps_reports, closed.network.keeps_audit) == (
        12,
        120,
        None,
    )
    assert closed.network.days_of_lists == 90
    refused = client.post(url, {"keeps_reports": "6"})
    assert texts(refused, FAULTS)
    own = reverse("round_keeping", args=[closed.round.pk])
    too_early = client.post(own, {"results_until": "2030-01-01"})
    assert "binnen de gewone termijn" in text_of(too_early, FAULTS)
    too_late = client.post(own, {"results_until": "2050-01-01"})
    assert "Kies een dag tot en met 2 maart 2047" in text_of(too_late, FAULTS)
    done = client.post(own, {"results_until": "2040-01-01"}, follow=True)
    assert "De dagen zijn opgeslagen" in text_of(done, MESSAGES)
    closed.round.refresh_from_db()
    assert closed.round.results_until == date(2040, 1, 1)


def test_the_page_asks_as_much_of_the_database_with_three_rounds_as_with_one(closed, client):
    client.force_login(closed.coordinator)
    url = reverse("network_keeping", args=[closed.network.pk])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        return len(queries), [text.split()[0] for text in texts(page, "td[data-head='Open antwoorden']")]

    before, said = asked()
    for name in ("Met", "Zonder"):
        closed.round.pk, closed.round.name = uuid4(), name
        closed.round.save(force_insert=True)
        if name == "Met":
            closed.round.open_answers.create(question="open_slot", text="Wij bellen vaker")
    assert asked() == (before, [*said, "2", "geen"]) or asked() == (before, ["geen", "2", *said])


def test_a_coordinator_reads_the_receipts_of_her_network_alone(closed, client):
    Receipt.objects.create(kind="texts", count=7, network=closed.network.pk, rule="onze regel")
    Receipt.objects.create(
        kind="texts", count=9, network=closed.stranger.memberships.get().network_id, rule="van een ander"
    )
    client.force_login(closed.coordinator)
    page = text_of(client.get(reverse("network_keeping", args=[closed.network.pk])), "main")
    assert ("onze regel" in page, "van een ander" in page) == (True, False)


def test_an_archived_round_is_kept_longer_too(closed):
    archive_round(round_id=closed.round.pk)
    keep_round(round_id=closed.round.pk, texts_until=None, results_until=date(2034, 6, 30))
    assert Round.objects.get(pk=closed.round.pk).results_until == date(2034, 6, 30)
