"""Holds the instrument as frozen data, which `documents` makes of its files. It knows neither Django nor rounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

LEVELS = ("uitvoerend", "management", "bestuur")
OUDERS = "ouders"
LEAST_OUDERS = 5  # no score of fewer ouders is shown, whatever the round's minimum

# Words of the rules, see Condition.
EVERY, SOME = "elke_factor", "een_factor"
EVERY_LEVEL, SOME_LEVEL = "elk_niveau", "een_niveau"
SPLIT, HIDDEN = "verdeeld", "verborgen"
RESPONSE = "respons"
RESPONSES = EVERYBODY, NOT_EVERYBODY = "iedereen", "niet_iedereen"
# What a rule can ask of what a network said of itself, with the answers; none of them is obligatory.
CONTEXT = {
    "netwerk.inwoners": ("tot_20000", "tot_50000", "tot_100000", "tot_250000", "vanaf_250000"),
    "netwerk.wijkteam": ("jeugd", "iedereen", "geen"),
    "netwerk.jgz_in_team": ("ja", "nee"),
    "netwerk.vorm": ("vinden", "op_school", "samen"),
}
# Subjects that a rule can keep among a report's ten advices; where there is no room for all, the last gives way.
KEPT = ("gezin", "privacy", "rollen", "gemeente")
# How a factor may colour another: one of those that the study names above all, or another one.
COLOURS = MAINLY, TOO = "vooral", "ook"
# The words that a report fills in, and what stands there where no round is spoken of.
PLAIN = {
    "niveaus": "twee niveaus",
    "factor": "een factor",
    "waar": "in het hele netwerk of op het uitvoerend niveau",
    "ander_niveau": "het andere niveau",
    "cijfers": "de scores",
}

Document = dict[str, Any]  # a part of the instrument as its file says it


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
        """Returns the name that texts give it: 'Verstappen (2021)', 'Smeets en Van Veen (2018)', 'Udo e.a. (2019)'."""
        names = [author.split(",")[0] for author in self.authors or (self.publisher,)]
        return f"{' en '.join(names) if len(names) < 3 else f'{names[0]} e.a.'} ({self.year})"


@dataclass(frozen=True)
class Phase:
    """Is one of the three phases; `heading` is its name in plain words, for whoever fills in."""

    key: str
    name: str
    heading: str
    definition: str
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Statement:
    """Is one statement; `scale` is the key of the dimension, or of the outcome or perspective, that it belongs to.

    `texts` has the wording of each level that can't know the claim of `text` as it stands; the others read `text`.
    """

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
    """Says how a factor hangs together with another one.

    `colours` is a word of COLOURS where a study says that it may colour that other; '' where they only hang together.
    """

    factor: str
    text: str
    colours: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Factor:
    """Is one of the eleven factors; `heading` and `explanation` stand above its statements, in plain words.

    `model` says where it stands that this factor may colour others.
    """

    key: str
    phase: str
    name: str
    definition: str
    heading: str
    explanation: str
    dimensions: tuple[Dimension, ...]
    note: str | None = None
    why: str = ""
    findings: tuple[Finding, ...] = ()
    touches: tuple[Touch, ...] = ()
    model: Finding | None = None
    sources: tuple[Citation, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for dimension in self.dimensions for statement in dimension.statements)

    @property
    def colours(self) -> Mapping[str, str]:
        """Returns which factors it may colour, in the order of its file, with how: a word of COLOURS."""
        return {touch.factor: touch.colours for touch in self.touches if touch.colours}


@dataclass(frozen=True)
class Battery:
    """Holds statements that are scored apart from the eleven factors: the outcome, and the perspective of ouders."""

    key: str
    name: str
    definition: str
    heading: str
    explanation: str
    statements: tuple[Statement, ...]
    sources: tuple[Citation, ...] = ()
    minimum: int = 0  # the smallest group of which a score is shown, where that is more than the round's

    def minimum_in(self, minimum: int) -> int:
        """Returns the smallest group of which a score is shown in a round with this minimum."""
        return max(minimum, self.minimum)


@dataclass(frozen=True)
class OpenQuestion:
    """Is one open question; `ouders` has text and help as ouders read them, where they are asked it too."""

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
class Origin:
    """Says what a study asked: the number of a question, or else the topic of a list, in one of its sections."""

    source: str
    section: str
    number: int | None = None
    topic: str = ""


@dataclass(frozen=True)
class InterviewQuestion:
    """Is one question for a second, deeper conversation, with the levels that it suits.

    `item` is the factor, outcome or perspective that it is about; None is for the end of any conversation.
    """

    item: str | None
    text: str
    levels: tuple[str, ...]
    origins: tuple[Origin, ...]

    @property
    def sources(self) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(Citation(origin.source, origin.section) for origin in self.origins))


@dataclass(frozen=True)
class Recommendation:
    """Says which of the numbered recommendations of a study an advice is."""

    source: str
    number: int


@dataclass(frozen=True)
class Advice:
    """Is one entry of the advice bank; `factor` is None where it speaks of a situation, not of one factor.

    `filled` has title and first step as a report prints them, with the levels, the factor and the figures filled in.
    """

    key: str
    title: str
    how: str
    first_step: str
    levels: tuple[str, ...]
    partners: tuple[str, ...]
    factor: str | None
    dimension: str | None
    kind: str
    recommendation: Recommendation | None
    sources: tuple[Citation, ...]
    example: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """Says what a rule asks: that the reading of at least one of `items` is one of `readings`.

    An item is the key of a factor, dimension or the outcome, EVERY for each factor that is shown, or SOME for at least
    one; for the network also EVERY_LEVEL and SOME_LEVEL of those that took part; RESPONSE, which reads as EVERYBODY
    where all who were invited answered, of whom that is shown; or a word of CONTEXT, of which the reading is what the
    network said of itself. A level's and the network's readings are its band and, apart from that,
    SPLIT; a pair's the label of the difference. HIDDEN is the reading of what may not be shown: a rule says itself what
    it makes of it.
    """

    items: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """Says when which advice is given; `finding`, and what `because` has for an advice, is 'Waarom dit advies'.

    `scope` is level (judged for each shown level), network (once) or pair (for each two shown levels). `levels` names
    the levels that it is for; of a pair the ones that must be in it. A rule is passed over where one of the rules in
    `unless` holds for the same level, pair or network; while it holds, the advices in `waits` are given to nobody of
    these. `keeps` is one of KEPT: of the rules that keep it, one advice is among those of a report.
    """

    key: str
    scope: str
    finding: str
    when: tuple[Condition, ...]
    advice: tuple[str, ...]
    because: Mapping[str, str] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    keeps: str = ""
    sources: tuple[Citation, ...] = ()

    @property
    def asked(self) -> frozenset[str]:
        return frozenset(reading for condition in self.when for reading in condition.readings)

    @property
    def plain_finding(self) -> str:
        """Returns the finding as it reads where no round is spoken of."""
        return self.finding.format_map(PLAIN)

    def why(self, advice: str, words: Mapping[str, str] = PLAIN) -> str:
        """Returns the reason for one of its advices: what was found and, where the rule says so, why this helps."""
        return f"{self.finding.format_map(words)} {self.because.get(advice, '')}".strip()


@dataclass(frozen=True)
class Scale:
    """Says what a score is computed over; `kind` is factor, dimension, outcome or perspective.

    `block` is the factor (or outcome, perspective) whose statements are answered together;
    `places` are the places of this scale's statements within that block.
    """

    key: str
    kind: str
    block: str
    places: tuple[int, ...]

    @property
    def needed(self) -> int:
        """Returns the least number of answers that makes a score: half of the statements, rounded up."""
        return (len(self.places) + 1) // 2


@dataclass(frozen=True)
class Instrument:
    """Is a version of the instrument; `beyond` says what people come across that it can't mend."""

    version: str
    rules_version: str
    title: str
    instruction: str
    labels: Mapping[int, str]
    unknown_label: str
    ouders_labels: Mapping[int, str]
    ouders_unknown_label: str
    note: str
    beyond: Finding
    phases: tuple[Phase, ...]
    factors: tuple[Factor, ...]
    outcome: Battery
    ouders: Battery
    open_questions: tuple[OpenQuestion, ...]
    sources: tuple[Source, ...]
    advice: tuple[Advice, ...]
    rules: tuple[Rule, ...]
    conversation: Document
    interview: tuple[InterviewQuestion, ...]
    lenses: tuple[Document, ...]

    @cached_property
    def blocks(self) -> dict[str, tuple[Statement, ...]]:
        """Returns the statements by block, in the order of the questionnaire: eleven factors, outcome, ouders."""
        blocks = {factor.key: factor.statements for factor in self.factors}
        return blocks | {self.outcome.key: self.outcome.statements, self.ouders.key: self.ouders.statements}

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """Returns every scale by key: factors, dimensions, outcome, perspective."""
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
        """Returns all statements by key, the ouders' included, in the order of the questionnaire."""
        return {statement.key: statement for block in self.blocks.values() for statement in block}

    @cached_property
    def factor(self) -> dict[str, Factor]:
        return {factor.key: factor for factor in self.factors}

    @cached_property
    def colouring(self) -> Factor | None:
        """Returns the factor that may colour others; None in a version from before that was said."""
        return next((factor for factor in self.factors if factor.colours), None)

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        return {dimension.key: dimension for factor in self.factors for dimension in factor.dimensions}

    @cached_property
    def advice_by_key(self) -> dict[str, Advice]:
        return {advice.key: advice for advice in self.advice}

    @cached_property
    def source_by_key(self) -> dict[str, Source]:
        return {source.key: source for source in self.sources}

    @cached_property
    def reworded(self) -> tuple[Statement, ...]:
        """Returns the statements that a level reads in words of its own."""
        return tuple(statement for statement in self.statements.values() if statement.texts)

    @cached_property
    def wording(self) -> dict[str, tuple[str, ...]]:
        """Returns how the statements of each scale read, to see whether two versions ask the same."""
        blocks = self.blocks
        return {
            key: tuple(
                f"{blocks[scale.block][place].text} {sorted(blocks[scale.block][place].texts.items())}"
                for place in scale.places
            )
            for key, scale in self.scales.items()
        }

    def labels_for(self, level: str) -> Mapping[int, str]:
        """Returns what the values are called for somebody at `level`: ouders have the same five in plainer words."""
        return self.ouders_labels if level == OUDERS else self.labels

    def unknown_label_for(self, level: str) -> str:
        return self.ouders_unknown_label if level == OUDERS else self.unknown_label

    def in_phase(self, phase: str) -> tuple[Factor, ...]:
        return tuple(factor for factor in self.factors if factor.phase == phase)

    def name(self, item: str) -> str:
        """Returns the Dutch name of a factor, dimension, outcome or perspective."""
        return self._names[item]

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {factor.key: factor.name for factor in self.factors}
        names |= {dimension.key: dimension.name for dimension in self.dimensions.values()}
        return names | {battery.key: battery.name for battery in (self.outcome, self.ouders)}
