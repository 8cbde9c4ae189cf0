"""Counts how long filling in takes, over all rounds together. Knows no round and no person."""

from django.db import models
from django.db.models import Q

LONGEST = 60  # minutes; whoever took longer did something else in between


class Duration(models.Model):
    """Counts how many people answered every statement of a version in so many minutes.

    It does not say in which round or on which day: beside `DailyCount` it says of a person only that somebody took so
    long. It is written apart from the answers, which are saved even where the count fails.
    """

    instrument_version = models.ForeignKey("factors.InstrumentVersion", models.CASCADE, related_name="+")
    by_ouders = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["minutes"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument_version", "by_ouders", "minutes"], name="a_duration_is_counted_once_a_version"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, LONGEST)), name="a_duration_is_between_a_minute_and_an_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min: {self.people}"
