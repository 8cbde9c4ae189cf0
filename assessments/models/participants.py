"""Keeps who takes part. Has no progress and no answer: what was said is in another store, without a key to this one."""

import uuid

from django.db import models
from django.db.models import Q

from assessments.models.networks import Partner
from assessments.models.rounds import Level, Round


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def reachable(self) -> "ParticipantQuerySet":
        """Returns those who can be mailed and did not say that they do not take part."""
        return self.exclude(email="").filter(has_opted_out=False, is_wrong_person=False)

    def invited_by_cell(self) -> dict[tuple[str, str], int]:
        """Returns the number of people invited by (partner key, level)."""
        rows = self.values_list("partner__key", "level").annotate(people=models.Count("pk"))
        return {(partner, level): people for partner, level, people in rows.order_by()}


class Participant(models.Model):
    """Is one invited person. The personal link follows from the id and a secret; it is stored nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="participants", verbose_name="ronde")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="participants", verbose_name="partner")
    level = models.CharField("niveau", max_length=20, choices=Level)
    job_title = models.CharField("functie", max_length=100, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    # Only for the list and the salutation of mails; it goes with the address.
    name = models.CharField("naam", max_length=100, blank=True)
    # What the participant asked of us by the link; none of it says whether somebody answered.
    has_opted_out = models.BooleanField("doet niet mee", default=False)
    no_reminders = models.BooleanField("wil geen herinneringen", default=False)
    is_wrong_person = models.BooleanField("verkeerde persoon", default=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        ordering = ["partner__name", "level", "email", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="an_address_is_invited_once_a_round"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="a_participant_is_at_a_known_level"),
        ]
        indexes = [models.Index(fields=["round", "level"], name="people_of_a_level")]

    def __str__(self) -> str:
        return self.email or self.job_title or "deelnemer"

    @property
    def takes_part(self) -> bool:
        """Tells whether the person takes part: not once they opted out or said that we wrote to the wrong person.

        What they answered is then erased, and nothing more is saved.
        """
        return not (self.has_opted_out or self.is_wrong_person)


class DailyCount(models.Model):
    """Counts how many questionnaires came in on a day: the curve of the response, without any person's time."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="daily_counts")
    day = models.DateField()
    submitted = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["round", "day"], name="a_day_is_counted_once_a_round")]

    def __str__(self) -> str:
        return f"{self.day}: {self.submitted}"
