"""Lets `manage.py check` tell what is missing or wrong of a provider. It stops no command: the site goes on without."""

from typing import Any

from django.conf import settings
from django.core import checks


def check_providers(**_: Any) -> list[checks.CheckMessage]:
    """Returns a warning for each fault."""
    hint = "Until then this provider is not offered. docs/sign-in.md says what each setting is."
    return [
        checks.Warning(fault, hint=hint, id="samenwerking.W007")
        for provider in settings.SSO_PROVIDERS.values()
        for fault in provider.faults
    ]
