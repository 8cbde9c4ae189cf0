"""Tells who fills in: somebody with a personal link, or somebody who came by an open one. Knows no answers."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from django.core.cache import cache

from assessments.anonymity.keys import id_of, link_token
from assessments.anonymity.seal import RoundKeys
from assessments.anonymity.secrets import keys_of
from assessments.filling.durations import measured_minutes
from assessments.filling.joined import Joined
from assessments.models import OpenLink, Participant, Partner, ReaderGroup, Round, partners_in
from assessments.rules.codes import is_code
from assessments.rules.workflow import Work
from assessments.scores.answers import asked_of
from factors.instrument import Instrument
from factors.models import InstrumentVersion

KEEP_NAMES = 60  # seconds

# These are read on every request, so they are only the columns that are needed: those that the code asks for and those
# that templates print. Any other is read when it is asked for: a template that prints one more field costs its page one
# more query. A test counts the queries (test_each_page_takes_as_many_queries_as_it_has); the column then belongs here.
OF_THE_ROUND = (
    "round__state", "round__instrument_version_id", "round__network_id",
    "round__kept_secret__secret", "round__kept_secret__response_generation",
)  # fmt: skip
ON_EVERY_PAGE = ("round__name", "round__closes_on", "round__network__name", "round__network__is_constructed")
ON_THE_FIRST_PAGE = (
    *ON_EVERY_PAGE, "round__minimum", "round__shown_by", "round__in_research", "round__contact_name",
    "round__contact_email", "partner__name", "partner__key",
)  # fmt: skip
OF_THE_PARTICIPANT = ("level", "has_opted_out", "no_reminders", "is_wrong_person", "partner_id")
OF_THE_OPEN_LINK = ("level", "cap", "is_withdrawn", "partner_id")
LINKED: tuple[type[Participant], type[OpenLink]] = (Participant, OpenLink)
Columns = tuple[str, ...]


@dataclass(frozen=True)
class Respondent:
    """Is one person who may answer, with the `target` of the link: a participant or an open link.

    `id` is the participant's, or the one that an open link gave to a browser; None before it did.
    """

    target: Participant | OpenLink
    id: UUID | None
    came_by: str = ""  # the token in the address, where a request brought one

    @property
    def round(self) -> Round:
        return self.target.round

    @property
    def level(self) -> str:
        return self.target.level

    @property
    def partner(self) -> Partner | None:
        return self.target.partner

    @cached_property
    def token(self) -> str:
        """Returns the token in this person's addresses.

        Where there is one, it is the token that the person came by: cookies belong to the address with that token.
        """
        return self.came_by or link_token(self.target.pk)

    @property
    def participant(self) -> Participant | None:
        return self.target if isinstance(self.target, Participant) else None

    @property
    def open_link(self) -> OpenLink | None:
        return self.target if isinstance(self.target, OpenLink) else None

    @property
    def instrument(self) -> Instrument:
        return instrument_in_use(self.round.instrument_version_id)

    @property
    def asked(self) -> tuple[str, ...]:
        """Returns the keys of the statements that this person is asked."""
        return asked_in_use(self.round.instrument_version_id, self.level)

    @property
    def is_ouder(self) -> bool:
        return self.level == self.instrument.ouders.key

    @property
    def measured_minutes(self) -> int | None:
        """Returns in how many minutes half of the people filled in these questions; None until enough were measured."""
        return measured_minutes(self.round.instrument_version_id, by_ouders=self.is_ouder)

    @property
    def has_left(self) -> bool:
        """Tells whether the participant said that they don't take part, or that they are the wrong person."""
        return self.participant is not None and not self.participant.takes_part

    @property
    def can_answer(self) -> bool:
        return self.round.allows(Work.ANSWERING) and self.id is not None and not self.has_left

    @property
    def is_somebody_else(self) -> bool:
        """Tells whether whoever got the link said that they are the wrong person."""
        return self.participant is not None and self.participant.is_wrong_person

    @cached_property
    def may_read_report(self) -> bool:
        return not self.is_somebody_else and self.round.is_published_to(ReaderGroup.PARTICIPANTS)

    @cached_property
    def keys(self) -> RoundKeys:
        """Returns the keys of the open round. Raises JustClosed where it is open no longer, and SecretChanged."""
        return keys_of(self.round)

    @cached_property
    def response_key(self) -> UUID | None:
        """Returns the key of this person's response; None without an id, or once the round is not open.

        Raises JustClosed and SecretChanged.
        """
        return self.keys.response_key(self.id) if self.id and self.round.allows(Work.ANSWERING) else None


def read_by_token(token: str, guest_id: UUID | None, shown: Columns = ON_THE_FIRST_PAGE) -> Respondent | None:
    """Returns the person a link is for, with the columns that a page shows.

    Returns None for a link that leads to nobody, whatever the cause.
    """
    some_id = id_of(token)
    target = target_of(some_id, shown) if some_id else None
    return respondent(target, guest_id, token) if target else None


def target_of(some_id: UUID, shown: Columns = ()) -> Participant | OpenLink | None:
    """Returns the participant or open link with this id, or None."""
    found = (_rows(model, shown).with_key(some_id) for model in LINKED)
    return next((target for target in found if target), None)


@lru_cache(maxsize=8)
def _rows(model: type[Participant] | type[OpenLink], shown: Columns) -> Joined[Participant | OpenLink]:
    own = OF_THE_PARTICIPANT if model is Participant else OF_THE_OPEN_LINK
    return Joined(model, (*own, *OF_THE_ROUND, *shown))


def open_token_of(code: str) -> str | None:
    """Returns the token of the open link of ouders whose code somebody typed, or None."""
    found = OpenLink.objects.filter(code=code).values_list("pk", flat=True).first() if is_code(code) else None
    return link_token(found) if found else None


def respondent(target: Participant | OpenLink, guest_id: UUID | None = None, came_by: str = "") -> Respondent:
    """Returns the person behind a link."""
    return Respondent(target, own_id(target, guest_id), came_by)


def own_id(target: Participant | OpenLink, guest_id: UUID | None) -> UUID | None:
    """Returns the id that tells one person from another: by an open link that is only the browser's own."""
    return target.pk if isinstance(target, Participant) else guest_id


def instrument_in_use(version: str) -> Instrument:
    """Returns the instrument of a version that a round asks; `InstrumentVersion` keeps it built."""
    return _version_in_use(version).instrument


@lru_cache(maxsize=8)
def _version_in_use(version: str) -> InstrumentVersion:
    """Returns the row of a version. What a round asks never changes, so it is read once a process."""
    return InstrumentVersion.objects.get(version=version)


@lru_cache(maxsize=64)
def asked_in_use(version: str, level: str) -> tuple[str, ...]:
    """Returns the keys of the statements that a round with this version asks at a level."""
    return asked_of(instrument_in_use(version), level)


def partner_names(round: Round) -> list[str]:
    """Returns who 'de partners' are: the organisations that take part in a round, by name, as of the last minute.

    Each page of the questionnaire names them, and composing the query costs more than all else that such a page asks.
    """
    key = f"partner-names.{round.pk}"
    names: list[str] | None = cache.get(key)
    if names is None:
        names = list(partners_in(round).order_by("name").values_list("name", flat=True))
        cache.set(key, names, KEEP_NAMES)
    return names
