"""Keeps a network, its partners, and who has which role in it. Knows no round."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from assessments.rules.keeping import LIST_DAYS, UNTOUCHED
from samenwerking.accounts.models import User


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "coördinator"
    READER = "reader", "meelezer"
    RESEARCHER = "researcher", "onderzoeker"


class Scope(models.TextChoices):
    WIJK = "wijk", "een wijk of dorp"
    GEMEENTE = "gemeente", "een gemeente"
    REGIO = "regio", "een regio"


class Inhabitants(models.TextChoices):
    """Lists the classes that Statistics Netherlands uses for municipalities, taken together in five."""

    TO_20 = "tot_20000", "minder dan 20.000"
    TO_50 = "tot_50000", "20.000 tot 50.000"
    TO_100 = "tot_100000", "50.000 tot 100.000"
    TO_250 = "tot_250000", "100.000 tot 250.000"
    OVER_250 = "vanaf_250000", "250.000 of meer"


class TeamTargetGroup(models.TextChoices):
    JEUGD = "jeugd", "jeugd en gezin"
    IEDEREEN = "iedereen", "alle leeftijden"
    GEEN = "geen", "er is geen wijkteam"


class CollaborationForm(models.TextChoices):
    """Lists the three forms of collaboration between school and jeugdhulp that source 003 tells apart."""

    VINDEN = "vinden", "partners vinden elkaar als dat nodig is"
    OP_SCHOOL = "op_school", "jeugdhulp wordt op school gegeven"
    SAMEN = "samen", "onderwijs en jeugdhulp werken als één organisatie"


class SchoolRegion(models.TextChoices):
    """Lists the three regions over which the ministry spreads the school holidays."""

    NOORD = "Noord", "Noord"
    MIDDEN = "Midden", "Midden"
    ZUID = "Zuid", "Zuid"


class NetworkQuerySet(models.QuerySet["Network"]):
    def for_role(self, user: User, *roles: str) -> "NetworkQuerySet":
        """Returns the networks in which `user` has one of `roles`."""
        return self.filter(pk__in=Membership.objects.filter(user=user, role__in=roles).values("network"))

    def give_salts(self) -> None:
        """Gives those that have none a salt of their own, for good: what a code was made with stays."""
        for pk in list(self.filter(partner_salt=None).values_list("pk", flat=True)):
            Network.objects.filter(pk=pk, partner_salt=None).update(partner_salt=uuid.uuid4())


class Network(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=200)
    municipalities = models.CharField("gemeente(n)", max_length=300, blank=True)
    description = models.TextField("omschrijving", blank=True)
    scope = models.CharField("omvang", max_length=20, choices=Scope, blank=True)
    inhabitants = models.CharField("aantal inwoners", max_length=20, choices=Inhabitants, blank=True)
    team_target_group = models.CharField(
        "voor wie het wijkteam werkt", max_length=20, choices=TeamTargetGroup, blank=True
    )
    has_jgz_in_team = models.BooleanField("jeugdgezondheidszorg in het wijkteam", null=True, blank=True)
    collaboration_form = models.CharField("vorm van samenwerking", max_length=20, choices=CollaborationForm, blank=True)
    school_region = models.CharField(
        "regio van de schoolvakanties", max_length=10, choices=SchoolRegion, blank=True, default="", db_default=""
    )
    is_constructed = models.BooleanField(
        "voorbeeld",
        default=False,
        help_text="De antwoorden in dit netwerk zijn bedacht, niet verzameld. Elke pagina en elk rapport zegt dat.",
    )

    # How long things are kept, in months; nothing where the network leaves that to the installation.
    keeps_open_answers = models.PositiveSmallIntegerField("maanden dat open antwoorden blijven", null=True, blank=True)
    keeps_reports = models.PositiveSmallIntegerField("maanden dat uitkomsten blijven", null=True, blank=True)
    keeps_audit = models.PositiveSmallIntegerField("maanden dat het logboek blijft", null=True, blank=True)
    keeps_empty = models.PositiveSmallIntegerField(
        "maanden dat het netwerk zonder rondes blijft", null=True, blank=True
    )
    keeps_lists = models.PositiveSmallIntegerField(  # in days
        "dagen dat een lijst blijft waar niemand aan werkt",
        null=True,
        blank=True,
        choices=[(days, days) for days in LIST_DAYS],
    )
    # What the codes of its partners in releases are made with; none before it is in one, or in a file.
    partner_salt = models.UUIDField(null=True, editable=False)
    # When somebody last changed it, or something in it that is no round.
    touched_at = models.DateTimeField("bewerkt op", default=timezone.now, db_default=Now(), editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = "netwerk"
        verbose_name_plural = "netwerken"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network this is, also once it is gone."""
        return {"network": str(self.pk)}

    def kept_for(self, kind: str) -> int:
        """Returns for how many months the network keeps what is of this kind in `keeping.OF_A_NETWORK`."""
        column = "keeps_empty" if kind == "empty_network" else f"keeps_{kind}"
        return settings.RETENTION[kind].within(getattr(self, column))

    @property
    def days_of_lists(self) -> int:
        """Returns how many days the list of a concept stays that nobody works on."""
        return self.keeps_lists or UNTOUCHED.days

    @property
    def context(self) -> dict[str, str]:
        """Returns what the network said of itself, by the words of CONTEXT of the instrument; only what it said."""
        said = {
            "netwerk.inwoners": self.inhabitants,
            "netwerk.wijkteam": self.team_target_group,
            "netwerk.jgz_in_team": {True: "ja", False: "nee", None: ""}[self.has_jgz_in_team],
            "netwerk.vorm": self.collaboration_form,
        }
        return {word: answer for word, answer in said.items() if answer}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def who_run(self) -> "MembershipQuerySet":
        """Returns those of coördinatoren who can sign in: without any, nobody runs the network."""
        return self.filter(role=Role.COORDINATOR, user__is_active=True)


class Membership(models.Model):
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships", verbose_name="netwerk")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="gebruiker"
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    # As whoever invited them wrote it. The name of their account is theirs to tell.
    name = models.CharField("naam", max_length=200, blank=True)
    opened_at = models.DateTimeField("voor het eerst geopend op", null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.UniqueConstraint(fields=["network", "user"], name="a_user_has_one_role_in_a_network"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_role_is_a_known_role"),
        ]

    def __str__(self) -> str:
        # Not whose name or address: the audit trail would keep it after the account.
        return f"account {self.user_id}: {self.get_role_display()} van {self.network}"

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network and account this is, also once it is gone."""
        return {"network": str(self.network_id), "account": str(self.user_id)}


class Sector(models.TextChoices):
    """Groups the kinds of partners: the tension that the studies found lies between these, not between single ones."""

    ONDERWIJS = "onderwijs", "onderwijs"
    ZORG = "zorg", "jeugdhulp en zorg"
    GEMEENTE = "gemeente", "gemeente"
    OVERIG = "overig", "overig"


class PartnerKind(models.Model):
    """Is a kind of organisation. The beheerder adds kinds and renames them; reports and data name a kind by its key."""

    # The instrument's advice speaks to these by key, so they stay. A name in a list that tells no kind is 'overig'.
    FIXED = ("school", "schoolbestuur", "samenwerkingsverband", "wijkteam", "jeugdhulp", "jgz", "gemeente", "overig")
    OTHER = "overig"

    key = models.SlugField(
        "sleutel",
        max_length=30,
        primary_key=True,
        help_text="Kort, zonder spaties. Zo heet de soort in gegevensbestanden en rapporten; dat blijft zo.",
    )
    name = models.CharField("naam", max_length=60, unique=True)
    sector = models.CharField(
        "sector",
        max_length=20,
        choices=Sector,
        default=Sector.OVERIG,
        help_text="Een ronde die al open is, houdt de sector van toen.",
    )
    place = models.PositiveSmallIntegerField("plaats in de lijst", default=75, help_text="De laagste staat bovenaan.")

    class Meta:
        verbose_name = "soort partner"
        verbose_name_plural = "soorten partners"
        ordering = ["place", "name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(key=""), name="a_kind_of_partner_has_a_key"),
            models.CheckConstraint(condition=models.Q(sector__in=Sector.values), name="a_kind_is_of_a_known_sector"),
        ]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    network = models.ForeignKey(Network, models.CASCADE, related_name="partners", verbose_name="netwerk")
    key = models.SlugField(
        "sleutel", max_length=60, help_text="Kort, zonder spaties; zo heet de partner in gegevensbestanden."
    )
    name = models.CharField("naam", max_length=200)
    kind = models.ForeignKey(
        PartnerKind, models.PROTECT, default=PartnerKind.OTHER, related_name="partners", verbose_name="soort"
    )
    local_kind = models.CharField(
        "naam van deze soort bij u",
        max_length=60,
        blank=True,
        help_text=(
            "Wat hier een buurtteam is, heet elders een jeugdteam."
            " Laat u dit leeg, dan gebruiken wij de naam van de soort."
        ),
    )
    contact_email = models.EmailField(
        "e-mailadres van de contactpersoon",
        blank=True,
        help_text=(
            "Hierheen kunt u een bericht sturen over de respons van deze partner. Het bericht noemt geen aantallen."
        ),
    )

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="a_partner_key_is_unique_in_its_network"),
            models.CheckConstraint(condition=~models.Q(key=""), name="a_partner_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, str]:
        """Tells the audit trail of which network this is, also once it is gone."""
        return {"network": str(self.network_id)}

    @property
    def kind_here(self) -> str:
        """Returns the kind as it is called in this network."""
        return self.local_kind or self.kind.name
