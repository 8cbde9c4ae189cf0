"""Gives templates the addresses that many pages name.

Looking one up takes as long as ten lines of a template, so it is done once.
"""

from collections.abc import Callable
from functools import cached_property

from django import template
from django.template.base import Parser, Token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape

from assessments.filling.links import link_url

register = template.Library()
register.simple_tag(link_url)


class _Fixed(template.Node):
    """Is an address that is the same on every page; `look_up` finds it by its name when it is first shown."""

    def __init__(self, look_up: Callable[[str], str], name: str) -> None:
        self.look_up, self.name = look_up, name

    @cached_property
    def address(self) -> str:
        return escape(self.look_up(self.name))

    def render(self, context: template.Context) -> str:
        return self.address


@register.tag
def fixed_url(parser: Parser, token: Token) -> _Fixed:
    """Reads {% fixed_url "name" %}: the path of a page without arguments."""
    return _Fixed(reverse, _name_in(token))


@register.tag
def fixed_static(parser: Parser, token: Token) -> _Fixed:
    """Reads {% fixed_static "name" %}: the path of a static file."""
    return _Fixed(static, _name_in(token))


def _name_in(token: Token) -> str:
    _, name = token.split_contents()
    return name.strip('"')
