"""Keeps a list of participants that was read but not added yet, for the preview; erased once used or after a day.

Knows nothing of how a file is read: `imports` does.
"""

from datetime import timedelta

from django.db import models

from assessments.models.rounds import Round

KEEP = timedelta(days=1)


class ParticipantFile(models.Model):
    """Holds the rows of a file as text, and what the coördinator said of its columns and partners."""

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="participant_file")
    name = models.CharField(max_length=200)
    rows = models.JSONField()
    columns = models.JSONField(default=dict)
    header = models.PositiveIntegerField(default=0)
    partners = models.JSONField(default=dict)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "deelnemersbestand"
        verbose_name_plural = "deelnemersbestanden"

    def __str__(self) -> str:
        return self.name
