"""Lets `manage.py check --deploy` tell of secrets that open rounds miss, or that none needs any more."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage
from django.db import DatabaseError

from assessments.anonymity.secrets import complaints, unneeded_generations


def register() -> None:
    checks.register(check_secrets, deploy=True)


def check_secrets(**_: Any) -> list[CheckMessage]:
    return [*_lost(), *_unneeded()]


def _lost() -> list[CheckMessage]:
    return [checks.Error(text, id="assessments.E001") for text in complaints()]


def _unneeded() -> list[CheckMessage]:
    try:
        places = unneeded_generations()
    except DatabaseError:  # there is no database yet, or it is not migrated
        return []
    hint = "Take it out and destroy it: then no backup or log of a round that it was for can be opened any more."
    return [
        checks.Warning(
            f"No open round needs the secret at place {place} of RESPONSE_SECRET_FALLBACKS.",
            hint=hint,
            id="assessments.W001",
        )
        for place in places
    ]
