"""How a gemeente makes the site look like its own; web, mail and PDF take it from here."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest


def in_theme_dir(*names: str) -> str:
    """The static name of the first of `names` that the gemeente's own folder has, or ''."""
    if settings.THEME_DIR:
        for name in names:
            if (Path(settings.THEME_DIR) / name).is_file():
                return f"thema/{name}"
    return ""


def theme(request: HttpRequest | None = None) -> dict[str, str]:
    """What base templates need to show whose site this is."""
    return {
        "theme_class": settings.THEME_CLASS,
        "theme_stylesheet": in_theme_dir("theme.css"),
        "theme_logo": in_theme_dir("logo.svg", "logo.png"),
        "organisation_name": settings.ORGANISATION_NAME,
        "accessibility_statement_url": settings.ACCESSIBILITY_STATEMENT_URL,
    }
