"""The instrument as frozen data, built from its YAML files; knows neither Django nor rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from factors.faults import InvalidInstrument, each, one

LEVELS = ("uitvoerend", "management", "bestuur")
OUDERS = "ouders"

# Words of the rules, see Condition.
EVERY, SOME = "elke_factor", "een_factor"
EVERY_LEVEL, SOME_LEVEL = "elk_niveau", "een_niveau"
SPLIT, HIDDEN = "verdeeld", "verborgen"

Document = dict[str, Any]


@dataclass(frozen=True)
class Citation:
    source: str
    section: str


@dataclass(frozen=True)
class Source:
    key: str
    title: str
    authors: tuple[str, ...]
    year: int
    publisher: str
    method: str
    respondents: str
    limits: str
    url: str | None = None
    catalogue: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """How a text names it: 'Verstappen (2021)'."""
        first = self.authors[0] if self.authors else self.publisher
        surname = first.split(",")[0]
        return f"{surname} ({self.year})" if len(self.authors) < 2 else f"{surname} e.a. ({self.year})"


@dataclass(frozen=True)
class Phase:
    key: str
    name: str
    definition: str
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement; `scale` is the key of the dimension, or of the outcome or perspective it belongs to."""

    key: str
    scale: str
    text: str
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Citation, ...] = ()

    def for_level(self, level: str) -> str:
        return self.texts.get(level, self.text)


@dataclass(frozen=True)
class Dimension:
    key: str
    factor: str
    name: str
    definition: str
    statements: tuple[Statement, ...]
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Finding:
    text: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Touch:
    factor: str
    text: str


@dataclass(frozen=True)
class Factor:
    key: str
    phase: str
    name: str
    definition: str
    explanation: str
    dimensions: tuple[Dimension, ...]
    note: str | None = None
    why: str = ""
    findings: tuple[Finding, ...] = ()
    touches: tuple[Touch, ...] = ()
    sources: tuple[Citation, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for dimension in self.dimensions for statement in dimension.statements)


@dataclass(frozen=True)
class Battery:
    """Statements that are scored apart from the eleven factors: the outcome, and the perspective of ouders."""

    key: str
    name: str
    definition: str
    explanation: str
    statements: tuple[Statement, ...]
    sources: tuple[Citation, ...] = ()
    minimum: int = 0  # the smallest group of which a score is shown, where that is more than the round's


@dataclass(frozen=True)
class OpenQuestion:
    """`ouders` has text and help as ouders read them, for the question that they are asked too."""

    key: str
    phase: str | None
    text: str
    help: str
    sources: tuple[Citation, ...] = ()
    ouders: Mapping[str, str] = field(default_factory=dict)

    def for_level(self, level: str) -> OpenQuestion:
        own = self.ouders if level == OUDERS else {}
        return replace(self, text=own.get("text", self.text), help=own.get("help", self.help))


@dataclass(frozen=True)
class Advice:
    """One entry of the advice bank; `factor` is None where it speaks of a situation, not of one factor."""

    key: str
    title: str
    how: str
    first_step: str
    levels: tuple[str, ...]
    partners: tuple[str, ...]
    factor: str | None
    dimension: str | None
    kind: str
    recommendation: int | None
    sources: tuple[Citation, ...]
    example: str | None = None


@dataclass(frozen=True)
class Condition:
    """What a rule asks of the published figures: that the reading of `item` is one of `readings`.

    `item` is the key of a factor, dimension or the outcome, EVERY for each factor that is shown, or SOME for at
    least one; for the network also EVERY_LEVEL and SOME_LEVEL of those that took part. A level's and the network's
    readings are its band and, apart from that, SPLIT; a pair's the label of the difference. HIDDEN is the reading of
    what may not be shown: a rule says itself what it makes of it.
    """

    item: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """When which advice is given; `sentence` is printed as 'Waarom dit advies'.

    `scope` is level (judged for each shown level), network (once) or pair (for each two shown levels, or for the
    two in `levels`). A rule is passed over where one of the rules in `unless` holds for the same level or pair.
    """

    key: str
    scope: str
    sentence: str
    when: tuple[Condition, ...]
    advice: tuple[str, ...]
    unless: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Scale:
    """What a score is computed over; `kind` is factor, dimension, outcome or perspective.

    `block` is the factor (or outcome, perspective) whose statements are answered together;
    `places` are the places of this scale's statements within that block.
    """

    key: str
    kind: str
    block: str
    places: tuple[int, ...]

    @property
    def needed(self) -> int:
        """The least number of answers that makes a score: half of the statements, rounded up."""
        return (len(self.places) + 1) // 2


@dataclass(frozen=True)
class Instrument:
    version: str
    rules_version: str
    title: str
    instruction: str
    labels: Mapping[int, str]
    unknown_label: str
    note: str
    phases: tuple[Phase, ...]
    factors: tuple[Factor, ...]
    outcome: Battery
    ouders: Battery
    open_questions: tuple[OpenQuestion, ...]
    sources: tuple[Source, ...]
    advice: tuple[Advice, ...]
    rules: tuple[Rule, ...]
    conversation: Document
    lenses: tuple[Document, ...]

    @cached_property
    def blocks(self) -> dict[str, tuple[Statement, ...]]:
        """The statements by block, in the order of the questionnaire: eleven factors, outcome, ouders."""
        blocks = {factor.key: factor.statements for factor in self.factors}
        return blocks | {self.outcome.key: self.outcome.statements, self.ouders.key: self.ouders.statements}

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """Every scale by key: factors, dimensions, outcome, perspective."""
        return {scale.key: scale for scale in self._scales()}

    def _scales(self) -> Iterator[Scale]:
        for factor in self.factors:
            yield Scale(factor.key, "factor", factor.key, tuple(range(len(factor.statements))))
        for factor in self.factors:
            start = 0
            for dimension in factor.dimensions:
                end = start + len(dimension.statements)
                yield Scale(dimension.key, "dimension", factor.key, tuple(range(start, end)))
                start = end
        for kind, battery in (("outcome", self.outcome), ("perspective", self.ouders)):
            yield Scale(battery.key, kind, battery.key, tuple(range(len(battery.statements))))

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """All statements by key, the ouders' included, in the order of the questionnaire."""
        return {statement.key: statement for block in self.blocks.values() for statement in block}

    @cached_property
    def factor(self) -> dict[str, Factor]:
        return {factor.key: factor for factor in self.factors}

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        return {dimension.key: dimension for factor in self.factors for dimension in factor.dimensions}

    @cached_property
    def advice_by_key(self) -> dict[str, Advice]:
        return {advice.key: advice for advice in self.advice}

    @cached_property
    def source_by_key(self) -> dict[str, Source]:
        return {source.key: source for source in self.sources}

    def in_phase(self, phase: str) -> tuple[Factor, ...]:
        return tuple(factor for factor in self.factors if factor.phase == phase)

    def name(self, item: str) -> str:
        """The Dutch name of a factor, dimension, outcome or perspective."""
        return self._names[item]

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {factor.key: factor.name for factor in self.factors}
        names |= {dimension.key: dimension.name for dimension in self.dimensions.values()}
        return names | {battery.key: battery.name for battery in (self.outcome, self.ouders)}


def read(folder: Path) -> Document:
    """The YAML files of `folder` as one document: what a version of the instrument is, and what is stored of it.

    Raises InvalidInstrument where a file cannot be read; what is missing, `build` says.
    """
    one = {path.stem: _load(path) for path in sorted(folder.glob("*.yaml"))}
    many = {name: [_load(path) for path in sorted((folder / name).glob("*.yaml"))] for name in ("factors", "lenses")}
    advice = [entry for path in sorted((folder / "advice").glob("*.yaml")) for entry in _load(path)]
    ouders = [_load(path) for path in folder.glob("perspectives/ouders.yaml")]
    return one | many | {"advice": advice} | ({"ouders": ouders[0]} if ouders else {})


def _load(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise InvalidInstrument(path.name, f"dit bestand is niet te lezen ({fault})") from fault


def build(document: Document) -> Instrument:
    """The instrument that a document describes. Raises InvalidInstrument where a part is missing or not whole.

    Whether what the parts name of each other exists, `references.check` says.
    """
    return one("de bestanden", _build, document)


def _build(document: Document) -> Instrument:
    version = document["version"]
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
        labels={row["value"]: row["label"] for row in version["scale"]},
        unknown_label=version["unknown_label"],
        note=version["note"],
        phases=each("phases.yaml", _phase, document["phases"]),
        factors=tuple(factors),
        outcome=one("outcome.yaml", _battery, document["outcome"]),
        ouders=one("perspectives/ouders.yaml", _battery, document["ouders"]),
        open_questions=each("open_questions.yaml", _open_question, document["open_questions"]),
        sources=each("sources.yaml", _source, document["sources"]),
        advice=tuple(advice),
        rules=each("rules.yaml", _rule, document["rules"]["rules"]),
        conversation=document["conversation"],
        lenses=tuple(document["lenses"]),
    )


def _citations(row: Document) -> tuple[Citation, ...]:
    return tuple(Citation(cited["source"], cited["section"]) for cited in row.get("sources") or ())


def _phase(row: Document) -> Phase:
    return Phase(row["key"], row["name"], row["definition"], _citations(row))


def _statement(row: Document, scale: str) -> Statement:
    return Statement(row["key"], scale, row["text"], row.get("texts") or {}, _citations(row))


def _dimension(row: Document, factor: str) -> Dimension:
    statements = tuple(_statement(statement, row["key"]) for statement in row["statements"])
    return Dimension(row["key"], factor, row["name"], row["definition"], statements, _citations(row))


def _factor(row: Document) -> Factor:
    page = row.get("page") or {}
    return Factor(
        key=row["key"],
        phase=row["phase"],
        name=row["name"],
        definition=row["definition"],
        explanation=row["explanation"],
        dimensions=tuple(_dimension(dimension, row["key"]) for dimension in row["dimensions"]),
        note=row.get("note"),
        why=page.get("why", ""),
        findings=tuple(Finding(f["text"], _citations(f)) for f in page.get("findings", ())),
        touches=tuple(Touch(t["factor"], t["text"]) for t in page.get("touches", ())),
        sources=_citations(row),
    )


def _battery(row: Document) -> Battery:
    statements = tuple(_statement(statement, row["key"]) for statement in row["statements"])
    definition = row.get("definition") or row["explanation"]
    minimum = row.get("minimum", 0)
    if not isinstance(minimum, int):
        raise KeyError("een heel getal bij minimum")
    return Battery(row["key"], row["name"], definition, row["explanation"], statements, _citations(row), minimum)


def _open_question(row: Document) -> OpenQuestion:
    explained, ouders = row.get("help") or "", row.get("ouders") or {}
    return OpenQuestion(row["key"], row["phase"], row["text"], explained, _citations(row), ouders)


def _source(row: Document) -> Source:
    tuples = {"authors": tuple(row["authors"]), "catalogue": tuple(row.get("catalogue") or ())}
    return Source(**{**row, **tuples})


def _advice(row: Document) -> Advice:
    tuples = {"levels": tuple(row["levels"]), "partners": tuple(row["partners"]), "sources": _citations(row)}
    return Advice(**{**row, **tuples})


def _rule(row: Document) -> Rule:
    return Rule(
        key=row["key"],
        scope=row["scope"],
        sentence=row["sentence"],
        when=tuple(Condition(condition["item"], tuple(condition["is"])) for condition in row["when"]),
        advice=tuple(row["advice"]),
        unless=tuple(row.get("unless") or ()),
        levels=tuple(row.get("levels") or ()),
        sources=_citations(row),
    )
