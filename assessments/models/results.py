"""Keeps what a closed round came to: its results, frozen, and the reports made of them. Knows no answers."""

from typing import Any

from django.db import models

from assessments.models.rounds import Round
from assessments.results.document import Results, from_json, is_readable


class FrozenResults(models.Model):
    """Holds the published figures and advice as `assessments.results.document.to_json` wrote them at closing.

    `facts` are the names that the reports use, as they were then, and each partner's response: a partner that is
    renamed, or leaves, changes no report of a round that was closed before.
    """

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="frozen")
    document = models.JSONField()
    facts = models.JSONField(default=dict)
    checksum = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"

    def __str__(self) -> str:
        return f"resultaten van {self.round}"

    @property
    def is_readable(self) -> bool:
        """Tells whether this version of the site knows the form in which they were frozen."""
        return is_readable(self.document)

    @property
    def results(self) -> Results:
        """Returns the results. Raises UnknownFormat."""
        return from_json(self.document)


def names_of(round: Round) -> dict[str, Any]:
    """Returns what a round, its network and the partners are called now, to keep beside the results."""
    partners = round.network.partners.order_by("key").values("key", "name", "kind")
    return {
        "network": round.network.name,
        "municipalities": round.network.municipalities,
        "round": round.name,
        "partners": list(partners),
    }


class ReportFile(models.Model):
    """Is a report as it was made, kept in the database: one backup, one erasure, one access check.

    `subject` says whose report it is ('netwerk', a level, 'partner:<key>', 'samenvatting'), `made_from` is the
    checksum of what went into it: results, theme and report version. It is made again when that changes.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="report_files")
    subject = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100, default="application/pdf")
    made_from = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject", "media_type"], name="a_report_is_kept_once_for_each_subject_and_format"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} van {self.round}"
