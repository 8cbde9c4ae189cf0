"""Keeps a link for a group whose addresses nobody knows. Whoever comes in by it has no row of their own."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from assessments.models.networks import Partner
from assessments.models.participants import Participant
from assessments.models.rounds import Perspective, Round
from assessments.rules.codes import LENGTH


class OpenLink(models.Model):
    """Is one link for everybody of a partner at a level, or for all ouders; at most `cap` people can answer by it.

    Its address follows from the id and a secret and is stored nowhere, like that of a personal link. A browser that
    starts gets a random id of its own in a cookie; the response's key is a keyed hash of that id.

    The link of ouders also has a `code` to type, drawn at random: it hangs on a poster, as the link itself does. A link
    that was withdrawn lets nobody new in; what came by it before counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="open_links", verbose_name="ronde")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partner"
    )
    level = models.CharField("niveau", max_length=20, choices=Perspective)
    cap = models.PositiveSmallIntegerField(
        "hoogste aantal",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
        help_text="Zo veel mensen kunnen deze link hoogstens gebruiken.",
    )
    code = models.CharField("code", max_length=LENGTH, blank=True, default="", db_default="", editable=False)
    is_withdrawn = models.BooleanField("ingetrokken", default=False, db_default=False)

    class Meta:
        verbose_name = "open link"
        verbose_name_plural = "open links"
        ordering = ["level", "partner__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "partner", "level"], name="a_group_has_one_open_link_a_round"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(level="ouders"), name="ouders_have_one_open_link_a_round"
            ),
            models.CheckConstraint(condition=Q(level__in=Perspective.values), name="an_open_link_is_for_a_known_level"),
            models.CheckConstraint(
                condition=Q(level="ouders", partner__isnull=True) | (~Q(level="ouders") & Q(partner__isnull=False)),
                name="only_the_open_link_of_ouders_has_no_partner",
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="a_code_leads_to_one_open_link"),
            models.CheckConstraint(
                condition=Q(code="") | Q(level="ouders"), name="only_the_open_link_of_ouders_has_a_code"
            ),
            models.CheckConstraint(condition=Q(cap__gte=1), name="an_open_link_lets_somebody_in"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.get_level_display()}" if self.partner else self.get_level_display()

    @property
    def is_shut(self) -> bool:
        """Tells whether it lets nobody new in: it was withdrawn, or as many people answered by it as may."""
        return self.is_withdrawn or self.responses.count() >= self.cap


def partners_in(round: Round) -> models.QuerySet[Partner]:
    """Returns the partners of whom somebody has a personal link in a round, or an open one."""
    own = {"round": round, "partner": models.OuterRef("pk")}
    takes_part = models.Exists(Participant.objects.filter(**own)) | models.Exists(OpenLink.objects.filter(**own))
    return Partner.objects.filter(takes_part, network=round.network_id)
