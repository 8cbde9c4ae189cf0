"""Loads a version of the instrument into the database, and does nothing else."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from factors.documents import FOLDER, build, read
from factors.instrument import Document
from factors.models import InstrumentVersion
from factors.references import check

CAME_ALONG = datetime(1970, 1, 1, tzinfo=UTC)  # when what came with a network counts as loaded: before all others


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
        if loaded.loaded_at <= CAME_ALONG:
            InstrumentVersion.objects.filter(pk=version).update(loaded_at=timezone.now())
        return loaded
    if loaded and loaded.is_in_use:
        raise VersionInUse(version)
    stored, _ = InstrumentVersion.objects.update_or_create(
        version=version, defaults={"document": document, "checksum": checksum}
    )
    return stored


def keep_along(*, version: str, document: Document, checksum: str) -> None:
    """Keeps a version that a round of elsewhere asked; no new round starts with it before it is loaded here too."""
    InstrumentVersion.objects.create(version=version, document=document, checksum=checksum)
    InstrumentVersion.objects.filter(pk=version).update(loaded_at=CAME_ALONG)  # it writes the moment of now by itself


def checksum_of(document: Document) -> str:
    """Returns what tells two documents apart: the SHA-256 of one canonical form, in hexadecimal."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
