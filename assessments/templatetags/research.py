"""Tells pages what to offer to whoever does research or takes data. For whoever is not signed in it runs no query."""

from django import template
from django.contrib.auth.models import AnonymousUser

from assessments.access import is_researcher
from assessments.access import takes_data as may_take_data
from samenwerking.accounts.models import User

register = template.Library()


@register.filter
def does_research(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and is_researcher(user)


@register.filter
def takes_data(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and may_take_data(user)
