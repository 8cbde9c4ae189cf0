"""Shows people in pages: addresses that break where a reader expects it."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def breakable(address: object) -> SafeString:
    """Returns an address that may go on at the next line after its @ and dots, and nowhere else."""
    text = escape(str(address))
    return mark_safe(text.replace("@", "@<wbr>").replace(".", ".<wbr>"))  # noqa: S308 (it is escaped)
