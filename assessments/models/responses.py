"""What was said: one row a response, with nothing in it that leads to a person beyond partner and level."""

import uuid

from django.db import models
from django.db.models import Q

from assessments.models.networks import Partner
from assessments.models.rounds import Perspective, Round


class ResponseQuerySet(models.QuerySet["Response"]):
    def submitted(self) -> "ResponseQuerySet":
        return self.filter(is_submitted=True)


class Response(models.Model):
    """The answers of one person to a round.

    `key` is a keyed hash of the participant's id while the round is open, and random once it is closed; then the
    partner and the level are blank where fewer than the minimum answered for them. `answers`
    has a value by statement: 1 to 5, or "?" for 'weet ik niet'; what is not in it was not answered. `texts` has
    what was written by open question. No function, name, address, time or running number, on purpose.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="responses")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=20, choices=Perspective, blank=True)
    answers = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    # By the mark of a browser (random, and gone at closing) what it was the last to write: only there it is shown.
    browsers = models.JSONField(default=dict)
    is_submitted = models.BooleanField(default=False)
    # Nobody vouches for who answers by an open link, so such responses don't fill a group on their own.
    is_by_open_link = models.BooleanField(default=False)

    answered_before = 0  # of a response that was saved just now, how many statements had an answer before; not stored

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            # No level: the round is closed, and fewer than the minimum answered at that level.
            models.CheckConstraint(
                condition=Q(level__in=[*Perspective.values, ""]), name="a_response_is_at_a_known_level_or_none"
            ),
            models.CheckConstraint(
                condition=~Q(level="ouders") | Q(partner__isnull=True), name="ouders_answer_for_no_partner"
            ),
        ]

    def __str__(self) -> str:
        return "antwoorden"


class OpenAnswerQuerySet(models.QuerySet["OpenAnswer"]):
    def unchecked(self) -> "OpenAnswerQuerySet":
        return self.filter(is_cleared=False, is_left_out=False)


class OpenAnswer(models.Model):
    """One open answer of a closed round, cut loose from the response it was part of.

    `level` is kept only where enough people at that level answered this question. It is shown once it is cleared:
    the coördinator has looked through it for names. What she left out stays out, also when she looks again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="open_answers")
    question = models.CharField(max_length=60)
    level = models.CharField(max_length=20, choices=Perspective, blank=True)
    text = models.TextField("tekst")
    is_cleared = models.BooleanField("nagekeken", default=False)
    is_left_out = models.BooleanField("weggelaten", default=False)

    objects = OpenAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["question", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_cleared=True, is_left_out=True), name="an_answer_that_was_left_out_is_not_cleared"
            )
        ]

    def __str__(self) -> str:
        return self.text
