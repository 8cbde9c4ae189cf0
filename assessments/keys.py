"""Personal links and response keys: derived from secrets when needed, stored nowhere."""

import base64
import binascii
import hmac
import secrets
import uuid

from django.conf import settings

# Crockford's: no I, L, O or U, which are read as others; 32 signs, so 5 bits each.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIPS = str.maketrans("ILO", "110")
SELECTOR_BITS, SECRET_BITS = 20, 130  # which open links it may be, and what proves it: together 30 signs
CODE_LENGTH = (SELECTOR_BITS + SECRET_BITS) // 5
TOKEN_BYTES = 16  # 128 bits of the link can't be guessed; the other 16 name the participant


def link_token(participant_id: uuid.UUID) -> str:
    """The part of a personal link that leads to this participant: 43 characters, the same each time."""
    return base64.urlsafe_b64encode(participant_id.bytes + _seal(participant_id)).rstrip(b"=").decode()


def participant_of(token: str) -> uuid.UUID | None:
    """The id of the participant that `token` leads to, or None for anything that we did not make.

    The whole text is compared: its last character has two bits to spare, and a link has one spelling.
    """
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != 32:
        return None
    participant_id = uuid.UUID(bytes=raw[:16])
    return participant_id if hmac.compare_digest(token, link_token(participant_id)) else None


def open_code(link_id: uuid.UUID) -> str:
    """What somebody can type who got an open link on paper: 30 signs, the same each time, stored nowhere."""
    seal = hmac.digest(settings.LINK_SECRET.encode(), b"code" + link_id.bytes, "sha256")
    secret = int.from_bytes(seal) >> (8 * len(seal) - SECRET_BITS)
    number = link_id.int >> (128 - SELECTOR_BITS) << SECRET_BITS | secret
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))


def code_as_typed(text: str) -> str:
    """The signs of a code, however it was typed: small letters, spaces and dashes, an O for a 0, an I or L for a 1."""
    return "".join(sign for sign in text.upper().translate(SLIPS) if sign.isalnum())


def ids_of_code(code: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and the last id that an open link with this code can have; None for what is no code."""
    if len(code) != CODE_LENGTH or set(code) - set(SIGNS):
        return None
    selector = 0
    for sign in code[: SELECTOR_BITS // 5]:
        selector = selector << 5 | SIGNS.index(sign)
    first = selector << (128 - SELECTOR_BITS)
    return uuid.UUID(int=first), uuid.UUID(int=first | (1 << (128 - SELECTOR_BITS)) - 1)


def new_round_secret() -> bytes:
    return secrets.token_bytes(32)


def response_key(participant_id: uuid.UUID, round_secret: bytes | memoryview | None) -> uuid.UUID:
    """The key of a participant's response while the round is open: without both secrets it leads to nobody.

    Raises ValueError for a round without a secret: it is not open, and nothing leads to a response any more.
    """
    if round_secret is None:
        raise ValueError("a round that is not open has no secret")
    key = hmac.digest(settings.RESPONSE_SECRET.encode(), bytes(round_secret) + participant_id.bytes, "sha256")
    return uuid.UUID(bytes=key[:16])


def _seal(participant_id: uuid.UUID) -> bytes:
    return hmac.digest(settings.LINK_SECRET.encode(), b"link" + participant_id.bytes, "sha256")[:TOKEN_BYTES]
