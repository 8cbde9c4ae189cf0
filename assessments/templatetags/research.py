"""Tells the menu whether to offer the pages for research. For a visitor who is not signed in it runs no query."""

from django import template
from django.contrib.auth.models import AnonymousUser

from assessments.access import is_researcher
from samenwerking.accounts.models import User

register = template.Library()


@register.filter
def does_research(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and is_researcher(user)
