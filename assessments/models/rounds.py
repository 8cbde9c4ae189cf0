"""Keeps a survey round in a network, from concept to archive. Knows no answers."""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from assessments.models.networks import Network, Partner, Role, Sector
from assessments.models.publications import Publication, ReaderGroup
from assessments.results.document import FORMAT
from assessments.rules import keeping, workflow
from assessments.rules.minimum import DEFAULT_MINIMUM, LEAST_MINIMUM
from assessments.rules.workflow import Work
from factors.instrument import Instrument
from samenwerking.accounts.models import User

WARNED = timedelta(days=30)  # before the list of a concept goes


class Level(models.TextChoices):
    UITVOEREND = "uitvoerend", "uitvoerend"
    MANAGEMENT = "management", "management"
    BESTUUR = "bestuur", "bestuur"


class Perspective(models.TextChoices):
    """Lists who can answer: the three levels, and the ouders en jongeren whose scores stay apart from theirs."""

    UITVOEREND = "uitvoerend", "uitvoerend"
    MANAGEMENT = "management", "management"
    BESTUUR = "bestuur", "bestuur"
    OUDERS = "ouders", "ouders en jongeren"


class State(models.TextChoices):
    CONCEPT = workflow.CONCEPT, "concept"
    OPEN = workflow.OPEN, "open"
    CLOSED = workflow.CLOSED, "gesloten"
    PUBLISHED = workflow.PUBLISHED, "gepubliceerd"
    ARCHIVED = workflow.ARCHIVED, "gearchiveerd"


class ShownBy(models.TextChoices):
    """Lists of which parts of a network a round shows results, beside the levels: of one kind, never of both."""

    PARTNER = "partner", "per partner"
    SECTOR = "sector", "per sector"


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        return self.filter(state=State.OPEN)

    def with_instrument(self) -> "RoundQuerySet":
        """Reads the network and the instrument's version too, but not its document: see InstrumentVersionManager."""
        return self.select_related("network", "instrument_version").defer("instrument_version__document")

    def allowing(self, work: Work) -> "RoundQuerySet":
        """Returns those in a state in which this work is done."""
        return self.filter(state__in=work.states)

    def frozen(self) -> "RoundQuerySet":
        """Returns those with frozen results: closed, whether they were published or not."""
        return self.filter(frozen__isnull=False)

    def readable(self) -> "RoundQuerySet":
        """Returns those with results in the form that this version of the site knows."""
        first = Q(frozen__document__format=None, frozen__document__has_key="order")  # before forms had numbers
        return self.filter(Q(frozen__document__format=FORMAT) | first)

    def published(self) -> "RoundQuerySet":
        """Returns those that were published to anybody: for what reads all, such as the commands on the server."""
        return self.allowing(Work.READING)

    def published_to(self, readers: str) -> "RoundQuerySet":
        return self.published().filter(pk__in=Publication.objects.filter(readers=readers).values("round"))

    def for_coordinator(self, user: User) -> "RoundQuerySet":
        """Returns the closed rounds of the networks that `user` runs, also before they are published."""
        return self.frozen().filter(network__in=Network.objects.for_role(user, Role.COORDINATOR))

    def for_reader(self, user: User) -> "RoundQuerySet":
        """Returns what was published to the meelezers of the networks in which `user` is one."""
        return self.published_to(ReaderGroup.READERS).filter(network__in=Network.objects.for_role(user, Role.READER))

    def for_research(self, user: User) -> "RoundQuerySet":
        """Returns what was published to onderzoekers in the networks that granted it to `user`.

        An onderzoeker whom the beheerder appointed also gets those that take part in research.
        """
        visible = Q(network__in=Network.objects.for_role(user, Role.RESEARCHER))
        if user.is_researcher:
            visible |= Q(in_research=True, left_research_at=None)
        return self.published_to(ReaderGroup.RESEARCHERS).filter(visible)


class Round(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="rounds", verbose_name="netwerk")
    name = models.CharField("naam", max_length=200)
    instrument_version = models.ForeignKey(
        "factors.InstrumentVersion", models.PROTECT, related_name="rounds", verbose_name="instrument"
    )
    state = models.CharField("staat", max_length=20, choices=State, default=State.CONCEPT)
    minimum = models.PositiveSmallIntegerField(
        "kleinste groep",
        default=DEFAULT_MINIMUM,
        help_text="Van een groep met minder antwoorden ziet niemand een score. Ligt vast zodra de ronde opent.",
    )
    shown_by = models.CharField("uitkomsten", max_length=20, choices=ShownBy, default=ShownBy.PARTNER)
    closes_on = models.DateField("sluit op", null=True, blank=True, help_text="De laatste dag om in te vullen.")
    contact_name = models.CharField("afzender", max_length=100, blank=True)
    contact_email = models.EmailField("antwoordadres", blank=True)
    invitation_subject = models.CharField("onderwerp van de uitnodiging", max_length=120, blank=True)
    invitation_text = models.TextField("tekst van de uitnodiging", max_length=4000, blank=True)
    reminder_text = models.TextField("tekst van de herinnering", max_length=4000, blank=True)
    reminders = models.PositiveSmallIntegerField("aantal herinneringen", default=2)
    in_research = models.BooleanField("doet mee aan onderzoek", default=False, db_default=False)
    invites_at = models.DateTimeField("uitnodigen op", null=True, blank=True)  # None: as soon as it is open
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_rounds", verbose_name="vorige ronde"
    )
    created_at = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    # When somebody last changed it or its list, as long as it is a concept.
    touched_at = models.DateTimeField("bewerkt op", default=timezone.now, db_default=Now(), editable=False)
    opened_at = models.DateTimeField("geopend op", null=True, editable=False)
    closed_at = models.DateTimeField("gesloten op", null=True, editable=False)
    left_research_at = models.DateTimeField("stopte met onderzoek op", null=True, editable=False)
    # What `assessments.national.reference` wrote when the coördinator asked for it; {} where nobody did.
    reference = models.JSONField(default=dict, editable=False)
    addresses_erased_at = models.DateTimeField("adressen gewist op", null=True, editable=False)
    # The last day, where the coördinator keeps them longer than the network does; None where she did not choose.
    texts_until = models.DateField("open antwoorden bewaren tot en met", null=True, blank=True)
    results_until = models.DateField("uitkomsten bewaren tot en met", null=True, blank=True)
    texts_erased_at = models.DateTimeField("open antwoorden gewist op", null=True, editable=False)
    looked_back_at = models.DateTimeField("gevraagd om terug te kijken op", null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=LEAST_MINIMUM), name="a_minimum_group_is_at_least_three"),
            models.CheckConstraint(condition=Q(reminders__lte=3), name="a_participant_is_reminded_three_times_at_most"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_state_is_a_known_state"),
            models.CheckConstraint(condition=Q(shown_by__in=ShownBy.values), name="a_round_shows_partners_or_sectors"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(closes_on__isnull=False), name="an_open_round_has_a_last_day"
            ),
            models.UniqueConstraint(
                fields=["network"], condition=Q(state="open"), name="a_network_has_one_open_round_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="concept") | Q(opened_at__isnull=False), name="a_round_past_concept_was_opened"
            ),
            models.CheckConstraint(
                condition=Q(left_research_at__isnull=True) | Q(in_research=True),
                name="only_a_round_in_research_leaves_it",
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(previous=F("id")), name="a_round_does_not_follow_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.name}"

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and round this is, also once it is gone."""
        return {"network": str(self.network_id), "round": str(self.pk)}

    @property
    def instrument(self) -> Instrument:
        return self.instrument_version.instrument

    @property
    def ouders_minimum(self) -> int:
        """Returns the size of the smallest group of ouders of whom something is shown."""
        return self.instrument.ouders.minimum_in(self.minimum)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def invites_later(self) -> bool:
        """Tells whether the invitations wait for their moment; until then nobody can be reminded either."""
        return self.invites_at is not None and self.invites_at > timezone.now()

    def allows(self, work: Work) -> bool:
        """Tells whether its state is one in which this work is done."""
        return self.state in work.states

    @property
    def can_be_discarded(self) -> bool:
        return self.allows(Work.DISCARDING)

    @property
    def is_frozen(self) -> bool:
        """Tells whether it has frozen results; asks the database where they were not read with it."""
        return hasattr(self, "frozen")

    @property
    def has_meeting(self) -> bool:
        """Tells whether a conversation was planned; asks the database where that was not read with it."""
        return hasattr(self, "meeting")

    @property
    def is_published(self) -> bool:
        """Tells whether its report may be read by others than the coördinator."""
        return self.allows(Work.READING)

    @property
    def readers(self) -> frozenset[str]:
        """Returns the groups that it was published to."""
        return frozenset(row.readers for row in self.publications.all()) if self.is_published else frozenset()

    @property
    def takes_part_in_research(self) -> bool:
        """Tells whether its people were told so before they answered, and its coördinator did not end it since."""
        return self.in_research and self.left_research_at is None

    @property
    def possible_readers(self) -> tuple[ReaderGroup, ...]:
        """Returns the groups that it may be published to: onderzoekers only where it takes part in research."""
        return tuple(group for group in ReaderGroup if group != ReaderGroup.RESEARCHERS or self.takes_part_in_research)

    def is_published_to(self, readers: str) -> bool:
        return readers in self.readers

    @property
    def is_followed_up(self) -> bool:
        """Tells whether the next round is archived.

        The report of that round then says for good what came of the improvements that were agreed on this one's.
        """
        return self.next_rounds.filter(state=State.ARCHIVED).exists()

    @property
    def participants_wait(self) -> bool:
        """Tells whether its participants were not told of the results yet, and can still be mailed."""
        can_be_mailed = not self.addresses_erased_at and not self.network.is_constructed
        return can_be_mailed and self.allows(Work.PUBLISHING) and not self.is_published_to(ReaderGroup.PARTICIPANTS)

    @property
    def addresses_go_on(self) -> date | None:
        """Returns the day on which addresses, names and job titles are erased, at the latest; None until it is closed.

        No mail can go out from that day on.
        """
        return self._addresses_go(self._told_on)

    @property
    def addresses_would_go_on(self) -> date | None:
        """Returns that day for a closed round that is published to its participants today."""
        return self._addresses_go(self._told_on or timezone.localdate())

    @property
    def keeps_addresses(self) -> bool:
        """Tells whether it is closed and its participants can still be mailed."""
        return self.allows(Work.ERASING_ADDRESSES) and not self.addresses_erased_at

    @property
    def _told_on(self) -> date | None:
        """Returns the day on which it was published to its participants."""
        rows = [row for row in self.publications.all() if row.readers == ReaderGroup.PARTICIPANTS]
        return timezone.localdate(rows[0].published_at) if rows else None

    def _addresses_go(self, told_on: date | None) -> date | None:
        return keeping.addresses_go(timezone.localdate(self.closed_at), told_on) if self.closed_at else None

    @property
    def list_goes_on(self) -> date | None:
        """Returns the day on which the people in a concept are erased, if nobody works on it before."""
        if self.state != State.CONCEPT:
            return None
        return keeping.list_goes(timezone.localdate(self.touched_at), self.network.days_of_lists)

    @property
    def list_goes_soon(self) -> bool:
        day = self.list_goes_on
        warned = min(WARNED, timedelta(days=self.network.days_of_lists // 2))
        return day is not None and day - warned <= timezone.localdate()

    @property
    def list_is_gone(self) -> bool:
        """Tells whether the day has passed on which the people in a concept were erased."""
        day = self.list_goes_on
        return day is not None and day <= timezone.localdate()


class PlaceInSector(models.Model):
    """Is the sector of a partner in a round that shows sectors: that of its kind when the round opened, for good."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="places_in_sectors", verbose_name="ronde")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="+", verbose_name="partner")
    sector = models.CharField("sector", max_length=20, choices=Sector)

    class Meta:
        verbose_name = "plaats in een sector"
        verbose_name_plural = "plaatsen in sectoren"
        constraints = [
            models.UniqueConstraint(fields=["round", "partner"], name="a_partner_is_in_one_sector_of_a_round"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="a_place_is_in_a_known_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_sector_display()}"
