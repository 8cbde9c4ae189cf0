"""No file is made that no installation reads in: it is written by the limits that it is read by."""

from io import BytesIO
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments.exchange import shape
from assessments.exchange.reading import read_network
from assessments.exchange.shape import Unfit
from assessments.models import OpenAnswer
from tests.html import MESSAGES, text_of
from tests.whole_networks import exported


def write(cast, count, text):
    """Adds open answers to the round until it has so many."""
    missing = count - cast.round.open_answers.count()
    rows = (OpenAnswer(round=cast.round, question="open_slot", text=text) for _ in range(missing))
    OpenAnswer.objects.bulk_create(rows, batch_size=2000)


def refusal_to_write(cast):
    with pytest.raises(Unfit) as refused:
        exported(cast.network)
    return str(refused.value)


@pytest.mark.long
def test_as_many_open_answers_as_go_along_are_written_and_read(cast):
    write(cast, shape.MOST_OPEN_ANSWERS, "Wij bellen vaker. " * 8)
    [own] = read_network(BytesIO(exported(cast.network))).rounds
    assert sum(isinstance(row, OpenAnswer) for row in own.rows) == shape.MOST_OPEN_ANSWERS


def test_more_open_answers_than_go_along_are_refused(cast):
    write(cast, shape.MOST_OPEN_ANSWERS + 1, "x")
    said = refusal_to_write(cast)
    assert said.startswith("De ronde ‘Voorjaar’ heeft 30001 open antwoorden, en er gaan er hoogstens 30000 mee.")
    assert "Verwijder het netwerk niet" in said


def test_a_round_with_more_text_than_fits_is_refused(cast):
    write(cast, 2600, "x" * 4000)
    assert refusal_to_write(cast).startswith("De ronde ‘Voorjaar’ is meer dan 10 MB.")


def test_a_network_that_is_too_large_as_a_whole_is_refused(cast, monkeypatch):
    write(cast, 300, "x" * 4000)
    assert exported(cast.network)
    monkeypatch.setattr(shape, "MOST_BYTES", 1_000_000)
    assert refusal_to_write(cast).startswith("Dit netwerk is samen meer dan 1 MB.")


def test_page_and_command_say_so_and_no_file_is_left_nor_a_line_in_the_trail(cast, client, tmp_path, capsysbinary):
    write(cast, 2600, "x" * 4000)
    client.force_login(cast.coordinator)
    page = client.post(reverse("network_file", args=[cast.network.pk]), follow=True)
    assert page.redirect_chain == [(reverse("network_export", args=[cast.network.pk]), 302)]
    assert "Er is daarom geen bestand gemaakt" in text_of(page, MESSAGES)
    file = tmp_path / "netwerk.zip"
    for out in (file, Path("-")):
        with pytest.raises(CommandError, match="meer dan 10 MB"):
            call_command("network_export", str(cast.network.pk), out=out)
    assert not file.exists()
    assert capsysbinary.readouterr().out == b""
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()
