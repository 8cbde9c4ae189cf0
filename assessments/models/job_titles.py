"""Keeps at which level a job title stands in a network, as its coördinator said. Names titles, never people."""

from django.db import models

from assessments.models.networks import Network
from assessments.models.rounds import Level


class JobTitleLevel(models.Model):
    """Goes before what is usual (`imports.job_titles`), and is asked for where nothing is usual."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="job_title_levels", verbose_name="netwerk")
    job_title = models.CharField("functie", max_length=100)
    simple_form = models.CharField(max_length=400, editable=False)  # without capitals, accents and signs
    level = models.CharField("niveau", max_length=20, choices=Level)

    class Meta:
        verbose_name = "niveau van een functie"
        verbose_name_plural = "niveaus van functies"
        ordering = ["simple_form"]
        constraints = [
            models.UniqueConstraint(fields=["network", "simple_form"], name="a_job_title_has_one_level_in_a_network"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="a_job_title_is_at_a_known_level"),
            models.CheckConstraint(condition=~models.Q(simple_form=""), name="a_job_title_has_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.job_title}: {self.level}"
