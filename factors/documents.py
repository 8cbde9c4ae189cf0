"""Makes one document of the instrument's YAML files, and the instrument of a document. It knows no database."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml

from factors.faults import InvalidInstrument, each, one
from factors.instrument import (
    LEAST_OUDERS,
    LEVELS,
    Advice,
    Battery,
    Citation,
    Condition,
    Dimension,
    Document,
    Factor,
    Finding,
    Instrument,
    InterviewQuestion,
    OpenQuestion,
    Origin,
    Phase,
    Recommendation,
    Rule,
    Source,
    Statement,
    Touch,
)

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "instrument"


def read(folder: Path) -> Document:
    """Returns the YAML files of `folder` as one document: it is a version of the instrument, and what is stored of it.

    Raises InvalidInstrument where a file cannot be read; `build` says what is missing.
    """
    single = {path.stem: _load(path) for path in sorted(folder.glob("*.yaml"))}
    several = {name: [_load(path) for path in sorted((folder / name).glob("*.yaml"))] for name in ("factors", "lenses")}
    advice = [entry for path in sorted((folder / "advice").glob("*.yaml")) for entry in _load(path)]
    ouders = [_load(path) for path in folder.glob("perspectives/ouders.yaml")]
    return single | several | {"advice": advice} | ({"ouders": ouders[0]} if ouders else {})


def _load(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise InvalidInstrument(path.name, f"dit bestand is niet te lezen ({fault})") from fault


def build(document: Document) -> Instrument:
    """Returns the instrument that a document describes. Raises InvalidInstrument where a part is missing or not whole.

    `references.check` says whether the names by which the parts refer to each other exist.
    """
    return one("de bestanden", _build, document)


def _build(document: Document) -> Instrument:
    version, ouders = document["version"], document["ouders"]
    labels, ouders_labels = _labels(version), one("perspectives/ouders.yaml", _labels, ouders)
    if labels.keys() != ouders_labels.keys():
        raise InvalidInstrument("perspectives/ouders.yaml", "de antwoorden hebben andere waarden dan in version.yaml")
    order = [key for phase in document["phases"] for key in phase["factors"]]
    places = {key: place for place, key in enumerate(order)}
    unsorted = each("factors/", _factor, document["factors"])
    if apart := places.keys() ^ {factor.key for factor in unsorted}:
        raise InvalidInstrument(f"phases.yaml, {min(apart)}", "dit staat niet bij de fasen, of heeft geen bestand")
    factors = sorted(unsorted, key=lambda factor: places[factor.key])
    advice = sorted(each("advice/", _advice, document["advice"]), key=lambda a: places.get(a.factor or "", len(order)))
    return Instrument(
        version=version["version"],
        rules_version=document["rules"]["version"],
        title=version["title"],
        instruction=version["instruction"],
        labels=labels,
        unknown_label=version["unknown_label"],
        ouders_labels=ouders_labels,
        ouders_unknown_label=one("perspectives/ouders.yaml", itemgetter("unknown_label"), ouders),
        note=version["note"],
        beyond=one("version.yaml", _finding, version["beyond"]),
        phases=each("phases.yaml", _phase, document["phases"]),
        factors=tuple(factors),
        outcome=one("outcome.yaml", _battery, document["outcome"]),
        ouders=one("perspectives/ouders.yaml", _ouders, ouders),
        open_questions=each("open_questions.yaml", _open_question, document["open_questions"]),
        sources=each("sources.yaml", _source, document["sources"]),
        advice=tuple(advice),
        rules=each("rules.yaml", _rule, document["rules"]["rules"]),
        conversation=document["conversation"],
        interview=each("interview.yaml", _interview_question, document["interview"]),
        lenses=tuple(document["lenses"]),
    )


def citations(row: Document) -> tuple[Citation, ...]:
    """Returns the citations of a part of the instrument, also of one that is kept as a document."""
    return tuple(Citation(cited["source"], cited["section"]) for cited in row.get("sources") or ())


def _phase(row: Document) -> Phase:
    return Phase(row["key"], row["name"], row["heading"], row["definition"], citations(row))


def _labels(row: Document) -> dict[int, str]:
    return {answer["value"]: answer["label"] for answer in row["scale"]}


def _statement(row: Document, scale: str) -> Statement:
    return Statement(row["key"], scale, row["text"], _texts(row), citations(row))


def _texts(row: Document) -> dict[str, str]:
    """Returns the wordings by level. Raises InvalidInstrument where one is nobody's, absent or the statement's own."""
    texts, place = row.get("texts") or {}, f"stelling {row['key']}"
    for level, text in texts.items():
        if level not in LEVELS:
            raise InvalidInstrument(place, f"niveau ‘{level}’ bij texts bestaat niet")
        if not isinstance(text, str) or not text.strip():
            raise InvalidInstrument(place, f"de tekst voor ‘{level}’ ontbreekt")
        if text == row["text"]:
            raise InvalidInstrument(place, f"de tekst voor ‘{level}’ is die van alle niveaus")
    return dict(texts)


def _dimension(row: Document, factor: str) -> Dimension:
    statements = tuple(_statement(statement, row["key"]) for statement in row["statements"])
    return Dimension(row["key"], factor, row["name"], row["definition"], statements, citations(row))


def _factor(row: Document) -> Factor:
    page = row.get("page") or {}
    return Factor(
        key=row["key"],
        phase=row["phase"],
        name=row["name"],
        definition=row["definition"],
        heading=row["heading"],
        explanation=row["explanation"],
        dimensions=tuple(_dimension(dimension, row["key"]) for dimension in row["dimensions"]),
        note=row.get("note"),
        why=page.get("why", ""),
        findings=tuple(_finding(finding) for finding in page.get("findings", ())),
        touches=tuple(_touch(touch) for touch in page.get("touches", ())),
        model=_finding(page["model"]) if "model" in page else None,
        sources=citations(row),
    )


def _finding(row: Document) -> Finding:
    return Finding(row["text"], citations(row))


def _touch(row: Document) -> Touch:
    return Touch(row["factor"], row["text"], row.get("colours") or "", citations(row))


def _battery(row: Document) -> Battery:
    statements = tuple(_statement(statement, row["key"]) for statement in row["statements"])
    definition = row.get("definition") or row["explanation"]
    heading, explanation = row["heading"], row["explanation"]
    return Battery(row["key"], row["name"], definition, heading, explanation, statements, citations(row))


def _ouders(row: Document) -> Battery:
    minimum = row["minimum"]
    if type(minimum) is not int or minimum < LEAST_OUDERS:
        raise KeyError(f"een heel getal van {LEAST_OUDERS} of meer bij minimum")
    return replace(_battery(row), minimum=minimum)


def _open_question(row: Document) -> OpenQuestion:
    explained, ouders = row.get("help") or "", row.get("ouders") or {}
    return OpenQuestion(row["key"], row["phase"], row["text"], explained, citations(row), ouders)


def _interview_question(row: Document) -> InterviewQuestion:
    levels = tuple(row.get("levels") or LEVELS)
    return InterviewQuestion(row["item"], row["text"], levels, tuple(_origin(given) for given in row["sources"]))


def _origin(row: Document) -> Origin:
    origin = Origin(row["source"], row["section"], row.get("number"), row.get("topic") or "")
    if (origin.number is None) == (not origin.topic):
        raise KeyError("óf number óf topic bij een bron")
    return origin


def _source(row: Document) -> Source:
    tuples = {"authors": tuple(row["authors"]), "catalogue": tuple(row.get("catalogue") or ())}
    return Source(**{**row, **tuples})


def _advice(row: Document) -> Advice:
    given = row["recommendation"]
    return Advice(
        **{
            **row,
            "levels": tuple(row["levels"]),
            "partners": tuple(row["partners"]),
            "recommendation": Recommendation(given["source"], given["number"]) if given else None,
            "sources": citations(row),
        }
    )


def _rule(row: Document) -> Rule:
    return Rule(
        key=row["key"],
        scope=row["scope"],
        finding=row["finding"],
        when=tuple(Condition(_items(condition["item"]), tuple(condition["is"])) for condition in row["when"]),
        advice=tuple(entry["key"] for entry in _given(row)),
        because={entry["key"]: entry["because"] for entry in _given(row) if "because" in entry},
        unless=tuple(row.get("unless") or ()),
        waits=tuple(row.get("waits") or ()),
        levels=tuple(row.get("levels") or ()),
        keeps=row.get("keeps") or "",
        sources=citations(row),
    )


def _given(row: Document) -> list[Document]:
    return [entry if isinstance(entry, dict) else {"key": entry} for entry in row["advice"]]


def _items(named: str | list[str]) -> tuple[str, ...]:
    return (named,) if isinstance(named, str) else tuple(named)
