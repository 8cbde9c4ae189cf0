"""Keeps what was said: one row a response, sealed, with nothing beside it that leads to a person."""

import uuid

from django.db import models
from django.db.models import Q

from assessments.models.openlinks import OpenLink
from assessments.models.rounds import Perspective, Round


class ResponseQuerySet(models.QuerySet["Response"]):
    def submitted(self) -> "ResponseQuerySet":
        return self.filter(is_submitted=True)


class Response(models.Model):
    """Holds the answers of one person to an open round; a closed round has no responses.

    `key` is a keyed hash of the participant's id, or of the id that an open link gave to a browser. `sealed` has
    what was filled in, which only the round's keys can open (see `assessments.anonymity.seal`). On purpose there is no
    partner, level, job title, name, address, time or running number: the place follows once, at closing, from the
    participant whose key it is, or from `open_link`.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="responses")
    # Nobody vouches for whoever answers by an open link, so such responses don't fill a group on their own.
    open_link = models.ForeignKey(OpenLink, models.RESTRICT, null=True, related_name="responses")
    is_submitted = models.BooleanField(default=False)
    sealed = models.BinaryField()

    objects = ResponseQuerySet.as_manager()

    def __str__(self) -> str:
        return "antwoorden"


class OpenAnswerQuerySet(models.QuerySet["OpenAnswer"]):
    def unchecked(self) -> "OpenAnswerQuerySet":
        return self.filter(is_cleared=False, is_left_out=False)


class OpenAnswer(models.Model):
    """Is one open answer of a closed round, cut loose from the response it was part of.

    `level` is kept only where enough people at that level answered this question. The answer is shown once it is
    cleared, when the coördinator has looked through it for names. What she left out stays out, also when she looks
    again.
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
