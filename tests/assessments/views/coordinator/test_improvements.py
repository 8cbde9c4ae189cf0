"""What is agreed on a report: noted by the coördinator, told in the next report, and fixed with it."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessments.actions.improvements import add_improvement, change_improvement, remove_improvement
from assessments.actions.rounds import archive_round, close_round, open_round, publish_round
from assessments.actions.setup import create_round
from assessments.anonymity.keys import link_token
from assessments.models import Improvement, Outcome, ReaderGroup, ReportFile, Round, State
from assessments.report.load import report_of, reports_of
from assessments.report.sentences.change import agreed_sentence
from assessments.report.tasks import keep_pdf
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast, long_ago, save_answers
from tests.html import FAULTS, links, text_of, texts, value_of

PEOPLE = {("school", "uitvoerend"): 6, ("gemeente", "bestuur"): 6}
FIELDS = {"what": "Eén vast gezinsteam per school.", "who": "gezinsteams", "factor": "regels", "due_on": "2027-03-01"}


@pytest.fixture
def cast(db):
    cast = build_cast(PEOPLE, minimum=5)
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3, submit=True)
    close_round(round_id=cast.round.pk)
    cast.round.refresh_from_db()
    return cast


def next_round(cast):
    """The round after it, closed: all answer again."""
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version}
    following = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    Round.objects.filter(pk=following.pk).update(closes_on=date(2099, 1, 1))
    long_ago(cast.round)
    open_round(round_id=following.pk)
    keys = [statement for factor in cast.round.instrument.factors for statement in factor.statements]
    for participant in following.participants.all():
        save_answers(participant.pk, {statement.key: 4 for statement in keys}, submit=True)
    close_round(round_id=following.pk)
    return Round.objects.get(pk=following.pk)


def section(round, key="netwerk"):
    return next((part for part in report_of(round, key).sections if part.key == "verandering"), None)


def table(round, key="netwerk"):
    """The rows on improvements in a report: name and cells."""
    found = section(round, key)
    tables = [b for b in found.blocks if getattr(b, "caption", "").startswith("Verbeteracties")] if found else []
    return [(row.name, [cell.text for cell in row.cells]) for table in tables for row in table.rows]


def test_what_is_agreed_is_noted_told_of_and_changed_after_a_question(coordinator, cast):
    page = reverse("improvements", args=[cast.round.pk])
    assert "Er staat nog niets" in text_of(coordinator.get(page), "main > p")
    assert coordinator.post(reverse("improvement_new", args=[cast.round.pk]), FIELDS).url == page
    row = cast.round.improvements.get()
    assert (row.what, row.who, row.factor, row.due_on, row.outcome) == (
        *list(FIELDS.values())[:3],
        date(2027, 3, 1),
        "",
    )
    edit = reverse("improvement_edit", args=[cast.round.pk, row.pk])
    assert value_of(coordinator.get(edit), "due_on") == "2027-03-01"
    coordinator.post(edit, FIELDS | {"outcome": "gedaan", "remark": "Scholen bellen nu vaker."})
    assert "gedaan. Scholen bellen nu vaker." in texts(coordinator.get(page), ".improvements dd")
    remove = reverse("improvement_remove", args=[cast.round.pk, row.pk])
    assert FIELDS["what"] in text_of(coordinator.get(remove), "main > p")
    assert cast.round.improvements.exists()
    assert coordinator.post(remove).url == page
    assert not cast.round.improvements.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"what": ""}, "Dit veld is verplicht."),
        ({"what": "x" * 301}, "300 tekens"),
        ({"due_on": "eind maart"}, "Vul een dag in, zoals 31-12-2026."),
        ({"factor": "geluk"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_can_not_be_kept_is_refused_in_words_and_stays_on_the_page(coordinator, cast, fields, sentence):
    shown = coordinator.post(reverse("improvement_new", args=[cast.round.pk]), FIELDS | fields)
    assert sentence in text_of(shown, FAULTS)
    assert value_of(shown, "who") == "gezinsteams"
    assert not Improvement.objects.exists()


def test_the_report_of_the_next_round_tells_what_came_of_it(cast):
    publish_round(round_id=cast.round.pk)
    add = {"round_id": cast.round.pk}
    add_improvement(**add, fields={"what": "A", "who": "school", "factor": "regels", "outcome": Outcome.DONE})
    add_improvement(**add, fields={"what": "B", "due_on": date(2027, 3, 1), "remark": "te druk"})
    following = next_round(cast)
    name = cast.round.instrument.name("regels")
    told = [("A", [name, "school", "–", "Gedaan"]), ("B", ["–", "–", "1 maart 2027", "Nog niet ingevuld. Te druk"])]
    assert table(following) == table(following, "uitvoerend") == told
    assert table(cast.round) == []
    sentences = [block.text for block in section(following).blocks if hasattr(block, "text")]
    assert agreed_sentence(2, 1) in sentences


def test_a_kept_pdf_is_outdated_once_an_outcome_is_told(cast):
    publish_round(round_id=cast.round.pk)
    row = add_improvement(round_id=cast.round.pk, fields={"what": "A"})
    following = next_round(cast)
    before = reports_of(following).made_from
    change_improvement(round_id=cast.round.pk, improvement_id=row.pk, fields={"outcome": Outcome.DROPPED})
    assert reports_of(following).made_from != before


def test_who_may_not_read_the_round_before_reads_nothing_of_what_was_agreed_on_it(cast):
    publish_round(round_id=cast.round.pk, readers=[ReaderGroup.READERS])
    add_improvement(round_id=cast.round.pk, fields={"what": "A"})
    following = next_round(cast)
    assert table(following)  # only the coördinator reads it yet
    publish_round(round_id=following.pk, readers=[ReaderGroup.PARTICIPANTS])
    assert section(Round.objects.get(pk=following.pk)) is None


def test_a_name_can_be_taken_out_of_a_published_report_until_its_round_is_archived(coordinator, cast):
    publish_round(round_id=cast.round.pk)
    row = add_improvement(round_id=cast.round.pk, fields={"what": "A", "who": "een naam"})
    archive_round(round_id=cast.round.pk)
    following = next_round(cast)
    shown = coordinator.get(reverse("round", args=[following.pk]))
    assert "nog niet ingevuld wat ervan kwam" in text_of(shown, "main > p")
    publish_round(round_id=following.pk)
    keep_pdf(reports_of(Round.objects.get(pk=following.pk)), "netwerk")
    change = {"round_id": cast.round.pk, "improvement_id": row.pk}
    change_improvement(**change, fields={"who": "school"})
    assert "school" in table(Round.objects.get(pk=following.pk))[0][1]
    assert not ReportFile.objects.filter(round=following).exists()
    archive_round(round_id=following.pk)
    for refused in (
        lambda: add_improvement(round_id=cast.round.pk, fields={"what": "B"}),
        lambda: change_improvement(**change, fields={"outcome": Outcome.DONE}),
        lambda: remove_improvement(**change),
    ):
        with pytest.raises(NotAllowed):
            refused()
    edit = reverse("improvement_edit", args=[cast.round.pk, row.pk])
    shown = coordinator.post(edit, FIELDS)
    assert "Dit kan niet meer" in text_of(shown, FAULTS)
    assert value_of(shown, "what") == FIELDS["what"]  # what was typed is not lost
    listed = coordinator.get(reverse("improvements", args=[cast.round.pk]))
    assert "ligt deze lijst nu vast" in text_of(listed, "main > p")
    assert Improvement.objects.get().what == "A"


@pytest.mark.django_db
def test_before_there_is_a_report_nothing_can_be_agreed_on_it(client):
    cast = build_cast()
    client.force_login(cast.coordinator)
    assert cast.round.state == State.OPEN
    assert client.get(reverse("improvements", args=[cast.round.pk])).url == reverse("round", args=[cast.round.pk])
    client.post(reverse("improvement_new", args=[cast.round.pk]), FIELDS)
    assert not Improvement.objects.exists()


@pytest.mark.parametrize("fields", [{"what": ""}, {"what": "A", "outcome": "misschien"}])
def test_the_database_refuses_what_says_nothing_and_an_outcome_that_nobody_knows(cast, fields):
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Improvement.objects.create(round=cast.round, **fields)


@pytest.mark.parametrize(
    ("total", "done", "begins"),
    [
        (1, 0, "Na de vorige ronde is één verbeteractie afgesproken."),
        (1, 1, "Na de vorige ronde is één verbeteractie afgesproken, en die is gedaan."),
        (3, 0, "Van de drie verbeteracties die na de vorige ronde zijn afgesproken, is er nog geen gedaan."),
        (3, 1, "Van de drie verbeteracties die na de vorige ronde zijn afgesproken, is er één gedaan."),
        (3, 2, "Van de drie verbeteracties die na de vorige ronde zijn afgesproken, zijn er twee gedaan."),
        (3, 3, "Van de drie verbeteracties die na de vorige ronde zijn afgesproken, zijn ze alle drie gedaan."),
    ],
)
def test_the_sentence_counts_and_claims_nothing_more(total, done, begins):
    assert agreed_sentence(total, done) == (
        f"{begins} Of een score daardoor veranderde, is niet te zeggen: intussen gebeurde er meer."
    )


def test_an_advice_leads_to_an_agreement_that_is_filled_in(client, cast):
    client.force_login(cast.coordinator)
    advice = report_of(cast.round, "uitvoerend").advices[0]
    page = client.get(reverse("report", args=[cast.round.pk, "uitvoerend"]))
    address = reverse("improvement_new", args=[cast.round.pk]) + f"?rapport=uitvoerend&advies={advice.key}"
    assert address in links(page)
    form = client.get(address)
    assert value_of(form, "what") == advice.first_step
    assert value_of(form, "who") == advice.who
    assert f"Uit het advies ‘{advice.title}’." in text_of(form, "main")
    client.post(address, {"what": value_of(form, "what"), "who": "scholen", "factor": advice.factor})
    assert Improvement.objects.get().what == advice.first_step


@pytest.mark.parametrize(
    "asked", ["?advies=bestaat_niet&rapport=netwerk", "?advies=x&rapport=elders", "?rapport=netwerk"]
)
def test_an_advice_that_is_not_there_leaves_the_form_empty(client, cast, asked):
    client.force_login(cast.coordinator)
    form = client.get(reverse("improvement_new", args=[cast.round.pk]) + asked)
    assert form.status_code == 200
    assert value_of(form, "what") == ""


def test_whoever_reads_the_report_reads_what_is_agreed_in_the_order_of_the_phases(client, cast):
    for factor, what in (
        ("communicatie", "Elke maand bellen."),
        ("", "Samen eten."),
        ("voorgeschiedenis", "Kennen."),
    ):
        add_improvement(round_id=cast.round.pk, fields={"what": what, "factor": factor})
    token = link_token(cast.participants()[0].pk)
    theirs = reverse("participant_report_agreements", args=[token, "netwerk"])
    own = reverse("report_agreements", args=[cast.round.pk, "netwerk"])
    client.force_login(cast.reader)
    assert [client.get(address).status_code for address in (own, theirs)] == [404, 404]
    publish_round(round_id=cast.round.pk)
    for address in (own, theirs):
        assert texts(client.get(address), "main h3") == ["Kennen.", "Elke maand bellen.", "Samen eten."]
    assert client.get(own.replace("netwerk", "uitvoerend")).status_code == 404
    assert (
        "Maak hier een afspraak van"
        not in client.get(reverse("report", args=[cast.round.pk, "netwerk"])).content.decode()
    )


def test_word_and_slides_have_what_was_agreed_until_now_and_the_summary_for_ouders_has_not(client, cast):
    client.force_login(cast.coordinator)
    kept = reports_of(cast.round).made_from
    add_improvement(round_id=cast.round.pk, fields={"what": "Elke maand bellen.", "factor": "communicatie"})
    for key, is_there in (("netwerk", True), ("uitvoerend", True), ("samenvatting", False)):
        for name, part in (("report_docx", "word/document.xml"), ("report_pptx", "ppt/slides/")):
            content = client.get(reverse(name, args=[cast.round.pk, key])).content
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                text = "".join(parts.read(found).decode() for found in parts.namelist() if found.startswith(part))
            assert ("Elke maand bellen" in text) == is_there, (key, name)
    assert reports_of(cast.round).made_from == kept  # no PDF is made again for it
