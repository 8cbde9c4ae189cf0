"""Saves and submits answers. The database tells nobody who sent or what, and of when no more than a count a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.anonymity.locks import share_round
from assessments.filling.answering import AlreadySent, kept
from assessments.filling.lock import LockedRespondent
from assessments.filling.respondents import Respondent
from assessments.models import DailyCount, OpenLink, Response
from assessments.rules.workflow import NotAllowed
from assessments.scores.answers import LONGEST_TEXT, Filled, NotAnAnswer, Value, check_answers
from factors.instrument import OUDERS


@dataclass(frozen=True)
class Saved:
    """Is what is stored of a person after a save; `answered_before` counts the statements that had an answer before."""

    filled: Filled
    is_submitted: bool
    answered_before: int


@transaction.atomic(savepoint=False)  # within the transaction of the lock: a save that fails takes all of it back
def save_answers(
    *,
    person: LockedRespondent,
    answers: Mapping[str, Value],
    texts: Mapping[str, str] = MappingProxyType({}),
    submit: bool = False,
    browser: str = "",
) -> Saved:
    """Merges `answers` and `texts` into the person's one response, and submits it where asked.

    The last value of each statement counts, whatever tab or device it came from; what is not among `answers` stays as
    it was. `browser` is the mark of the browser that gave them. Returns what is stored afterwards.

    Raises NotAllowed where the round is not open, the person does not take part, or a first answer by an open link
    would be one person too many; AlreadySent for a change of what was sent by an open link; NotAnAnswer for what was
    not asked; SecretChanged; and LockEnded.
    """
    person.check_lock()
    key = person.response_key if person.can_answer else None
    if key is None:
        raise NotAllowed("Deze ronde is niet open, of met deze link doet niemand mee.")
    _check(person, answers, texts)
    stored = kept(key)
    if stored is None and person.open_link:
        _let_in(person.open_link)
    sealed, was_submitted = stored or (None, False)
    before = person.keys.open(key, sealed) if sealed else Filled()
    if was_submitted and person.open_link:
        if answers or texts:
            raise AlreadySent
        return Saved(before, True, len(before.answers))  # the button was pressed twice
    filled = _merged(before, answers, texts, browser)
    if stored is None and not (filled.answers or filled.texts):
        return Saved(filled, False, 0)  # nothing was said: there is nothing to keep, and nothing to send
    _keep(person, key, filled, is_new=stored is None, is_submitted=submit or was_submitted)
    if submit and not was_submitted:
        _count_day(person)
    return Saved(filled, submit or was_submitted, len(before.answers))


@transaction.atomic(savepoint=False)
def erase_answers(*, person: LockedRespondent) -> None:
    """Erases what a person in an open round answered so far.

    Raises NotAllowed where the round is not open, AlreadySent for what was sent by an open link, SecretChanged, and
    LockEnded.
    """
    person.check_lock()
    if person.response_key is None:
        raise NotAllowed("Deze ronde is niet open.")
    own = Response.objects.filter(pk=person.response_key)
    was_submitted = own.submitted().exists()
    if was_submitted and person.open_link:
        raise AlreadySent
    own.delete()
    if was_submitted:
        _uncount_day(person.round.pk)


def _check(person: Respondent, answers: Mapping[str, Value], texts: Mapping[str, str]) -> None:
    check_answers(answers, person.asked)
    questions = {question.key for question in person.instrument.open_questions}
    for key, text in texts.items():
        if key not in questions or len(text) > LONGEST_TEXT:
            raise NotAnAnswer(f"{key} is geen vraag van deze vragenlijst, of het antwoord is te lang")


def _let_in(link: OpenLink) -> None:
    """Lets newcomers in one by one, or more would come in than fit. Raises NotAllowed where the link is full."""
    share_round(link.round_id, alone=link.pk)
    if link.is_shut:
        raise NotAllowed("Deze link is al door genoeg mensen gebruikt.")


def _merged(before: Filled, answers: Mapping[str, Value], texts: Mapping[str, str], browser: str) -> Filled:
    return Filled(
        answers={**before.answers, **answers},
        texts={key: text for key, text in {**before.texts, **texts}.items() if text.strip()},
        browsers=_marked(before.browsers, browser, {*answers, *texts}),
    )


def _marked(browsers: Mapping[str, list[str]], browser: str, keys: set[str]) -> dict[str, list[str]]:
    """Returns by browser what it was the last to write, now that `browser` has written `keys`."""
    others = {mark: [key for key in own if key not in keys] for mark, own in browsers.items() if mark != browser}
    if browser:
        others[browser] = sorted({*browsers.get(browser, ()), *keys})
    return {mark: own for mark, own in others.items() if own}


def _keep(person: Respondent, key: UUID, filled: Filled, *, is_new: bool, is_submitted: bool) -> None:
    stored = {"sealed": person.keys.seal(key, filled), "is_submitted": is_submitted}
    if is_new:
        Response.objects.create(key=key, round=person.round, open_link=person.open_link, **stored)
    else:
        Response.objects.filter(pk=key).update(**stored)


def _count_day(person: Respondent) -> None:
    """Counts one more today, but no ouder: nobody may follow how many of them answered, see docs/disclosure.md."""
    if person.level == OUDERS:
        return
    round_id, day = person.round.pk, timezone.localdate()
    today = DailyCount.objects.filter(round_id=round_id, day=day)
    if not today.update(submitted=F("submitted") + 1):
        DailyCount.objects.get_or_create(round_id=round_id, day=day)
        today.update(submitted=F("submitted") + 1)


def _uncount_day(round_id: UUID) -> None:
    """Takes one off the last day that has any: nobody keeps on which day it was sent."""
    counted = DailyCount.objects.filter(round_id=round_id, submitted__gt=0).order_by("-day")[:1]
    DailyCount.objects.filter(pk__in=counted.values("pk")).update(submitted=F("submitted") - 1)
