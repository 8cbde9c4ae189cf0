"""Saving and submitting answers. Whoever reads the database finds no trace of who or when."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from assessments.answers import LONGEST_TEXT, NotAnAnswer, Value, asked_of, check_answers
from assessments.keys import response_key
from assessments.locks import share_round
from assessments.models import DailyCount, OpenLink, Participant, Response
from assessments.respondents import Respondent, alone_with, instrument_in_use
from assessments.workflow import NotAllowed
from factors.instrument import OUDERS

COMPANY = 24  # responses of the same partner and level that are written again together with a submitted one
# Django has no words for where a row stands in its table.
WRITE_AGAIN = {
    "postgresql": """
        WITH lifted AS (DELETE FROM {table} WHERE key = ANY(%s) RETURNING *)
        INSERT INTO {table} SELECT * FROM lifted ORDER BY key
    """,
    "sqlite": """
        REPLACE INTO {table} SELECT * FROM {table} WHERE key IN (SELECT value FROM json_each(%s)) ORDER BY key
    """,
}


def save_answers(
    person: Respondent,
    answers: Mapping[str, Value],
    texts: Mapping[str, str] = MappingProxyType({}),
    *,
    submit: bool = False,
    browser: str = "",
) -> Response:
    """Merges `answers` and `texts` into the person's one response, and submits it where asked.

    Within the transaction in which `person` was read by `alone_with`. The last value of each statement counts,
    whatever tab or device it came from; what is not among `answers` stays as it was. `browser` is the mark of the
    browser that gave them. Raises NotAllowed where the round is not open, the person does not take part, or a first
    answer by an open link would be one person too many, and NotAnAnswer for what was not asked.
    """
    if not person.can_answer or person.response_key is None:
        raise NotAllowed("Deze ronde is niet open, of met deze link doet niemand mee.")
    response = Response(
        key=person.response_key,
        round=person.round,
        partner_id=person.target.partner_id,
        level=person.level,
        is_by_open_link=person.open_link is not None,
    )
    if person.open_link and not Response.objects.filter(pk=response.pk).exists():
        share_round(person.round.pk, alone=person.open_link.pk)  # newcomers one by one, or more come in than fit
        if is_full(person.open_link):
            raise NotAllowed("Deze link is al door genoeg mensen gebruikt.")
    return _merge(response, answers, texts, submit, browser)


def is_full(link: OpenLink) -> bool:
    """Whether an open link lets nobody new in."""
    same = Q(partner=link.partner_id) if link.partner_id else Q(partner__isnull=True)
    given = Response.objects.filter(same, round=link.round_id, level=link.level, is_by_open_link=True)
    return given.count() >= link.cap


def erase_answers(participant: Participant) -> None:
    """Erases what a participant of an open round answered so far. Within a transaction, alone with the participant."""
    own = Response.objects.filter(key=response_key(participant.pk, participant.round.secret))
    was_submitted = own.filter(is_submitted=True).exists()
    while own.exists():  # somebody who submits right now may be writing it again, see `_mix`
        own.delete()
    if was_submitted:
        _uncount_day(participant.round_id)


def move_answers(participant: Participant, level: str) -> None:
    """Moves a participant's answers to another level, together with others there. Within a transaction."""
    response = _locked(response_key(participant.pk, participant.round.secret))
    if response is not None:
        response.level = level
        response.save(update_fields=["level"])
        _mix(response)


def participant_of_open_round(participant_id: UUID) -> Participant:
    """The participant, whose round stays open and who is alone until the end of this transaction.

    Raises NotAllowed where the round is not open, or the coördinator just removed the participant.
    """
    participant = alone_with(participant_id)
    if not isinstance(participant, Participant) or not participant.round.is_open:
        raise NotAllowed("Deze ronde is niet open.")
    return participant


def _merge(
    new: Response, answers: Mapping[str, Value], texts: Mapping[str, str], submit: bool, browser: str
) -> Response:
    """Merges into the response with the key of `new`, which is written where there is none yet."""
    instrument = instrument_in_use(new.round.instrument_version_id)
    check_answers(answers, asked_of(instrument, new.level))
    _check_texts(texts, {question.key for question in instrument.open_questions})
    stored = _locked(new.key)
    response = stored or new
    response.answered_before = len(response.answers)
    response.answers |= dict(answers)
    response.texts = {key: text for key, text in (response.texts | dict(texts)).items() if text.strip()}
    if stored is None and not (response.answers or response.texts):
        return response  # nothing was said: there is nothing to keep, and nothing to send
    response.browsers = _marked(response.browsers, browser, {*answers, *texts})
    is_first = submit and not response.is_submitted
    response.is_submitted |= submit
    if stored:
        response.save(update_fields=["answers", "texts", "browsers", "is_submitted"])
    else:
        response.save(force_insert=True)
    if is_first:
        _count_day(response)
    if response.is_submitted:
        _mix(response)
    return response


def _marked(browsers: Mapping[str, list[str]], browser: str, keys: set[str]) -> dict[str, list[str]]:
    """By browser what it was the last to write, now that `browser` has written `keys`."""
    others = {mark: [key for key in own if key not in keys] for mark, own in browsers.items() if mark != browser}
    if browser:
        others[browser] = sorted({*browsers.get(browser, ()), *keys})
    return {mark: own for mark, own in others.items() if own}


def _locked(key: UUID) -> Response | None:
    """The response with this key, which nobody else writes until the end of this transaction."""
    own = Response.objects.select_for_update().filter(key=key).order_by()
    response = next(iter(own), None)
    while response is None and Response.objects.filter(key=key).exists():
        response = next(iter(own.all()), None)  # it was written again while we waited for it, see `_mix`
    return response


def _check_texts(texts: Mapping[str, str], questions: set[str]) -> None:
    for key, text in texts.items():
        if key not in questions or len(text) > LONGEST_TEXT:
            raise NotAnAnswer(f"{key} is geen vraag van deze vragenlijst, of het antwoord is te lang")


def _count_day(response: Response) -> None:
    """All but ouders: how many of them answered is nobody's to follow, see docs/disclosure.md."""
    if response.level == OUDERS:
        return
    today = DailyCount.objects.filter(round_id=response.round_id, day=timezone.localdate())
    if not today.update(submitted=F("submitted") + 1):
        day, _ = DailyCount.objects.get_or_create(round_id=response.round_id, day=timezone.localdate())
        DailyCount.objects.filter(pk=day.pk).update(submitted=F("submitted") + 1)


def _uncount_day(round_id: UUID) -> None:
    """Takes one off the last day that has any: on which day it was sent, nobody keeps."""
    counted = DailyCount.objects.filter(round_id=round_id, submitted__gt=0).order_by("-day")[:1]
    DailyCount.objects.filter(pk__in=counted.values("pk")).update(submitted=F("submitted") - 1)


def _mix(response: Response) -> None:
    """Writes the response again among others of its partner and level, in the order of their keys.

    A table keeps its rows in the order in which they were written. Whoever has a copy of the database and saw in
    what order colleagues filled in could count along; now the place of a row says nothing. Rows that somebody else
    is writing at this moment are left alone.
    """
    same = Q(partner=response.partner_id) if response.partner_id else Q(partner__isnull=True)
    others = (
        Response.objects.select_for_update(skip_locked=True)
        .filter(same, round=response.round_id, level=response.level)
        .exclude(pk=response.pk)
        .order_by("?")
        .values_list("pk", flat=True)[:COMPANY]
    )
    _write_again([response.pk, *others])


def _write_again(keys: Sequence[UUID]) -> None:
    """The database does it by itself: no answer passes through here."""
    table = connection.ops.quote_name(Response._meta.db_table)
    as_list = [*keys] if connection.vendor == "postgresql" else json.dumps([key.hex for key in keys])
    with connection.cursor() as cursor:
        cursor.execute(WRITE_AGAIN[connection.vendor].format(table=table), [as_list])
