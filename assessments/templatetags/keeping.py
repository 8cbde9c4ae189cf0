"""Tells pages on which day what they show is erased."""

from datetime import date

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from assessments.dutch import in_months
from assessments.models import Round
from assessments.running import keeping
from samenwerking.accounts.models import User

register = template.Library()


@register.filter
def keeping_days(round: Round) -> keeping.Days:
    """Returns the days on which the open answers and the results of a round go; none before it is closed."""
    return keeping.days_of(round)


@register.filter
def account_goes_on(user: User | AnonymousUser) -> date | None:
    """Returns the day on which an account goes if nobody uses it from now on; None where it stays."""
    return keeping.account_goes_on(user) if isinstance(user, User) else None


@register.simple_tag
def usual_terms() -> dict[str, str]:
    """Returns in words how long each kind is kept where a network did not choose."""
    return {kind: in_months(term.usual) for kind, term in settings.RETENTION.items()}


@register.simple_tag
def longest_terms() -> dict[str, str]:
    """Returns in words how long each kind can be kept at most."""
    return {kind: in_months(term.most) for kind, term in settings.RETENTION.items()}
