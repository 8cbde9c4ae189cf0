"""Keeps what a coördinator last wrote to the contact of a partner while a round is open. Knows no response."""

from django.db import models

from assessments.models.networks import Partner
from assessments.models.rounds import Round


class PartnerMessage(models.Model):
    """Is the last message to a partner's contact. What it says of the response is read when it is sent."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="partner_messages", verbose_name="ronde")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="messages", verbose_name="partner")
    words = models.TextField("eigen tekst", max_length=1000, blank=True)

    class Meta:
        verbose_name = "bericht aan een partner"
        verbose_name_plural = "berichten aan partners"
        constraints = [
            models.UniqueConstraint(fields=["round", "partner"], name="a_partner_has_one_message_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"bericht aan {self.partner}"
