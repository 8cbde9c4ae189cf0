"""Gives templates the addresses that many pages name.

Looking one up takes as long as ten lines of a template, so it is done once.
"""

from functools import cache

from django import template
from django.templatetags.static import static
from django.urls import reverse

from assessments.filling.links import link_url

register = template.Library()
register.simple_tag(cache(reverse), name="fixed_url")
register.simple_tag(cache(static), name="fixed_static")
register.simple_tag(link_url)
