"""Keeps the conversation about a round's report: when, where, and how often that changed. Knows no answers."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assessments.models.rounds import Round


class Meeting(models.Model):
    """Is the one conversation of a round. Who is invited has a message of this kind; nobody says here who comes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(Round, models.CASCADE, related_name="meeting", verbose_name="ronde")
    day = models.DateField("dag")
    begins = models.TimeField("begint om")
    ends = models.TimeField("eindigt om")
    place = models.CharField("plaats", max_length=200)
    words = models.TextField("tekst van de uitnodiging", max_length=1000, blank=True)
    # How often it was changed or cancelled: a calendar keeps the highest of what it gets.
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)
    is_cancelled = models.BooleanField("afgezegd", default=False, editable=False)

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_meeting_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"gesprek over {self.round.name}"

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and round this is, also once it is gone."""
        return self.round.get_additional_data()

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, timezone.get_current_timezone())

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.ends, timezone.get_current_timezone())

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_planned(self) -> bool:
        """Tells whether it is still to come: then it can be changed and cancelled, and no other is planned."""
        return not (self.is_cancelled or self.is_over)

    @property
    def uid(self) -> str:
        """Returns what a calendar knows it by, the same however often it changes."""
        return f"{self.pk}@{urlsplit(settings.BASE_URL).hostname}"
