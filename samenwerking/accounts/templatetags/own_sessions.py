"""Shows an owner where the account is signed in, on a page of the sign-in package."""

from typing import Any

from django import template

from samenwerking.accounts.sessions import own_sessions

register = template.Library()


@register.inclusion_tag("account/_own_sessions.html", takes_context=True, name="own_sessions")
def show_own_sessions(context: dict[str, Any]) -> dict[str, Any]:
    """Returns what the section needs: the sessions of whoever asks for the page, this one first."""
    request = context["request"]
    return {"sessions": own_sessions(request.user, here=request.session.session_key)}
