"""For the menu: whether it offers the pages for research. Asks nothing of the database for who isn't signed in."""

from django import template
from django.contrib.auth.models import AnonymousUser

from assessments.access import is_researcher
from samenwerking.accounts.models import User

register = template.Library()


@register.filter
def does_research(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and is_researcher(user)
