"""Addresses of pages that are the same for everybody: every page names several, so they are looked up once."""

from functools import cache

from django import template
from django.urls import reverse

register = template.Library()
register.simple_tag(cache(reverse), name="fixed_url")
