"""Keeps links by which somebody without an account reads one report until a day. Knows no person and no address."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assessments.models.publications import ReaderGroup
from assessments.models.rounds import Round

USUAL_TERM, LONGEST_TERM = timedelta(days=30), timedelta(days=180)


class ReportLinkQuerySet(models.QuerySet["ReportLink"]):
    def open_on(self, day: date) -> "ReportLinkQuerySet":
        """Returns those that lead to their report on this day: it is their last one at most."""
        readable = Round.objects.frozen().published_to(ReaderGroup.READERS)
        return self.filter(ends_on__gte=day, round__in=readable)

    def not_used_on(self, day: date) -> "ReportLinkQuerySet":
        return self.filter(Q(last_used_on__isnull=True) | ~Q(last_used_on=day))


class ReportLink(models.Model):
    """Leads to the report of one `subject` of a round, and to nothing else; withdrawing it removes the row.

    Its address follows from the id and a secret and is stored nowhere, like that of a personal link. Of its use it
    keeps days, so that the coördinator sees whether it is needed: no time, no address and no number of visits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="report_links", verbose_name="ronde")
    subject = models.CharField("rapport", max_length=120)
    audience = models.CharField("voor wie", max_length=60)
    made_on = models.DateField("gemaakt op", default=timezone.localdate, editable=False)
    ends_on = models.DateField("werkt tot en met")
    last_used_on = models.DateField("laatst gebruikt op", null=True, editable=False)
    days_used = models.PositiveSmallIntegerField("gebruikt op zo veel dagen", default=0, editable=False)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "leeslink"
        verbose_name_plural = "leeslinks"
        ordering = ["-ends_on", "id"]  # those that ended last
        constraints = [
            models.CheckConstraint(condition=~Q(audience=""), name="a_report_link_says_for_whom"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("made_on")), name="a_report_link_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.subject}"  # not for whom: the audit trail would keep a name that is taken away

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and round this is, also once it is gone."""
        return self.round.get_additional_data()

    @property
    def has_ended(self) -> bool:
        return self.ends_on < timezone.localdate()
