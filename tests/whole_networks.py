"""Holds a network with all that can hang on it, and writes it to a file and reads that in."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from assessments.actions.exchange import import_network
from assessments.actions.improvements import add_improvement
from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import close_round, publish_round
from assessments.exchange.reading import read_network
from assessments.exchange.shape import Unfit
from assessments.exchange.writing import write_network
from assessments.models import (
    Meeting,
    OpenAnswer,
    Participant,
    Partner,
    Round,
)
from tests.cast import build_cast


def a_whole_network():
    """Returns the cast of a published round with all that can hang on it, and a concept after it."""
    cast = build_cast(kinds={"school": "school", "gemeente": "gemeente"})
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 1 + number % 5, texts={"open_slot": f"Antwoord {number}"})
    Participant.objects.update(name="Juf Zeven", job_title="ib'er van Zeven")
    Round.objects.update(contact_name="Noor Zeven", contact_email="noor.zeven@example.org")
    Partner.objects.update(contact_email="piet.zeven@example.org")
    close_round(round_id=cast.round.pk)
    first, second, *_ = OpenAnswer.objects.all()
    texts = {first.pk: "Wij bellen vaker", second.pk: "Ouders wachten"}
    check_open_answers(round_id=cast.round.pk, texts=texts, left_out={second.pk}, unread=set())
    publish_round(round_id=cast.round.pk)
    add_improvement(round_id=cast.round.pk, fields={"what": "Vaker bellen", "who": "scholen", "factor": "regels"})
    day = timezone.localdate() + timedelta(days=9)
    Meeting.objects.create(round=cast.round, day=day, begins=time(14), ends=time(15), place="zaal 2", words="Welkom")
    cast.network.job_title_levels.create(job_title="Ib'er", simple_form="iber", level="uitvoerend")
    Round.objects.create(network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version)
    return cast


def exported(network):
    file = BytesIO()
    write_network(network, file, timezone.now())
    return file.getvalue()


def emptied(cast):
    """Takes the network away, as if this were another installation; its coördinator has an account there."""
    cast.network.rounds.all().delete()
    cast.network.delete()


def read_in(parcel):
    return import_network(parcel=read_network(BytesIO(parcel)), coordinator="Coordinator@example.org")


def refusal(parcel):
    with pytest.raises(Unfit) as refused:
        read_in(parcel)
    return str(refused.value)


def of_round(parts):
    return next(part for name, part in parts.items() if name.startswith("rounds/"))
