"""Loads a version of the instrument into the database, and does nothing else."""

import hashlib
import json
from pathlib import Path

from django.db import transaction

from factors.documents import FOLDER, build, read
from factors.instrument import Document
from factors.models import InstrumentVersion
from factors.references import check


class VersionInUse(Exception):
    """The files differ from a version that a round used already."""


def load_instrument(*, folder: Path = FOLDER) -> InstrumentVersion:
    """Loads the version that the files in `folder` describe, and returns it; the same files twice change nothing.

    Raises InvalidInstrument where the files are not whole, and VersionInUse where they differ from a version of the
    same name that a round used.
    """
    document = read(folder)
    instrument = build(document)
    check(instrument)
    with transaction.atomic():
        return _store(instrument.version, document)


def _store(version: str, document: Document) -> InstrumentVersion:
    checksum = checksum_of(document)
    loaded = InstrumentVersion.objects.filter(version=version).first()
    if loaded and loaded.checksum == checksum:
        return loaded
    if loaded and loaded.is_in_use:
        raise VersionInUse(version)
    stored, _ = InstrumentVersion.objects.update_or_create(
        version=version, defaults={"document": document, "checksum": checksum}
    )
    return stored


def checksum_of(document: Document) -> str:
    """Returns what tells two documents apart: the SHA-256 of one canonical form, in hexadecimal."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
