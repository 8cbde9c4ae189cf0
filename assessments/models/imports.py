"""Keeps a list of participants that was read but not added yet, for the preview; erased once used or after a day.

Knows nothing of how a file is read: `imports` does.
"""

from datetime import timedelta

from django.db import models

from assessments.models.rounds import Round

KEEP = timedelta(days=1)


class ParticipantFile(models.Model):
    """Holds a file, its rows as text, and what the coördinator said of how to read it and of its rows."""

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="participant_file")
    name = models.CharField(max_length=200)
    content = models.BinaryField(default=b"")  # to read another sheet of it, or in other signs; empty where pasted
    reading = models.JSONField(default=dict)  # which sheet, and in which signs
    facts = models.JSONField(default=dict)  # what there is to say of it, such as what was not read
    rows = models.JSONField()
    columns = models.JSONField(default=dict)
    header = models.IntegerField(default=0)  # the place of the names of columns in `rows`; -1 where there are none
    partners = models.JSONField(default=dict)
    mended = models.JSONField(default=dict)  # rows that were edited or skipped, and what holds for all of them
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "deelnemersbestand"
        verbose_name_plural = "deelnemersbestanden"

    def __str__(self) -> str:
        return self.name
