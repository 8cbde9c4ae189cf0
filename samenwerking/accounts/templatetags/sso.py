"""Shows buttons of the providers at which staff sign in, and to whom an account is linked."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME

from samenwerking.accounts.models import User
from samenwerking.accounts.sso.configured import Provider, offered
from samenwerking.accounts.sso.linking import linked_providers

register = template.Library()


@register.simple_tag
def sso_providers() -> list[Provider]:
    """Returns the providers that are offered."""
    return list(offered(settings.SSO_PROVIDERS).values())


@register.filter
def linked(user: User) -> list[Provider]:
    """Returns those to which this account is linked."""
    return linked_providers(user)


@register.inclusion_tag("sso/_buttons.html", takes_context=True)
def sso_buttons(
    context: dict[str, Any],
    to: str,
    label: str,
    only: Provider | None = None,
    account: str = "",
    next: str = "",  # noqa: A002 (its name in the form)
) -> dict[str, Any]:
    """Returns what the buttons need: where they lead, what they say, and where somebody was going."""
    request = context["request"]
    return {
        "sso_providers": [only] if only else sso_providers(),
        "to": to,
        "label": label,
        "account": account,
        "next": next or request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, ""),
        "csrf_token": context.get("csrf_token"),
    }
