"""Says in Dutch sentences who did what in a network, from the audit trail. Knows nobody who takes part or answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from assessments.audit import of_a_network
from assessments.models import (
    Meeting,
    Membership,
    MessageKind,
    Network,
    Partner,
    PlannedMail,
    Publication,
    ReportLink,
    Role,
    Round,
    State,
)

Changes = dict[str, list[Any]]
Action = LogEntry.Action

ITSELF = "Samenwerking (vanzelf, of op de server)"
# What can be asked for, with what it is called.
KINDS: dict[str, tuple[type[models.Model], str]] = {
    "netwerk": (Network, "het netwerk"),
    "ronde": (Round, "rondes"),
    "partner": (Partner, "partners"),
    "toegang": (Membership, "toegang van collega’s"),
    "publicatie": (Publication, "publiceren"),
    "gesprek": (Meeting, "gesprekken"),
    "mail": (PlannedMail, "geplande mail"),
    "leeslink": (ReportLink, "leeslinks"),
}
STEPS = {
    State.OPEN: "opende de ronde",
    State.CLOSED: "sloot de ronde",
    State.PUBLISHED: "publiceerde de uitkomsten",
    State.ARCHIVED: "archiveerde de ronde",
}
WITH_A_STEP = {"state", "opened_at", "closed_at"}
MOMENTS = {
    "addresses_erased_at": "wiste adressen, namen en functies van de deelnemers",
    "texts_erased_at": "wiste de open antwoorden",
    "left_research_at": "stopte met onderzoek",
}


@dataclass(frozen=True)
class Line:
    """Is one act: when, by whom, what, and in which round, if it was in one."""

    at: datetime
    who: str
    what: str
    round: str


@dataclass(frozen=True)
class Names:
    """Holds what is read once for all lines: the names of rounds, and the addresses of members, by their ids."""

    rounds: dict[str, str]
    addresses: dict[str, str]


def entries_of(network: Network, *, kind: str = "", round_id: str = "") -> QuerySet[LogEntry]:
    """Returns what was noted of a network, the newest first; of one kind or round where that is asked.

    That a publication went is left out: it goes with its round alone, of which that is noted too.
    """
    found = LogEntry.objects.filter(of_a_network(network.pk)).select_related("content_type", "actor")
    found = found.exclude(content_type=_type_of(Publication), action=Action.DELETE)
    if kind in KINDS:
        found = found.filter(content_type=_type_of(KINDS[kind][0]))
    if round_id:
        found = found.filter(additional_data__round=round_id)
    return found.order_by("-timestamp", "-pk")


def names_in(network: Network) -> Names:
    """Returns the names of rounds that something was noted of, also of those that are gone, and addresses of members.

    Of whoever is no member any more the address of now is nobody's business here.
    """
    members = network.memberships.values_list("user", "user__email")
    return Names(_rounds_in(network), {str(pk): email for pk, email in members})


def _rounds_in(network: Network) -> dict[str, str]:
    names = {str(pk): name for pk, name in network.rounds.values_list("pk", "name")}
    noted = LogEntry.objects.filter(of_a_network(network.pk), content_type=_type_of(Round)).order_by("timestamp", "pk")
    gone = {pk: called for pk, called in noted.values_list("object_pk", "object_repr") if pk not in names}
    return {pk: _without_network(called) for pk, called in gone.items()} | names


def lines_of(entries: Iterable[LogEntry], names: Names) -> Iterator[Line]:
    """Yields a line for each entry, with `names` as `names_in` returns them."""
    for entry in entries:
        yield Line(
            at=timezone.localtime(entry.timestamp),
            who=entry.actor_email or (entry.actor.email if entry.actor else ITSELF),
            what=_said(entry, names),
            round=names.rounds.get(entry.additional_data.get("round", ""), ""),
        )


def _type_of(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _without_network(called: str) -> str:
    """Returns the name of a round, of 'Network: round'."""
    return called.partition(": ")[2] or called


def _said(entry: LogEntry, names: Names) -> str:
    """Returns what somebody did, as a sentence goes on after their name."""
    model = entry.content_type.model_class()
    if model is Membership:
        return _of_membership(entry, names.addresses)
    say = SAY.get(model) if model else None
    changes: Changes = {name: pair for name, pair in (entry.changes or {}).items() if isinstance(pair, list)}
    return say(entry, changes) if say else f"wijzigde {entry.object_repr}"


def _of_network(entry: LogEntry, changes: Changes) -> str:
    if entry.action == Action.CREATE:
        return "maakte het netwerk"
    if entry.action == Action.ACCESS:
        return "downloadde het hele netwerk"
    return _set(Network, changes) or "wijzigde het netwerk"


def _of_round(entry: LogEntry, changes: Changes) -> str:
    name = _without_network(entry.object_repr)
    if entry.action == Action.CREATE:
        return f"maakte de ronde ‘{name}’"
    if entry.action == Action.DELETE:
        return f"verwijderde de ronde ‘{name}’"
    acts = []
    if "state" in changes:
        acts.append(STEPS.get(State(changes["state"][1]), "wijzigde de staat van de ronde"))
        changes = {column: pair for column, pair in changes.items() if column not in WITH_A_STEP}
    acts += [MOMENTS[column] for column in changes if column in MOMENTS]
    rest = {column: pair for column, pair in changes.items() if column not in MOMENTS}
    return ", ".join(filter(None, [*acts, _set(Round, rest)])) or "wijzigde de ronde"


def _of_partner(entry: LogEntry, changes: Changes) -> str:
    if entry.action == Action.CREATE:
        return f"voegde de partner ‘{entry.object_repr}’ toe"
    if entry.action == Action.DELETE:
        return f"verwijderde de partner ‘{entry.object_repr}’"
    return f"wijzigde de partner ‘{entry.object_repr}’: {_set(Partner, changes)}"


def _of_membership(entry: LogEntry, addresses: dict[str, str]) -> str:
    whose = addresses.get(entry.additional_data.get("account", ""), "een oud-collega")
    if entry.action == Action.DELETE:
        return f"trok de toegang in van {whose}"
    role = (entry.changes or {}).get("role", ["", ""])[1]
    called = Role(role).label if role in Role.values else "lid"
    return f"gaf {whose} toegang als {called}" if entry.action == Action.CREATE else f"maakte {whose} {called}"


def _of_publication(entry: LogEntry, changes: Changes) -> str:
    readers = changes.get("readers", ["", "anderen"])[1]
    return f"publiceerde de uitkomsten voor {readers}"


def _of_meeting(entry: LogEntry, changes: Changes) -> str:
    if entry.action == Action.DELETE:
        return "haalde het gesprek van eerder weg"
    if entry.action == Action.CREATE:
        return f"plande een gesprek op {_day(changes, 'day')}"
    if changes.get("is_cancelled", ["", ""])[1] == "True":
        return "zegde het gesprek af"
    return f"verplaatste het gesprek naar {_day(changes, 'day')}" if "day" in changes else "wijzigde het gesprek"


def _of_planned_mail(entry: LogEntry, changes: Changes) -> str:
    kind, _, day = entry.object_repr.rpartition(": ")
    what = kind if kind in MessageKind.labels else "mail"
    if entry.action == Action.DELETE:
        return f"zette ‘{what}’ terug op de gewone dag"
    return f"sloeg ‘{what}’ over" if day == "overgeslagen" else f"plande ‘{what}’ op {_day({'day': ['', day]}, 'day')}"


def _of_report_link(entry: LogEntry, changes: Changes) -> str:
    if entry.action == Action.DELETE:
        return "trok een leeslink in"
    return f"maakte een leeslink, tot en met {_day(changes, 'ends_on')}"


SAY: dict[type[models.Model], Callable[[LogEntry, Changes], str]] = {
    Network: _of_network,
    Round: _of_round,
    Partner: _of_partner,
    Publication: _of_publication,
    Meeting: _of_meeting,
    PlannedMail: _of_planned_mail,
    ReportLink: _of_report_link,
}


def _set(model: type[models.Model], changes: Changes) -> str:
    """Returns which columns got which value, by what pages call them; not those that a former version noted."""
    columns = [field for field in model._meta.concrete_fields if field.name in changes]
    said = [f"‘{column.verbose_name}’ op {_value(column, changes[column.name][1])}" for column in columns]
    return f"zette {', '.join(said)}" if said else ""


def _day(changes: Changes, name: str) -> str:
    """Returns the day that a column got."""
    noted = changes.get(name, ["", ""])[1]
    return date_format(date.fromisoformat(noted), "j F Y") if noted not in ("", "None", None) else "een onbekende dag"


def _value(field: models.Field[Any, Any], noted: Any) -> str:
    """Returns a value as the trail noted it, as text, the way a Dutch reader expects it."""
    if noted in (None, "None", ""):
        return "niets"
    if isinstance(field, models.ForeignKey):
        found = field.related_model._default_manager.filter(pk=noted).first()
        return f"‘{getattr(found, 'name', found)}’" if found else "iets dat er niet meer is"
    if isinstance(field, models.BooleanField):
        return "ja" if noted == "True" else "nee"
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(datetime.fromisoformat(noted).replace(tzinfo=UTC)), "j F Y, H.i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(noted), "j F Y")
    choices = {str(key): str(label) for key, label in getattr(field, "flatchoices", ())}
    return choices.get(str(noted), f"‘{noted}’")
