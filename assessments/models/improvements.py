"""Keeps what partners agree to improve after they talked about a report, and what came of it. Names no person."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from assessments.models.rounds import Round


class Outcome(models.TextChoices):
    DONE = "gedaan", "gedaan"
    UNDER_WAY = "loopt", "loopt nog"
    CHANGED = "anders", "anders gedaan dan afgesproken"
    DROPPED = "niet", "niet gedaan"


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def untold(self) -> "ImprovementQuerySet":
        """Returns those of which nobody noted what came of them."""
        return self.filter(outcome="")

    def to_nudge_on(self, day: date) -> "ImprovementQuerySet":
        """Returns the untold ones whose day has come, unless coördinators were mailed of that day already."""
        return self.untold().filter(due_on__lte=day).exclude(nudged_for=F("due_on"))


class Improvement(models.Model):
    """Is agreed on the report of `round`; the report of the round after it tells its `outcome`."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="improvements", verbose_name="ronde")
    what = models.CharField("wat", max_length=300)
    who = models.CharField("wie", max_length=200, blank=True)
    due_on = models.DateField("klaar op", null=True, blank=True)
    factor = models.CharField("factor", max_length=60, blank=True)  # its key in the round's instrument
    outcome = models.CharField("uitkomst", max_length=20, choices=Outcome, blank=True)
    remark = models.CharField("toelichting", max_length=300, blank=True)
    nudged_for = models.DateField(null=True, editable=False)  # the `due_on` of which coördinators were mailed

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = "verbeteractie"
        verbose_name_plural = "verbeteracties"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_improvement_says_what"),
            models.CheckConstraint(
                condition=Q(outcome__in=[*Outcome.values, ""]), name="an_outcome_is_known_or_not_told_yet"
            ),
        ]

    def __str__(self) -> str:
        return self.what
