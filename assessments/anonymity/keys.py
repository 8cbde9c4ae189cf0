"""Derives links from LINK_SECRET when needed; they are stored nowhere. It knows no database."""

import base64
import binascii
import hmac
import uuid

from django.conf import settings

TOKEN_BYTES = 16  # they can't be guessed, and come after the 16 of the id


def link_token(some_id: uuid.UUID) -> str:
    """Returns the part of a link that leads to this participant or open link: 43 characters, the same each time."""
    return _token(some_id, settings.LINK_SECRET)


def id_of(token: str) -> uuid.UUID | None:
    """Returns the id of the participant or open link that `token` leads to, or None for anything that we did not make.

    A link that was made with a former LINK_SECRET still leads there. The whole text is compared: its
    last character has two bits to spare, and a link has one spelling.
    """
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != 32:
        return None
    some_id = uuid.UUID(bytes=raw[:16])
    return some_id if any(hmac.compare_digest(token, _token(some_id, secret)) for secret in link_secrets()) else None


def link_secrets() -> tuple[str, ...]:
    """Returns the generations of LINK_SECRET, the one for new links first."""
    return (settings.LINK_SECRET, *settings.LINK_SECRET_FALLBACKS)


def _token(some_id: uuid.UUID, secret: str) -> str:
    seal = hmac.digest(secret.encode(), b"link" + some_id.bytes, "sha256")[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(some_id.bytes + seal).rstrip(b"=").decode()
