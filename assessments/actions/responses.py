"""Saving and submitting answers. Whoever reads the database finds no trace of who or when."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.actions.locks import share_round
from assessments.answers import LONGEST_TEXT, NotAnAnswer, Value, asked_of, check_answers
from assessments.keys import response_key
from assessments.models import DailyCount, Participant, Response, State
from assessments.workflow import NotAllowed

COMPANY = 24  # responses of the same partner and level that are written again together with a submitted one


@transaction.atomic
def save_answers(
    *,
    participant_id: UUID,
    answers: Mapping[str, Value],
    texts: Mapping[str, str] | None = None,
    submit: bool = False,
) -> Response:
    """Merges `answers` and `texts` into the participant's one response, and submits it where asked.

    The last value of each statement counts, whatever tab or device it came from; what is not among `answers`
    stays as it was. Raises NotAllowed where the round is not open, NotAnAnswer for what was not asked, and
    Participant.DoesNotExist.
    """
    participant = _participant_of_open_round(participant_id)
    instrument = participant.round.instrument
    check_answers(answers, asked_of(instrument, participant.level))
    _check_texts(texts or {}, {question.key for question in instrument.open_questions})
    response = own_response(participant, lock=True)
    response.answers |= dict(answers)
    response.texts = {key: text for key, text in (response.texts | dict(texts or {})).items() if text.strip()}
    is_first = submit and not response.is_submitted
    response.is_submitted |= submit
    if is_first:
        _count_day(participant)
    if response.is_submitted:
        _mix(response)
    else:
        response.save(update_fields=["answers", "texts"])
    return response


def own_response(participant: Participant, *, lock: bool = False) -> Response:
    """The response of a participant of an open round; a new one, not written yet unless `lock`."""
    key = response_key(participant.pk, participant.round.secret)
    of_whom = {"round_id": participant.round_id, "partner_id": participant.partner_id, "level": participant.level}
    if lock:
        return Response.objects.select_for_update().get_or_create(key=key, defaults=of_whom)[0]
    return Response.objects.filter(key=key).first() or Response(key=key, **of_whom)


@transaction.atomic
def erase_answers(*, participant_id: UUID) -> None:
    """Erases what a participant of an open round answered so far. Raises NotAllowed where it is not open."""
    participant = _participant_of_open_round(participant_id)
    Response.objects.filter(key=response_key(participant.pk, participant.round.secret)).delete()


def _participant_of_open_round(participant_id: UUID) -> Participant:
    round_id = Participant.objects.values_list("round", flat=True).get(pk=participant_id)
    share_round(round_id)
    participant = Participant.objects.select_related("round__instrument_version").get(pk=participant_id)
    if participant.round.state != State.OPEN:
        raise NotAllowed("Deze ronde is niet open.")
    return participant


def _check_texts(texts: Mapping[str, str], questions: set[str]) -> None:
    for key, text in texts.items():
        if key not in questions or len(text) > LONGEST_TEXT:
            raise NotAnAnswer(f"{key} is geen vraag van deze vragenlijst, of het antwoord is te lang")


def _count_day(participant: Participant) -> None:
    day, _ = DailyCount.objects.get_or_create(round_id=participant.round_id, day=timezone.localdate())
    DailyCount.objects.filter(pk=day.pk).update(submitted=F("submitted") + 1)


def _mix(response: Response) -> None:
    """Writes the response again among others of its partner and level, in the order of their keys.

    A table keeps its rows in the order in which they were written. Whoever has a copy of the database and saw in
    what order colleagues filled in could count along; now the place of a row says nothing. Rows that somebody else
    is writing at this moment are left alone.
    """
    others = (
        Response.objects.select_for_update(skip_locked=True)
        .filter(round_id=response.round_id, partner_id=response.partner_id, level=response.level)
        .exclude(pk=response.pk)
        .order_by("?")[:COMPANY]
    )
    together = sorted([response, *others], key=lambda r: r.pk)
    Response.objects.filter(pk__in=[r.pk for r in together]).delete()
    Response.objects.bulk_create(together)
