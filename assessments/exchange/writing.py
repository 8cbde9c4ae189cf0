"""Writes a network to a zip file, part by part: what of it is closed, and nothing of a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models import QuerySet

from assessments.anonymity.locks import share_round
from assessments.exchange import shape
from assessments.exchange.shape import Unfit, row_of
from assessments.models import Network, PartnerKind, Round
from assessments.rules.workflow import Work
from factors.models import InstrumentVersion

# What lists that can be long are called.
LISTS = {
    "partners": "partners",
    "job_titles": "functies",
    "open_answers": "open antwoorden",
    "improvements": "verbeteracties",
}
TOO_LARGE = (
    "{}. Zo’n bestand leest geen installatie in. Er is daarom geen bestand gemaakt, en in het netwerk is niets"
    " veranderd. Verwijder het netwerk niet, en vraag de beheerder om hulp."
)
LEFT_OUT = "niet in dit bestand: {}, want die is nog niet gesloten"
README = """Dit is het netwerk ‘{name}’, zoals het was op {day}.

Een andere installatie van Samenwerking leest dit bestand in met: manage.py network_import BESTAND --coordinator ADRES
Er staan gesloten rondes in, met uitkomsten, open antwoorden, afspraken en gesprekken, en de partners van het netwerk.
Er staan geen deelnemers in, geen adressen, geen links en geen antwoorden van personen. Collega's nodigt u opnieuw uit.
{left_out}
Wat mensen in eigen woorden schreven, staat er wel in. Bewaar dit bestand dus net zo zorgvuldig als de rapporten.
"""


@dataclass
class Written:
    """Says what a file holds: how many rounds, and the names of rounds that are not in it."""

    rounds: int = 0
    left_out: list[str] = field(default_factory=list)
    checksums: dict[str, dict[str, Any]] = field(default_factory=dict)


@transaction.atomic
def write_network(network: Network, file: IO[bytes], now: datetime) -> Written:
    """Writes the network to `file`, and returns what is in it. Nothing in its closed rounds changes meanwhile.

    Raises Unfit where it is more than any installation reads in.
    """
    rounds = network.rounds.order_by("created_at", "pk")
    closed = list(rounds.allowing(Work.KEEPING).values_list("pk", flat=True))
    for pk in sorted(closed):
        share_round(pk)
    written = Written(len(closed), list(rounds.exclude(pk__in=closed).values_list("name", flat=True)))
    with ZipFile(file, "w", ZIP_DEFLATED) as parcel:
        for name, content in _parts(network, closed, written, now):
            _write(parcel, name, content)
            sha256 = hashlib.sha256(content).hexdigest()
            written.checksums[name] = {"sha256": sha256, "bytes": len(content)}
        manifest = _json(_manifest(written, now))
        _check_whole(written, len(manifest))
        _write(parcel, shape.MANIFEST, manifest)
    return written


def _check_whole(written: Written, manifest: int) -> None:
    """Raises Unfit where the parts are too many, or too large together."""
    most = shape.MOST_BYTES // 1_000_000
    if manifest + sum(part["bytes"] for part in written.checksums.values()) > shape.MOST_BYTES:
        raise Unfit(TOO_LARGE.format(f"Dit netwerk is samen meer dan {most} MB"))
    if len(written.checksums) + 1 > shape.MOST_FILES or len(written.left_out) > shape.MOST_ROWS:
        raise Unfit(TOO_LARGE.format("Dit netwerk heeft te veel rondes"))


def _parts(network: Network, closed: list[Any], written: Written, now: datetime) -> Iterator[tuple[str, bytes]]:
    lines = [LEFT_OUT.format(f"‘{name}’") for name in written.left_out]
    said = README.format(name=network.name, day=f"{now:%-d-%-m-%Y}", left_out="\n".join(lines))
    yield shape.README, said.encode()
    yield shape.NETWORK, _fitting(_network(network), "Dit netwerk")
    versions = set()
    for pk in closed:
        round = Round.objects.select_related("frozen", "network").get(pk=pk)
        versions.add(round.instrument_version_id)
        yield shape.ROUND.format(pk), _fitting(_round(round, closed, now), f"De ronde ‘{round.name}’")
    for loaded in InstrumentVersion.objects.filter(pk__in=versions).order_by("pk"):
        yield (
            shape.INSTRUMENT.format(loaded.pk),
            _json({"version": loaded.pk, "document": loaded.document, "checksum": loaded.checksum}),
        )


def _fitting(part: shape.Json, called: str) -> bytes:
    """Returns a part as it is written. Raises Unfit where a list in it is too long, or it is too large."""
    for key, what in LISTS.items():
        if len(part.get(key, ())) > (most := shape.most_of(key)):
            raise Unfit(TOO_LARGE.format(f"{called} heeft {len(part[key])} {what}, en er gaan er hoogstens {most} mee"))
    content = _json(part)
    if len(content) > shape.MOST_OF_A_PART:
        raise Unfit(TOO_LARGE.format(f"{called} is meer dan {shape.MOST_OF_A_PART // 1_000_000} MB"))
    return content


def _network(network: Network) -> shape.Json:
    partners = list(network.partners.order_by("key"))
    kinds = PartnerKind.objects.filter(pk__in={partner.kind_id for partner in partners}).order_by("pk")
    return {
        **row_of(network),
        "kinds": _rows(kinds),
        "partners": [{**row_of(partner), "kind": partner.kind_id} for partner in partners],
        "job_titles": _rows(network.job_title_levels.order_by("simple_form")),
    }


def _round(round: Round, closed: list[Any], now: datetime) -> shape.Json:
    """Returns a closed round. Its addresses count as erased from now on: none of them is in the file."""
    row = row_of(round)
    row["addresses_erased_at"] = row["addresses_erased_at"] or now.isoformat()
    places = round.places_in_sectors.order_by("partner__key").values_list("partner__key", "sector")
    meeting = getattr(round, "meeting", None)
    return {
        **row,
        "instrument_version": round.instrument_version_id,
        "previous": str(round.previous_id) if round.previous_id in closed else None,
        "frozen": row_of(round.frozen),
        "sectors": [{"partner": partner, "sector": sector} for partner, sector in places],
        "publications": _rows(round.publications.order_by("published_at", "pk")),
        "open_answers": _open_answers(round),
        "improvements": _rows(round.improvements.order_by("pk")),
        "meeting": row_of(meeting) if meeting else None,
    }


def _open_answers(round: Round) -> list[shape.Json]:
    """Returns what people wrote; with their level only where a published report says it.

    Whoever looks through answers is promised not to see at which level they were given.
    """
    is_told = round.publications.exists()
    rows = _rows(round.open_answers.order_by("pk"))
    return [row if is_told and row["is_cleared"] else {**row, "level": ""} for row in rows]


def _rows(rows: QuerySet[Any]) -> list[shape.Json]:
    return [row_of(row) for row in rows.iterator(chunk_size=500)]


def _manifest(written: Written, now: datetime) -> shape.Json:
    return {
        "format": shape.FORMAT,
        "version": shape.VERSION,
        "made_at": now.isoformat(),
        "left_out": written.left_out,
        "files": written.checksums,
    }


def _json(document: shape.Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _write(parcel: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name)  # with the day that zip files begin with: the same network gives the same parts
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
    parcel.writestr(entry, content)
