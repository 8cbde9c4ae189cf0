"""Keeps which rounds enter releases together, and each release as it was given out: frozen, with a checksum."""

from collections.abc import Iterator
from datetime import date

from django.db import models
from django.utils import timezone

from assessments.models.rounds import Round


class Intake(models.Model):
    """Is a group of rounds, of six networks or more, that are in a release together or not at all.

    `made_up_for` is how many of those who left it were made up for, by six networks that joined it since. One that
    `is_past` is in no later release: one that this database forgot may have told of it.
    """

    number = models.PositiveIntegerField("nummer")
    is_constructed = models.BooleanField("voorbeeld", default=False)
    made_up_for = models.PositiveIntegerField(default=0, editable=False)
    is_past = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = "lichting"
        verbose_name_plural = "lichtingen"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["number", "is_constructed"], name="an_intake_has_a_number_of_its_own"),
        ]

    def __str__(self) -> str:
        return f"lichting {self.number}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def present(self) -> "EntryQuerySet":
        """Returns those whose round is still there and still takes part in research."""
        return self.filter(round__isnull=False, round__left_research_at=None)


class Entry(models.Model):
    """Is a round in its intake, for good: what was told of it once counts in what may be told later.

    `network` is the id that its network had, also once that is gone; `place` counts the rounds of the network that
    entered. `traits` are what the network said of itself as the round entered, by filter: a list of values each.
    """

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="entries", verbose_name="lichting")
    round = models.OneToOneField(Round, models.SET_NULL, null=True, related_name="entry", verbose_name="ronde")
    network = models.UUIDField("netwerk", editable=False)
    place = models.PositiveSmallIntegerField("hoeveelste van het netwerk", editable=False)
    traits = models.JSONField(default=dict, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde in een lichting"
        verbose_name_plural = "rondes in lichtingen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "place"], name="a_network_has_one_round_in_each_place"),
            models.UniqueConstraint(fields=["intake", "network"], name="a_network_is_in_an_intake_once"),
        ]

    def __str__(self) -> str:
        return f"{self.network} in {self.intake}"


class Release(models.Model):
    """Is what was given out on one day: the rounds in it, the tables over networks, and the bundle for onderzoekers.

    `tables` has what `assessments.national.stored` writes. On its first day the first of its rounds opened, on its last
    day the last one closed; releases of before these were kept have none. Its bundle has no size until the job that
    writes it is done.
    """

    number = models.CharField("nummer", max_length=20, primary_key=True)
    is_constructed = models.BooleanField("voorbeeld", default=False)
    made_at = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    entries = models.ManyToManyField(Entry, related_name="releases", verbose_name="rondes")
    networks = models.PositiveIntegerField("netwerken")
    first_day = models.DateField("eerste dag", null=True, editable=False)
    last_day = models.DateField("laatste dag", null=True, editable=False)
    tables = models.JSONField(default=dict, editable=False)
    size = models.PositiveBigIntegerField("grootte", null=True, editable=False)
    checksum = models.CharField("controlegetal", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "uitgave"
        verbose_name_plural = "uitgaven"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"uitgave {self.number}"

    @property
    def day(self) -> date:
        return timezone.localdate(self.made_at)

    @property
    def is_ready(self) -> bool:
        return self.size is not None

    def read_bundle(self) -> Iterator[bytes]:
        """Yields the bundle part by part, in order: of a whole country it is some twenty MB."""
        for place in self.parts.order_by("place").values_list("place", flat=True):
            yield bytes(self.parts.values_list("content", flat=True).get(place=place))


class ForgottenTime(models.Model):
    """Is the time between a backup and its being put back, in which a release may have been made that is not here.

    `had_release` is what a beheerder says of it, and None as long as nobody said so.
    """

    since = models.DateTimeField("van", editable=False)
    until = models.DateTimeField("tot", editable=False)
    had_release = models.BooleanField("er was een uitgave", null=True, editable=False)

    class Meta:
        verbose_name = "tijd die de database vergat"
        verbose_name_plural = "tijden die de database vergat"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"van {self.since} tot {self.until}"


class BundlePart(models.Model):
    """Is a piece of the bundle of a release, of a MB at most: no process needs the whole of it in memory."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="parts", verbose_name="uitgave")
    place = models.PositiveIntegerField("plaats")
    content = models.BinaryField("inhoud", editable=False)

    class Meta:
        verbose_name = "deel van een uitgave"
        verbose_name_plural = "delen van een uitgave"
        constraints = [
            models.UniqueConstraint(fields=["release", "place"], name="a_bundle_has_one_part_in_each_place"),
        ]

    def __str__(self) -> str:
        return f"deel {self.place} van {self.release_id}"
