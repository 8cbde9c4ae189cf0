"""Holds the keys of one open round, by which a response is found and opened. Knows no database and no person."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from assessments.scores.answers import VALUES, Filled, Sent

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PAGE = 1024  # bytes: only whole pages are sealed, so the length hardly tells how much was filled in
NONCE = 12  # bytes, fresh at each save: NIST SP 800-38D, 8.2.2


class Unreadable(Exception):
    """What was sealed can't be opened: it was damaged, or sealed with another secret, round or key."""


@dataclass(frozen=True)
class RoundKeys:
    """Is made of the server's RESPONSE_SECRET and the round's own secret, and of no use without both."""

    round_id: UUID
    server_secret: bytes = field(repr=False)
    round_secret: bytes = field(repr=False)

    def response_key(self, some_id: UUID) -> UUID:
        """Returns the key of the response of a participant, or of a guest of an open link: a keyed hash of their id."""
        return UUID(bytes=hmac.digest(self.server_secret, self.round_secret + some_id.bytes, "sha256")[:16])

    def seal(self, key: UUID, filled: Filled) -> bytes:
        """Seals with AES-256-GCM what belongs to the response with `key`.

        Returns a nonce, and then whole pages and a tag.
        """
        plain = _written(filled)
        padded = plain.ljust(-(-len(plain) // PAGE) * PAGE)  # json.loads skips the spaces at the end
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, padded, self._round + key.bytes)

    def open(self, key: UUID, sealed: bytes | memoryview) -> Filled:
        """Returns what `seal` was given for the response with `key`. Raises Unreadable."""
        told = self._opened(key, sealed)
        values = map(VALUES.__getitem__, told["signs"])
        answers = dict(zip(told["statements"].split(), values, strict=True))
        return Filled(answers, told["texts"], {mark: keys.split() for mark, keys in told["browsers"].items()})

    def open_to_count(self, key: UUID, sealed: bytes | memoryview) -> Sent:
        """Returns the same in a form in which thousands are counted fast. Raises Unreadable."""
        told = self._opened(key, sealed)
        return Sent(told["statements"], told["signs"], told["texts"])

    def _opened(self, key: UUID, sealed: bytes | memoryview) -> dict[str, Any]:
        from cryptography.exceptions import InvalidTag

        sealed = bytes(sealed)
        try:
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._round + key.bytes)
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            raise Unreadable(f"a response of round {self.round_id} was damaged") from None
        told: dict[str, Any] = json.loads(plain.decode())
        return told

    @cached_property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(hmac.digest(self.server_secret, b"seal" + self.round_secret, "sha256"))

    @cached_property
    def _round(self) -> bytes:
        return self.round_id.bytes


def _written(filled: Filled) -> bytes:
    """Returns it as JSON: statements and signs are one text each, a fifth of the bytes and of the time to read."""
    told = {
        "statements": " ".join(filled.answers),
        "signs": "".join(map(str, filled.answers.values())),
        "texts": filled.texts,
        "browsers": {mark: " ".join(keys) for mark, keys in filled.browsers.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
