"""Keeps to which groups of readers a round was published, and since when. A group without a row sees nothing of it."""

from django.db import models
from django.utils import timezone


class ReaderGroup(models.TextChoices):
    """Lists who can be published to, each at its own moment. The coördinator reads from closing on."""

    PARTICIPANTS = "deelnemers", "deelnemers"
    READERS = "meelezers", "meelezers"
    RESEARCHERS = "onderzoekers", "onderzoekers"


class Publication(models.Model):
    round = models.ForeignKey("assessments.Round", models.CASCADE, related_name="publications", verbose_name="ronde")
    readers = models.CharField("voor wie", max_length=20, choices=ReaderGroup)
    published_at = models.DateTimeField("gepubliceerd op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["published_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "readers"], name="a_round_is_published_once_to_each_group"),
            models.CheckConstraint(
                condition=models.Q(readers__in=ReaderGroup.values), name="a_group_of_readers_is_a_known_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, voor {self.get_readers_display()}"

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and round this is, also once it is gone."""
        return self.round.get_additional_data()
