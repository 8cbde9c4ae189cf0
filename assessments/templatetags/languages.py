"""Marks the words in a text that are not Dutch, so that a screen reader says them in their own language."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

FOREIGN = {"Wilder Collaboration Factors Inventory": "en"}


@register.filter
def in_own_language(text: str) -> SafeString:
    """Returns the text as HTML, with each name of `FOREIGN` in its language."""
    html = str(escape(text))
    for words, language in FOREIGN.items():
        html = html.replace(words, f'<span lang="{language}">{words}</span>')
    return mark_safe(html)  # noqa: S308 (it is escaped, and the names are ours)
