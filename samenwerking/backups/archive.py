"""Writes and reads the file of a backup: a zip with the dump, the receipt of what is in it, and a seal on that.

All goes through in pieces, so that memory does not grow with the database, and the file can be a pipe as it is written.
It knows no database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.crypto import salted_hmac

Receipt = dict[str, Any]

DUMP, RECEIPT, SEAL = "database.dump", "receipt.json", "seal.txt"
PIECE = 1 << 20
MOST_RECEIPT = 64 << 20  # bytes: a checksum for each closed round of the country fits many times


class UnfitArchive(Exception):
    """The file is no whole backup, or not as it was written. Its text is for whoever restores it."""


NO_BACKUP = "Dit bestand is geen back-up, of er ontbreekt een stuk. Neem een andere back-up."
CHANGED = "Dit bestand is niet meer zoals het geschreven is. Neem een andere back-up."


def write_archive(out: BinaryIO, dump: Iterable[bytes], receipt: Callable[[], Receipt]) -> Receipt:
    """Writes dump, receipt and seal, and returns the receipt, which also says how long the dump is and its checksum.

    The receipt is asked for once the dump is through. Raises what `dump` and `receipt` raise; what was written by then
    is no backup.
    """
    found, size = sha256(), 0
    with ZipFile(out, "w") as archive:
        with archive.open(DUMP, "w", force_zip64=True) as member:
            for piece in dump:
                found.update(piece)
                size += len(piece)
                member.write(piece)
        told = receipt() | {"dump": {"bytes": size, "sha256": found.hexdigest()}}
        text = json.dumps(told, indent=1, sort_keys=True)
        archive.writestr(RECEIPT, text)
        archive.writestr(SEAL, _seal(text, settings.SECRET_KEY))
    return told


@dataclass(frozen=True)
class Archive:
    """Is a backup that was read through once: `is_sealed_here` tells whether a server with this SECRET_KEY wrote it."""

    path: Path
    receipt: Receipt
    is_sealed_here: bool

    def pieces(self) -> Iterator[bytes]:
        """Yields the dump. Raises UnfitArchive."""
        with _as_unfit(), ZipFile(self.path) as archive, archive.open(DUMP) as member:
            while piece := member.read(PIECE):
                yield piece


def read_archive(path: Path) -> Archive:
    """Returns the backup in this file, once all of it was read and is as its receipt says. Raises UnfitArchive."""
    with _as_unfit(), ZipFile(path) as archive:
        if archive.getinfo(RECEIPT).file_size > MOST_RECEIPT:
            raise UnfitArchive(NO_BACKUP)
        text, seal = archive.read(RECEIPT).decode(), archive.read(SEAL).decode()
        receipt = json.loads(text)
        own = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        found = Archive(path, receipt, any(compare_digest(_seal(text, secret), seal) for secret in own))
        if receipt["dump"] != _sum(found.pieces()):
            raise UnfitArchive(CHANGED)
    return found


def _sum(pieces: Iterator[bytes]) -> Receipt:
    found, size = sha256(), 0
    for piece in pieces:
        found.update(piece)
        size += len(piece)
    return {"bytes": size, "sha256": found.hexdigest()}


def _seal(text: str, secret: str) -> str:
    return salted_hmac("samenwerking.backups", text, secret=secret, algorithm="sha256").hexdigest()


@contextmanager
def _as_unfit() -> Iterator[None]:
    """Raises UnfitArchive for what a file that is no whole backup makes zipfile and json raise."""
    try:
        yield
    except (BadZipFile, EOFError) as fault:
        raise UnfitArchive(NO_BACKUP) from fault
    except (KeyError, NotImplementedError, RuntimeError, TypeError, ValueError) as fault:
        raise UnfitArchive(CHANGED) from fault
