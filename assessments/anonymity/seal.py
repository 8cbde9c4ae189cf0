"""The keys of one open round: which response is whose, and what is sealed in it. Knows no database, no person."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from assessments.answers import Filled

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PAGE = 1024  # bytes: only whole ones are sealed, so a length hardly tells how much was filled in
NONCE = 12  # bytes, fresh at each save: NIST SP 800-38D, 8.2.2
VALUES = "answers", "texts", "browsers"


class Unreadable(Exception):
    """What was sealed can't be opened: it was damaged, or sealed with another secret, round or key."""


@dataclass(frozen=True)
class RoundKeys:
    """Made of the server's RESPONSE_SECRET and the round's own secret; of no use without both."""

    round_id: UUID
    server_secret: bytes
    round_secret: bytes

    def response_key(self, some_id: UUID) -> UUID:
        """The key of the response of a participant, or of a guest of an open link: a keyed hash of their id."""
        return UUID(bytes=hmac.digest(self.server_secret, self.round_secret + some_id.bytes, "sha256")[:16])

    def seal(self, key: UUID, filled: Filled) -> bytes:
        """Seals with AES-256-GCM what belongs to the response with `key`: a nonce, and then whole pages and a tag."""
        told = {name: value for name in VALUES if (value := getattr(filled, name))}
        plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        padded = plain.ljust(-(-len(plain) // PAGE) * PAGE)  # JSON ends where its spaces begin
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, padded, self._bound_to(key))

    def open(self, key: UUID, sealed: bytes | memoryview) -> Filled:
        """Opens what `seal` made for the response with `key`. Raises Unreadable."""
        from cryptography.exceptions import InvalidTag

        sealed = bytes(sealed)
        try:
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound_to(key))
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            raise Unreadable(f"a response of round {self.round_id} was damaged") from None
        return Filled(**json.loads(plain))

    @cached_property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(hmac.digest(self.server_secret, b"seal" + self.round_secret, "sha256"))

    def _bound_to(self, key: UUID) -> bytes:
        return self.round_id.bytes + key.bytes
