"""Lists what stands in the file of a network: its parts and their columns. No person, address, link or secret."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from assessments.models import (
    FrozenResults,
    Improvement,
    JobTitleLevel,
    Meeting,
    Network,
    OpenAnswer,
    Partner,
    PartnerKind,
    Publication,
    Round,
)

FORMAT, VERSION = "samenwerking-netwerk", 1
MANIFEST, NETWORK, README = "manifest.json", "network.json", "LEESMIJ.txt"
ROUND, INSTRUMENT = "rounds/{}.json", "instruments/{}.json"
NAMES = re.compile(r"network\.json|LEESMIJ\.txt|rounds/[0-9a-f-]{36}\.json|instruments/[\w.-]{1,20}\.json")
UNFIT = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL can't keep: nothing, and halves of signs
# What people wrote is most of a part: so many open answers, with a text of some 150 signs each, fill one. In memory a
# part takes up to twenty times as much, and a row about 2 kB. Whoever writes a file holds to this too.
MOST_FILES, MOST_BYTES, MOST_OF_A_PART = 500, 30_000_000, 10_000_000
MOST_ROWS, MOST_OPEN_ANSWERS = 5_000, 30_000

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCKS = timedelta(hours=1)  # by which those of two installations may differ

Json = dict[str, Any]

# Not among them: memberships, and addresses of contacts and senders, which are of persons; links; participants; mail.
_COLUMNS: dict[type[models.Model], str] = {
    Network: (
        "id name municipalities description scope inhabitants team_target_group has_jgz_in_team collaboration_form"
        " school_region is_constructed keeps_open_answers keeps_reports keeps_audit keeps_empty keeps_lists"
    ),
    PartnerKind: "key name sector place",
    Partner: "key name local_kind",
    JobTitleLevel: "job_title simple_form level",
    Round: (
        "id name state minimum shown_by closes_on invitation_subject invitation_text reminder_text reminders"
        " in_research created_at opened_at closed_at left_research_at reference addresses_erased_at looked_back_at"
        " texts_until results_until texts_erased_at"
    ),
    FrozenResults: "document facts checksum frozen_at",
    OpenAnswer: "id question level text is_cleared is_left_out",
    Improvement: "what who due_on factor outcome remark nudged_for",
    Meeting: "id day begins ends place words sequence changed_at is_cancelled",
    Publication: "readers published_at",
}
COLUMNS = {model: tuple(names.split()) for model, names in _COLUMNS.items()}


class Unfit(Exception):
    """The file can't be read in, or made; the message is Dutch, and says where it is wrong, and what to do."""


def most_of(key: str) -> int:
    """Returns how many rows a list of a part has at most."""
    return MOST_OPEN_ANSWERS if key == "open_answers" else MOST_ROWS


def row_of(instance: models.Model) -> Json:
    """Returns the columns of a row as JSON has them."""
    return {name: _plain(getattr(instance, name)) for name in COLUMNS[type(instance)]}


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def instance_of(model: type[models.Model], row: Any, place: str, **others: Any) -> Any:
    """Returns the row as an instance that is not saved, with `others` set too. Raises Unfit, naming its `place`.

    Its columns are held against the model: types, lengths, choices. Constraints are left to the database.
    """
    names = COLUMNS[model]
    if not isinstance(row, dict) or set(row) != set(names):
        raise Unfit(f"{place}: hier horen de velden {', '.join(names)}.")
    instance, faults = model(**others), []
    for name in names:
        try:
            setattr(instance, name, _value(model._meta.get_field(name), row[name]))
        except ValidationError as fault:
            faults.append(f"{name}: {' '.join(fault.messages)}")
    if faults:
        raise Unfit(f"{place}: {'; '.join(faults)}")
    return instance


def _value(field: Any, value: Any) -> Any:
    """Returns what the database gets of a value in the file. Raises ValidationError."""
    if isinstance(field, models.JSONField):
        if not isinstance(value, dict):
            raise ValidationError("Hier hoort een object.")
        _check_texts(value)
        return value
    if value is None:
        if not field.null:  # `clean` passes over columns that no form has
            raise ValidationError("Dit veld kan niet leeg zijn.")
        return None
    kind: type = str
    if isinstance(field, (models.BooleanField, models.IntegerField)):
        kind = bool if isinstance(field, models.BooleanField) else int
    if type(value) is not kind:
        raise ValidationError("Dit is geen waarde voor dit veld.")
    _check_texts(value)
    found = field.clean(value, None)
    if isinstance(found, datetime):
        _check_moment(found)
    return found


def _check_texts(value: Any) -> None:
    """Raises ValidationError where a text somewhere in the value has a sign that PostgreSQL can't keep."""
    left = [value]  # not by calling itself: JSON can be nested deeper than Python allows
    while left:
        part = left.pop()
        if isinstance(part, str) and UNFIT.search(part):
            raise ValidationError("Hier staat een teken dat niet te bewaren is.")
        if isinstance(part, dict):
            left += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            left += part


def _check_moment(moment: datetime) -> None:
    """Raises ValidationError for a moment that nobody can have written down: days are counted from some of these."""
    if moment.tzinfo is None:
        raise ValidationError("Bij deze tijd hoort een tijdzone.")
    if not FIRST <= moment <= timezone.now() + CLOCKS:
        raise ValidationError("Deze tijd ligt in de toekomst, of voor het jaar 2000.")
