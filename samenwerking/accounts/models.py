"""Holds the people who sign in: coördinator, onderzoeker, beheerder. A participant is not a user.

Beside them it has the tokens by which their programs read, the domains whose people sign in elsewhere, and the table
in which tries to sign in are counted.
"""

from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from samenwerking.addresses import cleaned

# The columns that say what somebody may do.
RIGHTS = frozenset({"is_active", "is_staff", "is_superuser", "is_researcher", "may_make_networks"})


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Returns one spelling of an address: two accounts that differ in capitals are one person."""
        return cleaned(email or "").lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Makes an account; without a password it can only be entered by setting one by mail."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=200)
    is_active = models.BooleanField(
        "actief", default=True, help_text="Zet dit uit in plaats van een account te verwijderen."
    )
    is_staff = models.BooleanField(
        "functioneel beheerder",
        default=False,
        help_text="Mag in het beheergedeelte accounts, rollen, soorten partners en uitgaven beheren.",
    )
    is_researcher = models.BooleanField(
        "onderzoeker", default=False, help_text="Mag alle rondes lezen die meedoen aan onderzoek, en de uitgaven."
    )
    may_make_networks = models.BooleanField(
        "maakt netwerken",
        default=False,
        help_text="Mag netwerken maken, en daarin mail sturen namens deze site. Een supergebruiker mag dat altijd.",
    )
    date_joined = models.DateTimeField("sinds", default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_address_is_in_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def can_make_networks(self) -> bool:
        """Tells whether this user makes networks, and so sends mail from the address of the gemeente."""
        return self.is_superuser or self.may_make_networks

    def natural_key(self) -> tuple[str]:
        return (self.email,)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class AddressChange(models.Model):
    """Holds what an owner wants as the address of the account; once it is so, the former one, until that was told."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    former = models.EmailField("vorig adres")
    wanted = models.EmailField("nieuw adres")
    asked_at = models.DateTimeField("gevraagd", default=timezone.now)
    changed_at = models.DateTimeField("gewijzigd", null=True, blank=True)

    class Meta:
        verbose_name = "ander adres"
        verbose_name_plural = "andere adressen"

    def __str__(self) -> str:
        return f"een ander adres voor account {self.user_id}"


class Reads(models.TextChoices):
    """Lists what a token may read, of what its owner may read."""

    PUBLIC = "uitgaven", "het instrument en de uitgaven"
    ROUNDS = "rondes", "ook de rondes waarvan ik de cijfers mag ophalen"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def open_on(self, day: date) -> "ApiTokenQuerySet":
        """Returns those that work on this day, of whoever has not been shut out: it is their last one at most."""
        return self.filter(ends_on__gte=day, user__is_active=True)


class ApiToken(models.Model):
    """Is a token by which a program of `user` reads; taking it back removes the row.

    The token itself is stored nowhere, only what SHA-256 makes of it. Of its use it keeps the last day: no address.
    """

    USUAL_TERM, LONGEST_TERM, MOST = timedelta(days=30), timedelta(days=90), 10

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name="van wie")
    name = models.CharField("naam", max_length=60)
    reads = models.CharField("leest", max_length=20, choices=Reads)
    digest = models.CharField("afdruk", max_length=64, unique=True, editable=False)
    made_on = models.DateField("gemaakt op", default=timezone.localdate, editable=False)
    ends_on = models.DateField("werkt tot en met")
    last_used_on = models.DateField("laatst gebruikt op", null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API-sleutel"
        verbose_name_plural = "API-sleutels"
        ordering = ["-ends_on", "id"]  # those that ended last
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="an_api_token_has_a_name"),
            models.CheckConstraint(condition=models.Q(reads__in=Reads.values), name="an_api_token_reads_what_is_known"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("made_on")), name="an_api_token_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"API-sleutel van account {self.user_id}"  # not its name: the audit trail would keep it

    @property
    def has_ended(self) -> bool:
        return self.ends_on < timezone.localdate()

    @property
    def reads_rounds(self) -> bool:
        return self.reads == Reads.ROUNDS


class ClosedDomain(models.Model):
    """Is a domain of addresses for which the form with a password is closed: whoever has one signs in at `provider`."""

    domain = models.CharField(
        "domein", max_length=253, unique=True, help_text="Wat achter het @-teken staat, bijvoorbeeld voorbeeld.nl."
    )
    provider = models.CharField("logt in bij", max_length=20)
    closed_at = models.DateTimeField("gesloten op", default=timezone.now, editable=False)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, verbose_name="gesloten door")

    class Meta:
        verbose_name = "domein zonder wachtwoorden"
        verbose_name_plural = "domeinen zonder wachtwoorden"
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(condition=models.Q(domain=Lower("domain")), name="closed_domain_is_in_lower_case"),
            models.CheckConstraint(condition=~models.Q(provider=""), name="a_closed_domain_has_a_provider"),
        ]

    def __str__(self) -> str:
        return self.domain


class TryCount(models.Model):
    """Is the table of a cache, with the columns that Django writes there. See `tries.py`."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
