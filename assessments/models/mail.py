"""Keeps what is mailed to whom: one row for each participant and message. Has no link, text, answer or progress."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assessments.models.participants import Participant
from assessments.models.rounds import Round


class MessageKind(models.TextChoices):
    INVITATION = "invitation", "uitnodiging"
    REMINDER_1 = "reminder_1", "eerste herinnering"
    REMINDER_2 = "reminder_2", "tweede herinnering"
    REMINDER_3 = "reminder_3", "derde herinnering"
    REMINDER_BY_HAND = "reminder_by_hand", "herinnering tussendoor"
    EXTENDED = "extended", "bericht over meer tijd"
    CLOSING_SOON = "closing_soon", "bericht dat de ronde bijna sluit"
    CHECK_LEVEL = "check_level", "vraag om het niveau na te kijken"
    RESULT = "result", "bericht over de uitkomsten"
    MEETING = "meeting", "bericht over het gesprek"


REMINDERS = (MessageKind.REMINDER_1, MessageKind.REMINDER_2, MessageKind.REMINDER_3)
# These have a day of their own. Of two on one day the last one here goes.
PLANNED = (*REMINDERS, MessageKind.EXTENDED, MessageKind.CLOSING_SOON)
# Only those who have not finished get these.
TO_THE_UNFINISHED = (*PLANNED, MessageKind.REMINDER_BY_HAND)
# These rows say who had finished or not, so closing erases them. Whoever has sent can be asked to look at her level.
SAYS_WHO_HAD_FINISHED = (*TO_THE_UNFINISHED, MessageKind.CHECK_LEVEL)


HELD = "hersteld"  # the fault of a message that waited in a backup: nobody knows whether it went out since


class MessageState(models.TextChoices):
    QUEUED = "queued", "in de wachtrij"
    SENT = "sent", "verstuurd"
    REFUSED = "refused", "geweigerd"
    BOUNCED = "bounced", "niet aangekomen"


class MessageQuerySet(models.QuerySet["Message"]):
    def of_round(self, round: Round) -> "MessageQuerySet":
        return self.filter(participant__round=round)

    def queued(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.QUEUED)

    def of_today(self, now: datetime) -> "MessageQuerySet":
        """Returns what went out on the day of `now`, and what waits and may go out that day too."""
        return self.filter(Q(state=MessageState.QUEUED) | Q(sent_at__date=timezone.localdate(now)))

    def to_dead_addresses(self) -> "MessageQuerySet":
        """Returns what came back, or what a mail server refused for good; not what we could not make."""
        return self.filter(Q(state=MessageState.BOUNCED) | Q(state=MessageState.REFUSED, fault__startswith="5"))

    def in_trouble(self) -> "MessageQuerySet":
        """Returns what did not go, did not arrive, or is tried again because something is wrong with it."""
        delayed = Q(state=MessageState.QUEUED) & ~Q(fault="")
        return self.filter(Q(state__in=[MessageState.REFUSED, MessageState.BOUNCED]) | delayed)


class PlannedMail(models.Model):
    """Is the day of a kind of mail in a round, where that is not the usual one. Without a day the mail is skipped."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="planned_mail", verbose_name="ronde")
    kind = models.CharField("bericht", max_length=20, choices=[(kind.value, kind.label) for kind in PLANNED])
    day = models.DateField("dag", null=True)

    class Meta:
        verbose_name = "gepland bericht"
        verbose_name_plural = "geplande berichten"
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="a_kind_of_mail_has_one_day_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.day or 'overgeslagen'}"

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and round this is, also once it is gone."""
        return self.round.get_additional_data()


class Message(models.Model):
    """Is one message to one participant. Its text and the personal link are made when it is sent.

    What changes, such as a conversation or the last day, is sent again as a next version of the same message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="messages", verbose_name="deelnemer")
    kind = models.CharField("bericht", max_length=20, choices=MessageKind)
    version = models.PositiveSmallIntegerField("versie", default=0, db_default=0)
    state = models.CharField("staat", max_length=20, choices=MessageState, default=MessageState.QUEUED)
    queued_at = models.DateTimeField("klaargezet op", auto_now_add=True)
    # A worker that takes the message writes when. If it is killed, the message is free for another after a while.
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    fault = models.CharField("fout", max_length=60, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["queued_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind"], name="a_participant_gets_each_message_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="a_sent_message_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "claimed_at"], name="messages_to_send")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_held(self) -> bool:
        """Tells whether it waits since a backup was restored, until the coördinator asks for it."""
        return self.state == MessageState.REFUSED and self.fault == HELD

    @property
    def why(self) -> str:
        """Says what is wrong: the code that the mail server answered, or the fault by which it could not be made."""
        return f"{'code' if self.fault.isdigit() else 'fout'} {self.fault}" if self.fault else ""

    @property
    def message_id(self) -> str:
        """Returns the same id at every attempt, so that a mail server can tell a repetition from a new message."""
        number = f".{self.version}" if self.version else ""
        return f"<{self.pk}{number}@{urlsplit(settings.BASE_URL).hostname}>"
