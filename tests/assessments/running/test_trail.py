"""A coördinator reads who did what in her network, in Dutch sentences, and nothing of who takes part."""

from datetime import date, time, timedelta

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions.discarding import discard_round
from assessments.actions.meetings import plan_meeting
from assessments.actions.networks import add_colleague, add_partner, change_network, change_role, remove_colleague
from assessments.actions.report_links import make_report_link, withdraw_report_link
from assessments.actions.rounds import close_round, extend_round, publish_round
from assessments.actions.setup import create_round
from assessments.actions.timetable import plan_mail
from assessments.models import Network, Partner, ReportLink, Role, Round
from assessments.running.trail import ITSELF, entries_of, lines_of, names_in
from samenwerking.accounts.models import User
from tests.html import elements, text_of, texts

DAY = date(2027, 3, 2)


def said(network, **chosen):
    """Returns what was noted of a network, the oldest first."""
    return [line.what for line in lines_of(reversed(entries_of(network, **chosen)), names_in(network))]


def doing(cast, act, **fields):
    """Does something as the coördinator, and returns what is said of it."""
    LogEntry.objects.all().delete()
    with set_actor(cast.coordinator):
        act(**fields)
    return said(cast.network)


def test_each_act_is_a_sentence(cast):
    network, round = cast.network.pk, cast.round.pk
    for participant in cast.participants():
        cast.answer(participant)
    assert doing(cast, extend_round, round_id=round, closes_on=DAY) == ["zette ‘sluit op’ op 2 maart 2027"]
    assert doing(cast, plan_mail, round_id=round, kind="reminder_1", day=None) == ["sloeg ‘eerste herinnering’ over"]
    assert doing(cast, close_round, round_id=round) == ["sloot de ronde"]
    assert doing(cast, publish_round, round_id=round, readers=["meelezers"]) == [
        "publiceerde de uitkomsten voor meelezers",
        "publiceerde de uitkomsten",
    ]
    publish_round(round_id=round, readers=["deelnemers"])
    meeting = {"day": DAY, "begins": time(14), "ends": time(15), "place": "bij Kees Zeven", "words": "Kees komt"}
    assert doing(cast, plan_meeting, round_id=round, fields=meeting, guests=Q()) == [
        "plande een gesprek op 2 maart 2027"
    ]
    link = {"round_id": round, "subject": "netwerk", "audience": "Kees Zeven", "ends_on": DAY}
    assert doing(cast, make_report_link, **link) == ["maakte een leeslink, tot en met 2 maart 2027"]
    assert doing(cast, withdraw_report_link, round_id=round, link_id=ReportLink.objects.get().pk) == [
        "trok een leeslink in"
    ]
    assert doing(cast, change_network, network_id=network, fields={"name": "Netwerk Noord"}) == [
        "zette ‘naam’ op ‘Netwerk Noord’"
    ]
    assert doing(cast, change_network, network_id=network, fields={"has_jgz_in_team": True, "scope": "wijk"}) == [
        "zette ‘omvang’ op een wijk of dorp, ‘jeugdgezondheidszorg in het wijkteam’ op ja"
    ]
    kind = cast.partners["school"].kind
    assert doing(cast, add_partner, network_id=network, name="Kerk", kind=kind) == ["voegde de partner ‘Kerk’ toe"]
    new = {"network_id": network, "email": "collega@example.org", "name": "Collega", "role": Role.READER}
    assert doing(cast, add_colleague, **new) == ["gaf collega@example.org toegang als meelezer"]
    own = cast.network.memberships.get(user__email="collega@example.org").pk
    assert doing(cast, change_role, membership_id=own, role=Role.COORDINATOR) == [
        "maakte collega@example.org coördinator"
    ]
    assert doing(cast, remove_colleague, membership_id=own) == ["trok de toegang in van een oud-collega"]


def test_the_address_of_now_is_told_of_present_members_alone(cast):
    new = {"network_id": cast.network.pk, "email": "jan@example.org", "name": "Jan", "role": Role.READER}
    assert doing(cast, add_colleague, **new) == ["gaf jan@example.org toegang als meelezer"]
    User.objects.filter(email="jan@example.org").update(email="jan@nieuw.example.org")
    assert said(cast.network) == ["gaf jan@nieuw.example.org toegang als meelezer"]
    remove_colleague(membership_id=cast.network.memberships.get(user__email="jan@nieuw.example.org").pk)
    assert said(cast.network) == ["gaf een oud-collega toegang als meelezer", "trok de toegang in van een oud-collega"]


def test_a_round_that_is_gone_stays_readable_by_its_name(cast):
    fields = {"name": "Proef", "instrument_version": cast.round.instrument_version}
    gone = create_round(network_id=cast.network.pk, previous_id=None, fields=fields)
    pk = str(gone.pk)
    with set_actor(cast.coordinator):
        discard_round(round_id=gone.pk)
    assert names_in(cast.network).rounds[pk] == "Proef"
    lines = list(lines_of(entries_of(cast.network, round_id=pk), names_in(cast.network)))
    assert [(line.who, line.what, line.round) for line in lines] == [
        ("coordinator@example.org", "verwijderde de ronde ‘Proef’", "Proef"),
        (ITSELF, "maakte de ronde ‘Proef’", "Proef"),
    ]


def test_what_is_noted_of_another_network_is_not_in_it(cast):
    elsewhere = cast.stranger.memberships.get().network
    change_network(network_id=elsewhere.pk, fields={"municipalities": "Westdorp"})
    assert not [what for what in said(cast.network) if "West" in what]
    assert [what for what in said(elsewhere) if "Westdorp" in what]


def test_nobody_who_takes_part_and_nothing_of_who_answered_is_in_it(cast):
    for participant in cast.participants()[:7]:
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    whole = str(
        [(line.who, line.what, line.round) for line in lines_of(entries_of(cast.network), names_in(cast.network))]
    )
    assert [participant.email for participant in cast.participants() if participant.email in whole] == []
    kinds = {entry.content_type.model for entry in entries_of(cast.network)}
    assert kinds <= {"network", "round", "partner", "membership", "publication", "meeting", "plannedmail", "reportlink"}


def test_every_column_that_is_noted_is_called_in_dutch():
    """Without a name of its own a column is called by that in our code, with spaces."""
    for model in (Network, Round, Partner):
        excluded = [*auditlog.get_model_fields(model)["exclude_fields"], "id"]
        columns = [field for field in model._meta.concrete_fields if field.name not in excluded]
        assert [field.name for field in columns if field.verbose_name == field.name.replace("_", " ")] == []


# The page


@pytest.fixture
def busy(cast):
    """Returns the cast of a network with sixty acts more than a page shows."""
    for number in range(60):
        network = Network.objects.get(pk=cast.network.pk)
        network.municipalities = f"Dorp {number}"
        network.save()
    return cast


def test_a_coordinator_reads_it_page_by_page_the_newest_first(busy, client):
    client.force_login(busy.coordinator)
    url = reverse("network_trail", args=[busy.network.pk])
    first, second = client.get(url), client.get(url, {"bladzijde": 2})
    assert "Wij bewaren het 3 jaar." in text_of(first, "main")
    assert "‘Dorp 59’" in texts(first, "tbody tr")[0]
    assert len(texts(first, "tbody tr")) == 50
    assert "‘Dorp 9’" in texts(second, "tbody tr")[0]
    assert "maakte het netwerk" in texts(second, "tbody tr")[-1]


def test_it_takes_as_many_queries_with_fifty_lines_as_with_ten(busy, client):
    client.force_login(busy.coordinator)
    url = reverse("network_trail", args=[busy.network.pk])
    client.get(url)
    counts = []
    for keep in (60, 10):
        ids = LogEntry.objects.filter(changes__has_key="municipalities").values_list("pk", flat=True)[keep:]
        LogEntry.objects.filter(pk__in=list(ids)).delete()
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_it_is_filtered_by_kind_and_by_round_and_an_unknown_filter_is_none(busy, client):
    client.force_login(busy.coordinator)
    url = reverse("network_trail", args=[busy.network.pk])
    rounds = texts(client.get(url, {"soort": "ronde"}), "tbody tr")
    assert rounds
    assert all("ronde" in row for row in rounds)
    of_round = texts(client.get(url, {"ronde": str(busy.round.pk)}), "tbody tr")
    assert of_round
    assert all("Voorjaar" in row for row in of_round)
    for wrong in ({"soort": "x"}, {"ronde": "x"}, {"ronde": "00000000-0000-0000-0000-000000000000"}):
        assert len(texts(client.get(url, wrong), "tbody tr")) == 50


def test_it_is_taken_along_as_csv_with_the_same_filter_and_no_formula(busy, client):
    Network.objects.get(pk=busy.network.pk)
    LogEntry.objects.filter(additional_data__network=str(busy.network.pk)).update(actor_email="=1+1@example.org")
    client.force_login(busy.coordinator)
    url = reverse("network_trail_csv", args=[busy.network.pk])
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith('attachment; filename="netwerk-oost-logboek-')
    whole = b"".join(answer.streaming_content).decode()
    lines = whole.removeprefix("\ufeff").splitlines()
    assert lines[0] == "dag;tijd;wie;wat;ronde"
    assert len(lines) > 60
    assert ";'=1+1@example.org;" in lines[1]
    some = b"".join(client.get(url, {"soort": "ronde"}).streaming_content).decode()
    assert 1 < len(some.splitlines()) < 10


def test_who_does_not_run_the_network_finds_none(busy, client):
    for user in (busy.reader, busy.researcher, busy.stranger):
        client.force_login(user)
        for name in ("network_trail", "network_trail_csv"):
            assert client.get(reverse(name, args=[busy.network.pk])).status_code == 404


def test_the_page_of_the_network_leads_to_it(busy, client):
    client.force_login(busy.coordinator)
    page = client.get(reverse("network", args=[busy.network.pk])).content.decode()
    assert reverse("network_trail", args=[busy.network.pk]) in [link.get("href") for link in elements(page, "main a")]
    assert "Logboek" in text_of(client.get(reverse("network_trail", args=[busy.network.pk])), "h1")
    assert timezone.now() - timedelta(days=1) < LogEntry.objects.latest("timestamp").timestamp
