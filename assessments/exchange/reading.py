"""Reads the file of a network and checks all of it, before anybody writes a row. Asks the database nothing."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.utils import timezone

from assessments.exchange import shape
from assessments.exchange.shape import Json, Unfit, instance_of
from assessments.models import (
    FrozenResults,
    Improvement,
    JobTitleLevel,
    Meeting,
    Network,
    OpenAnswer,
    Partner,
    PartnerKind,
    PlaceInSector,
    Publication,
    Round,
    Sector,
)
from assessments.national.reference import from_json as reference_from_json
from assessments.report.load import kept_facts
from assessments.results.document import UnknownFormat, checksum, from_json
from assessments.rules.keeping import LIMIT, months_later
from assessments.rules.workflow import Work
from factors.actions import checksum_of
from factors.documents import build
from factors.faults import InvalidInstrument
from factors.references import check

AGAIN = "Download de export opnieuw, en verander er niets in."


@dataclass
class RoundParcel:
    """Holds a closed round and what hangs on it, as instances that are not saved."""

    round: Round
    instrument_version: str
    previous: UUID | None
    frozen: FrozenResults
    rows: list[Any] = field(default_factory=list)  # of models with a round
    sectors: list[PlaceInSector] = field(default_factory=list)


@dataclass
class Parcel:
    """Holds a whole network, as instances that are not saved; partners by their keys."""

    network: Network
    kinds: list[PartnerKind]
    partners: dict[str, Partner]
    job_titles: list[JobTitleLevel]
    rounds: list[RoundParcel]
    instruments: dict[str, Json]
    left_out: list[str]


def read_network(file: IO[bytes]) -> Parcel:
    """Returns what the file holds. Raises Unfit where anything in it is not as it was written, or can't be."""
    try:
        with ZipFile(file) as parcel:
            return _read(parcel)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError) as fault:
        raise Unfit(f"Dit bestand is geen export van een netwerk, of het is beschadigd. {AGAIN}") from fault


def _read(parcel: ZipFile) -> Parcel:
    manifest = _manifest(parcel)
    files = manifest["files"]
    if shape.NETWORK not in files:
        raise Unfit(f"{shape.NETWORK} ontbreekt. {AGAIN}")
    found = _network(_document(parcel, shape.NETWORK, files[shape.NETWORK]))
    found.left_out = manifest["left_out"]
    for name in sorted(files.keys() - {shape.NETWORK, shape.README}):
        part = _document(parcel, name, files[name])
        if name.startswith("rounds/"):
            found.rounds.append(_round(found, part, name))
        else:
            found.instruments[_version(part, name)] = part
    _check_rounds(found.rounds)
    return found


def _manifest(parcel: ZipFile) -> Json:
    """Returns what the file says of itself; each of its parts is in it once, and none besides."""
    names = parcel.namelist()
    is_usual = all(entry.compress_type in (ZIP_STORED, ZIP_DEFLATED) for entry in parcel.infolist())
    if not is_usual or shape.MANIFEST not in names or len(names) > shape.MOST_FILES or len(set(names)) != len(names):
        raise Unfit(f"Dit bestand is geen export van een netwerk, of het is beschadigd. {AGAIN}")
    sizes = [entry.file_size for entry in parcel.infolist()]
    if sum(sizes) > shape.MOST_BYTES or max(sizes) > shape.MOST_OF_A_PART:
        raise Unfit("Dit bestand is te groot voor een export van een netwerk.")
    manifest = _object(_bytes(parcel, shape.MANIFEST), shape.MANIFEST)
    if manifest.get("format") != shape.FORMAT:
        raise Unfit(f"{shape.MANIFEST}: dit is geen export van een netwerk van Samenwerking.")
    if manifest.get("version") != shape.VERSION:
        raise Unfit(
            f"{shape.MANIFEST}: dit bestand heeft vorm {manifest.get('version')}, en deze versie van Samenwerking leest"
            f" vorm {shape.VERSION}. Werk beide installaties bij naar dezelfde versie, en maak de export opnieuw."
        )
    files, left_out = manifest.get("files"), manifest.get("left_out")
    if not isinstance(files, dict) or not isinstance(left_out, list) or len(left_out) > shape.MOST_ROWS:
        raise Unfit(f"{shape.MANIFEST}: de lijst van bestanden ontbreekt. {AGAIN}")
    for name in sorted(files.keys() ^ (set(names) - {shape.MANIFEST})):
        raise Unfit(f"{name}: dit bestand hoort er niet bij, of het ontbreekt. {AGAIN}")
    for name in files:
        if not shape.NAMES.fullmatch(name):
            raise Unfit(f"{name}: dit bestand kennen wij niet. {AGAIN}")
    return manifest


def _bytes(parcel: ZipFile, name: str) -> bytes:
    try:
        with parcel.open(name) as part:
            content = part.read(shape.MOST_OF_A_PART + 1)
    except (BadZipFile, zlib.error) as fault:
        raise Unfit(f"{name}: dit bestand is beschadigd. {AGAIN}") from fault
    if len(content) > shape.MOST_OF_A_PART:
        raise Unfit(f"{name}: dit bestand is te groot.")
    return content


def _document(parcel: ZipFile, name: str, said: Any) -> Json:
    """Returns a part. Raises Unfit where it is not, byte by byte, what was written."""
    content = _bytes(parcel, name)
    if not isinstance(said, dict) or hashlib.sha256(content).hexdigest() != said.get("sha256"):
        raise Unfit(f"{name}: de inhoud klopt niet met het controlegetal: er is iets veranderd. {AGAIN}")
    return _object(content, name)


def _object(content: bytes, name: str) -> Json:
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Unfit(f"{name}: dit is geen JSON. {AGAIN}") from fault
    if not isinstance(found, dict):
        raise Unfit(f"{name}: hier hoort een object. {AGAIN}")
    return found


def _no_number(word: str) -> None:
    """Refuses NaN and Infinity, which Python reads, and which neither JSON nor PostgreSQL knows."""
    raise ValueError(word)


def _network(part: Json) -> Parcel:
    kinds = [instance_of(PartnerKind, row, _at("kinds", n)) for n, row in _rows(part, "kinds", shape.NETWORK)]
    partners: dict[str, Partner] = {}
    for number, row in _rows(part, "partners", shape.NETWORK):
        place = f"{shape.NETWORK}: {_at('partners', number)}"
        kind = _take(row, "kind", place, {kind.key for kind in kinds})
        partner = instance_of(Partner, row, place, kind_id=kind)
        if partner.key in partners:
            raise Unfit(f"{place}: er is al een partner met de sleutel {partner.key}.")
        partners[partner.key] = partner
    titles = _rows(part, "job_titles", shape.NETWORK)
    job_titles = [instance_of(JobTitleLevel, row, f"{shape.NETWORK}: {_at('job_titles', n)}") for n, row in titles]
    return Parcel(instance_of(Network, part, shape.NETWORK), kinds, partners, job_titles, [], {}, [])


def _version(part: Json, name: str) -> str:
    """Returns the version of a whole instrument. Raises Unfit where it is none."""
    try:
        instrument = build(part["document"])
        check(instrument)
    except (InvalidInstrument, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Unfit(f"{name}: dit is geen versie van de vragenlijst. {AGAIN}") from fault
    if checksum_of(part["document"]) != part.get("checksum") or shape.INSTRUMENT.format(instrument.version) != name:
        raise Unfit(f"{name}: de vragenlijst klopt niet met haar controlegetal of haar naam. {AGAIN}")
    return instrument.version


def _round(found: Parcel, part: Json, name: str) -> RoundParcel:
    part = dict(part)
    version, previous = str(part.pop("instrument_version", "")), part.pop("previous", None)
    frozen, meeting = part.pop("frozen", None), part.pop("meeting", None)
    lists = {key: list(_rows(part, key, name)) for key in ("publications", "open_answers", "improvements", "sectors")}
    round = instance_of(Round, part, name, network=found.network, instrument_version_id=version)
    own = RoundParcel(round, version, _id(previous, name), _frozen(round, frozen, name))
    for key, model in (("publications", Publication), ("open_answers", OpenAnswer), ("improvements", Improvement)):
        own.rows += [instance_of(model, row, f"{name}: {_at(key, n)}", round=round) for n, row in lists[key]]
    if meeting is not None:
        own.rows.append(instance_of(Meeting, meeting, f"{name}: meeting", round=round))
    for number, row in lists["sectors"]:
        place = f"{name}: {_at('sectors', number)}"
        partner = _take(row, "partner", place, found.partners)
        sector = _take(row, "sector", place, Sector.values)
        own.sectors.append(PlaceInSector(round=round, partner=found.partners[partner], sector=sector))
    if round.state not in Work.KEEPING.states or None in (round.opened_at, round.closed_at):
        raise Unfit(f"{name}: deze ronde is niet gesloten. Alleen gesloten rondes kunnen mee.")
    last = months_later(timezone.localdate(round.closed_at), LIMIT)
    if max(filter(None, (round.texts_until, round.results_until)), default=last) > last:
        raise Unfit(f"{name}: deze ronde zou langer blijven dan een installatie toestaat. {AGAIN}")
    if shape.ROUND.format(round.pk) != name:
        raise Unfit(f"{name}: de naam van dit bestand is niet die van de ronde.")
    return own


def _frozen(round: Round, row: Any, name: str) -> FrozenResults:
    """Returns the frozen results. Raises Unfit where they are not what was frozen, or can't be read or reported."""
    place = f"{name}: frozen"
    frozen: FrozenResults = instance_of(FrozenResults, row, place, round=round)
    if checksum(frozen.document) != frozen.checksum:
        raise Unfit(f"{place}: de uitkomsten kloppen niet met hun controlegetal: er is iets veranderd. {AGAIN}")
    try:
        from_json(frozen.document)
        kept_facts(round)
        reference_from_json(round.reference)
    except UnknownFormat as fault:
        raise Unfit(f"{place}: deze versie van Samenwerking kan deze uitkomsten niet lezen. Werk haar bij.") from fault
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
        raise Unfit(f"{place}: aan deze uitkomsten ontbreekt iets. {AGAIN}") from fault
    return frozen


def _check_rounds(rounds: Iterable[RoundParcel]) -> None:
    """Raises Unfit where a round follows one that is not there, or one that is not before it."""
    seen: set[UUID] = set()
    for own in sorted(rounds, key=lambda own: (own.round.created_at, str(own.round.pk))):
        if own.previous and own.previous not in seen:
            raise Unfit(f"{shape.ROUND.format(own.round.pk)}: previous: de ronde ervoor ontbreekt. {AGAIN}")
        seen.add(own.round.pk)


def _rows(part: Json, key: str, name: str) -> list[tuple[int, Any]]:
    """Takes a list out of a part, and returns its rows by number."""
    rows = part.pop(key, None)
    if not isinstance(rows, list):
        raise Unfit(f"{name}: {key}: hier hoort een lijst. {AGAIN}")
    if len(rows) > (most := shape.most_of(key)):
        raise Unfit(f"{name}: {key}: hier staan er {len(rows)}, en meer dan {most} lezen wij niet in.")
    return list(enumerate(rows))


def _take(row: Any, key: str, place: str, known: Iterable[str]) -> str:
    """Takes a word out of a row, which must be one of those that are known."""
    word = row.pop(key, None) if isinstance(row, dict) else None
    if not isinstance(word, str) or word not in known:
        raise Unfit(f"{place}: {key}: dit kennen wij niet. {AGAIN}")
    return word


def _id(value: Any, name: str) -> UUID | None:
    try:
        return None if value is None else UUID(value)
    except (ValueError, TypeError, AttributeError) as fault:
        raise Unfit(f"{name}: previous: hier hoort het nummer van een ronde. {AGAIN}") from fault


def _at(key: str, number: int) -> str:
    return f"{key}[{number}]"
