"""Derives personal links and codes from LINK_SECRET when needed; they are stored nowhere. It knows no database."""

import base64
import binascii
import hmac
import uuid

from django.conf import settings

# Crockford's signs: no I, L, O or U, which are mistaken for others; 32 of them, so 5 bits each.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIPS = str.maketrans("ILO", "110")
SELECTOR_BITS, SECRET_BITS = 20, 130  # the first say which open links it may be, the second prove it: 30 signs
CODE_LENGTH = (SELECTOR_BITS + SECRET_BITS) // 5
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


def open_code(link_id: uuid.UUID) -> str:
    """Returns the code beside an open link on paper, to type: 30 signs, the same each time, stored nowhere."""
    return _code(link_id, settings.LINK_SECRET)


def token_by_code(link_id: uuid.UUID, code: str) -> str | None:
    """Returns the token of an open link if `code` is its code, both of one generation of LINK_SECRET; else None."""
    made_by = (secret for secret in link_secrets() if hmac.compare_digest(_code(link_id, secret), code))
    return next((_token(link_id, secret) for secret in made_by), None)


def code_as_typed(text: str) -> str:
    """Returns the signs of a code, however it was typed: small letters, spaces, dashes, O for 0, I or L for 1."""
    return "".join(sign for sign in text.upper().translate(SLIPS) if sign.isalnum())


def ids_of_code(code: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Returns the first and the last id that an open link with this code can have; None for what is no code."""
    if len(code) != CODE_LENGTH or set(code) - set(SIGNS):
        return None
    selector = 0
    for sign in code[: SELECTOR_BITS // 5]:
        selector = selector << 5 | SIGNS.index(sign)
    first = selector << (128 - SELECTOR_BITS)
    return uuid.UUID(int=first), uuid.UUID(int=first | (1 << (128 - SELECTOR_BITS)) - 1)


def link_secrets() -> tuple[str, ...]:
    """Returns the generations of LINK_SECRET, the one for new links first."""
    return (settings.LINK_SECRET, *settings.LINK_SECRET_FALLBACKS)


def _token(some_id: uuid.UUID, secret: str) -> str:
    seal = hmac.digest(secret.encode(), b"link" + some_id.bytes, "sha256")[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(some_id.bytes + seal).rstrip(b"=").decode()


def _code(link_id: uuid.UUID, secret: str) -> str:
    seal = hmac.digest(secret.encode(), b"code" + link_id.bytes, "sha256")
    proof = int.from_bytes(seal) >> (8 * len(seal) - SECRET_BITS)
    number = link_id.int >> (128 - SELECTOR_BITS) << SECRET_BITS | proof
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))
