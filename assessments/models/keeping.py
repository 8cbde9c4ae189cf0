"""Keeps what was told of what will be erased, and receipts of what was. Names nobody and nothing."""

from django.db import models
from django.utils import timezone


class Announcement(models.Model):
    """Is the news that something of worth will be erased: since that day it can't go within a month.

    `about` is the id of a round, a network or an account. The row goes with it, or once its day was moved.
    """

    class Kind(models.TextChoices):
        TEXTS = "texts", "open antwoorden"
        RESULTS = "results", "uitkomsten en rapporten"
        NETWORK = "network", "netwerk zonder rondes"
        ACCOUNT = "account", "account"

    kind = models.CharField("wat", max_length=20, choices=Kind)
    about = models.CharField("waarvan", max_length=36)
    told_on = models.DateField("verteld op")

    class Meta:
        verbose_name = "aankondiging"
        verbose_name_plural = "aankondigingen"
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="what_will_be_erased_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["texts", "results", "network", "account"]),
                name="what_is_told_of_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.told_on}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def awaiting_files(self) -> "ReceiptQuerySet":
        """Returns those of which it is not certain yet that the files of tables hold nothing of what was erased."""
        return self.filter(wiped_at=None)

    def awaiting_log(self) -> "ReceiptQuerySet":
        """Returns those of which the files of tables are clean, and the database's own log may not be."""
        return self.filter(wiped_at__isnull=False, log_wiped_at=None)


class Receipt(models.Model):
    """Says what was erased, how many, when and under which rule; of which network, as long as somebody knows its id."""

    class Kind(models.TextChoices):
        SECRET = "secret", "geheim waarmee antwoorden van een ronde opengaan"
        ADDRESSES = "addresses", "adressen, namen en functies van deelnemers"
        LIST = "list", "deelnemers, met hun adres"
        TEXTS = "texts", "open antwoorden"
        ROUND = "round", "rondes met uitkomsten"
        PDF = "pdf", "bewaarde PDF’s"
        AGREED = "agreed", "verbeteracties"
        AUDIT = "audit", "regels in het logboek"
        NETWORK = "network", "netwerken"
        PARTNER = "partner", "partners"
        ACCESS = "access", "toegang van collega’s"
        ACCOUNT = "account", "accounts die niemand gebruikte"

    kind = models.CharField("wat", max_length=20, choices=Kind)
    count = models.PositiveIntegerField("aantal")
    network = models.UUIDField("nummer van het netwerk", null=True, db_index=True)
    rule = models.CharField("volgens welke regel", max_length=200)
    done_at = models.DateTimeField("gewist op", default=timezone.now)
    wiped_at = models.DateTimeField("uit de tabellen en hun bestanden sinds", null=True)
    log_wiped_at = models.DateTimeField("uit het logboek van de database sinds", null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "bewijs van wissen"
        verbose_name_plural = "bewijzen van wissen"
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(log_wiped_at=None) | models.Q(wiped_at__isnull=False),
                name="a_log_is_clean_after_the_tables",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.get_kind_display()}"
