"""Lets `manage.py check --deploy` tell of secrets that have changed, or that no open round needs any more.

The health address and the pages of beheer ask the same, by the tag: they know nothing of rounds.
"""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage
from django.db import DatabaseError

from assessments.anonymity.secrets import complaints, unneeded_generations
from samenwerking.checks import CHANGED_SECRETS


def register() -> None:
    checks.register(check_secrets, CHANGED_SECRETS, deploy=True)
    checks.register(check_former_secrets, deploy=True)


def check_secrets(**_: Any) -> list[CheckMessage]:
    return [checks.Error(text, obj=name, id="assessments.E001") for name, text in complaints().items()]


def check_former_secrets(**_: Any) -> list[CheckMessage]:
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
