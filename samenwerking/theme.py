"""Makes the site look like a gemeente's own; web, mail and PDF take its look from here. It knows no rounds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from samenwerking.colours import Colours, colours_of, tokens_of, too_faint

OUR_SHEETS = ("nlds.css", "css/theme.css")
OUR_CLASSES = ("voorbeeld-theme", "samenwerking-theme")
LOGO_BOX = (240, 48)  # pixels at most in a mail
LARGEST_LOGO = 100_000  # bytes: it travels in each of thousands of mails


@dataclass(frozen=True)
class Look:
    """Holds the colours in use; `refused` says why a gemeente's own are not, `unread` which of them can't be read."""

    colours: Colours
    refused: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def look() -> Look:
    """Returns our own colours, with those of the gemeente's theme.css over them unless they are too faint to read."""
    sheets = [_static(name) for name in OUR_SHEETS]
    if own := _own("theme.css"):
        sheets.append(own)
    return _look(tuple((str(path), path.stat().st_mtime_ns) for path in sheets), settings.THEME_CLASS)


@lru_cache(maxsize=8)
def _look(sheets: tuple[tuple[str, int], ...], theme_class: str) -> Look:
    texts = [Path(path).read_text(encoding="utf-8", errors="replace") for path, _ in sheets]
    ours = colours_of(tokens_of(texts[: len(OUR_SHEETS)], OUR_CLASSES))
    default = Colours(**ours)
    if len(texts) == len(OUR_SHEETS):
        return Look(default)
    own = colours_of(tokens_of(texts, (*OUR_CLASSES, *theme_class.split())))
    colours = Colours(**ours | own)
    unread = tuple(field.name for field in fields(Colours) if field.name not in own)
    refused = tuple(too_faint(colours))
    return Look(default if refused else colours, refused, unread)


def _static(name: str) -> Path:
    """Returns where a style sheet of ours is: in the source tree, or where only collected files are.

    Raises ImproperlyConfigured where it is in neither.
    """
    found = finders.find(name)
    path = Path(found if isinstance(found, str) else staticfiles_storage.path(name))
    if not path.is_file():
        raise ImproperlyConfigured(
            f"{name} is missing: run `make setup`, or `manage.py collectstatic` where it is served."
        )
    return path


def _own(name: str) -> Path | None:
    if not settings.THEME_DIR:
        return None
    path = Path(settings.THEME_DIR) / name
    return path if path.is_file() else None


def in_theme_dir(*names: str) -> str:
    """Returns the static name of the first of `names` that the gemeente's own folder has, or ''."""
    return next((f"thema/{name}" for name in names if _own(name)), "")


def theme(request: HttpRequest | None = None) -> dict[str, str]:
    """Returns what base templates need to show whose site this is, without its style where nobody could read that."""
    stylesheet = in_theme_dir("theme.css")
    is_readable = not stylesheet or not look().refused
    return {
        "theme_class": settings.THEME_CLASS if is_readable else "",
        "theme_stylesheet": stylesheet if is_readable else "",
        "theme_logo": in_theme_dir("logo.svg", "logo.png"),
        "organisation_name": settings.ORGANISATION_NAME,
        "accessibility_statement_url": settings.ACCESSIBILITY_STATEMENT_URL,
        "support_contact": settings.SUPPORT_CONTACT,
    }


class UnfitLogo(ValueError):
    """The logo can't go along in a mail; the message says why."""


@dataclass(frozen=True)
class Logo:
    content: bytes
    width: int
    height: int


def logo_for_mail() -> Logo | None:
    """Returns the logo as mail programs can show it, so never an SVG; None if there is none. Raises UnfitLogo."""
    path = _own("logo.png")
    return _logo(str(path), path.stat().st_mtime_ns) if path else None


@lru_cache(maxsize=2)
def _logo(path: str, _: int) -> Logo:
    from PIL import Image, UnidentifiedImageError

    try:
        content = Path(path).read_bytes()
        if len(content) > LARGEST_LOGO:
            raise UnfitLogo(f"logo.png has {len(content)} bytes; at most {LARGEST_LOGO} go along in each mail")
        with Image.open(path, formats=["PNG"]) as image:
            width, height = image.size
    except UnidentifiedImageError:
        raise UnfitLogo("logo.png is not a PNG image") from None
    except (OSError, Image.DecompressionBombError) as fault:
        raise UnfitLogo(f"logo.png can't be read: {type(fault).__name__}") from None
    scale = min(LOGO_BOX[0] / width, LOGO_BOX[1] / height, 1)
    return Logo(content, max(1, round(width * scale)), max(1, round(height * scale)))
