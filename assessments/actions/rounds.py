"""Taking a round from one state to the next. Closing is final: it freezes the results and cuts every tie to people."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments import workflow
from assessments.actions.locks import own_round
from assessments.actions.mail import queue_invitations, queue_results
from assessments.disclosure.open_answers import levels_to_name
from assessments.disclosure.publish import DEFAULT_MINIMUM
from assessments.keys import new_round_secret
from assessments.models import FrozenResults, Message, MessageState, OpenAnswer, Participant, Response, Round, State
from assessments.models.mail import TO_THE_UNFINISHED
from assessments.report.tasks import make_reports
from assessments.results import checksum, results, to_json
from factors.instrument import OUDERS


class Step(Protocol):
    """An action that takes a round to its next state. Raises NotAllowed where it is in another one."""

    def __call__(self, *, round_id: UUID) -> Round: ...


@transaction.atomic
def open_round(*, round_id: UUID) -> Round:
    """Opens a round: from now on its minimum and its instrument are fixed, and links lead to the questions.

    Raises NotAllowed where it is no concept any more.
    """
    round = _owned(round_id, to=State.OPEN)
    round.state, round.secret, round.opened_at = State.OPEN, new_round_secret(), timezone.now()
    round.save(update_fields=["state", "secret", "opened_at"])
    queue_invitations(round_id=round.pk)
    return round


@transaction.atomic
def extend_round(*, round_id: UUID, closes_on: date) -> Round:
    """Changes the last day of an open round. Raises NotAllowed where it is not open."""
    own_round(round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    if round.state != State.OPEN:
        raise workflow.NotAllowed("Alleen een open ronde kan langer of korter open zijn.")
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    return round


@transaction.atomic
def close_round(*, round_id: UUID) -> Round:
    """Freezes the results of an open round and erases what ties an answer to a person. Can't be undone.

    In one transaction: answers that were not submitted are erased, the results are computed and frozen, open
    answers are cut loose from their responses, responses get new random keys and lose their partner where a
    partner's level has fewer than the minimum, and the round's secret is erased. Raises NotAllowed.
    """
    round = _owned(round_id, to=State.CLOSED)
    round.responses.filter(is_submitted=False).delete()
    _freeze(round)
    responses = list(round.responses.all())
    _cut_loose_open_answers(round, responses)
    _write_again(round, responses)
    round.state, round.secret, round.closed_at = State.CLOSED, None, timezone.now()
    round.save(update_fields=["state", "secret", "closed_at"])
    _forget_who_was_late(round)
    return round


@transaction.atomic
def publish_round(*, round_id: UUID) -> Round:
    """Lets participants and researchers read the reports of a closed round. Raises NotAllowed."""
    round = _owned(round_id, to=State.PUBLISHED)
    round.state, round.published_at = State.PUBLISHED, timezone.now()
    round.save(update_fields=["state", "published_at"])
    queue_results(round_id=round.pk)
    make_reports.enqueue(str(round.pk))
    return round


@transaction.atomic
def archive_round(*, round_id: UUID) -> Round:
    """Takes a published round out of the daily lists; its reports stay. Raises NotAllowed."""
    round = _owned(round_id, to=State.ARCHIVED)
    round.state = State.ARCHIVED
    round.save(update_fields=["state"])
    return round


def _owned(round_id: UUID, to: str) -> Round:
    own_round(round_id)
    round = Round.objects.select_related("network", "instrument_version").get(pk=round_id)
    workflow.check(round.state, to)
    return round


def _forget_who_was_late(round: Round) -> None:
    """Reminders went to those who had not finished; and nobody is invited to a closed round any more."""
    late = Q(kind__in=TO_THE_UNFINISHED) | Q(state=MessageState.QUEUED)
    Message.objects.of_round(round).filter(late).delete()


def _freeze(round: Round) -> None:
    from assessments.cells import count  # pandas takes a second to load; only closing needs it
    from assessments.scores.scoring import score

    instrument = round.instrument
    invited = Participant.objects.filter(round=round).invited_by_cell()
    found = results(score(count(round), instrument), instrument, minimum=round.minimum, invited=invited)
    document = to_json(found, instrument)
    FrozenResults.objects.create(round=round, document=document, checksum=checksum(document))


def _cut_loose_open_answers(round: Round, responses: Iterable[Response]) -> None:
    """What was written, apart from who wrote it, in the order of random keys.

    The ouders' texts are theirs alone: from the minimum they are kept under their name, below it not at all.
    """
    texts = [(question, r.level, text) for r in responses for question, text in r.texts.items()]
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for question, level, _ in texts:
        given[question][level] += 1
    loose = []
    for question, level, text in texts:
        of_levels = {key: count for key, count in given[question].items() if key != OUDERS}
        named = levels_to_name(of_levels, round.minimum)
        if given[question][OUDERS] >= max(round.minimum, DEFAULT_MINIMUM):
            named |= {OUDERS}
        if level != OUDERS or level in named:
            named_level = level if level in named else ""
            loose.append(OpenAnswer(round=round, question=question, level=named_level, text=text))
    OpenAnswer.objects.bulk_create(sorted(loose, key=lambda answer: answer.pk))


def _write_again(round: Round, responses: list[Response]) -> None:
    """Every response anew under a random key, in the order of those keys, so that no order or key is left."""
    people = Counter((r.partner_id, r.level) for r in responses)
    anew = [
        Response(
            key=uuid.uuid4(),
            round=round,
            partner_id=r.partner_id if people[r.partner_id, r.level] >= round.minimum else None,
            level=r.level,
            answers=r.answers,
            is_submitted=True,
        )
        for r in responses
    ]
    round.responses.all().delete()
    Response.objects.bulk_create(sorted(anew, key=lambda r: r.key), batch_size=2000)
