"""Keeps when each process that works in the background was last there. Knows no job and no round."""

from django.db import models


class Heartbeat(models.Model):
    """Is the last sign of life of a worker, or of `manage.py due`; `failures` counts what went wrong that time."""

    class Kind(models.TextChoices):
        WORKER = "worker"
        DUE = "due"

    name = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    seen_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "teken van leven"
        verbose_name_plural = "tekens van leven"

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
