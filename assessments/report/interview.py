"""Builds the guide for a second, deeper conversation: questions in the order of importance, beside published scores.

Knows no database, and computes nothing: the order is the report's, and every figure stands in the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessments import dutch
from assessments.report.blocks import RUNNING, Citation
from assessments.report.context import Context
from assessments.report.facts import CONCEPT, CONSTRUCTED, Facts, printable
from assessments.report.subjects import NETWORK_REPORT, NoSuchReport, subject
from assessments.results.document import Results
from assessments.results.importance import Rank
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group
from factors.instrument import LEVELS, OUDERS, Instrument, InterviewQuestion

LINES, MANY = {3: 5, 4: 4, 5: 3, 6: 3}, 4  # to write on, by the number of questions that share a page; more go on
BEYOND_THE_SCALE = Decimal(6)  # sorts what has no score behind what has
REASONS = {
    Rank.PAST_IS_LOW: "Dit scoort laag en werkt door in de andere factoren.",
    Rank.PARTLY_LOW: "Een onderdeel hiervan scoort laag.",
    Rank.SPLIT: "Hierover zijn de antwoorden verdeeld.",
    Rank.APART: "Hier verschillen twee niveaus.",
}
OF_THE_NETWORK = {
    Rank.LOW: "Dit scoort laag, in het netwerk of op het uitvoerend niveau.",
    Rank.FURTHEST_APART: "Hier verschillen twee niveaus het meest.",
}
OF_A_LEVEL = {
    Rank.LOW: "Dit scoort laag.",
    Rank.FURTHEST_APART: "Hier verschilt dit niveau het meest van een ander niveau.",
}


@dataclass(frozen=True)
class Score:
    name: str
    text: str


@dataclass(frozen=True)
class Asked:
    """Is one question; `whom` says to which levels it is put, where that is not to all of the guide."""

    text: str
    whom: str = ""


@dataclass(frozen=True)
class Part:
    """Is what the guide has about one factor: why it stands here, the scores beside it, and what to ask."""

    key: str
    title: str
    about: str
    reason: str
    own: Score
    others: tuple[Score, ...]
    questions: tuple[Asked, ...]

    @property
    def lines(self) -> int:
        """Returns how many lines to write on below each question fill a page, or two."""
        return LINES.get(len(self.questions), MANY)


@dataclass(frozen=True)
class Interview:
    """Holds a whole guide. The templates print it, and neither count nor query."""

    subject: str
    title: str
    network: str
    round: str
    organisation: str
    constructed: str
    concept: str
    made_at: datetime
    parts: tuple[Part, ...]
    closing: tuple[Asked, ...]
    sources: tuple[Citation, ...]
    running: tuple[str, str]


def has_interview(key: str) -> bool:
    """Tells whether this subject's report has a guide: a partner's people are of several levels, a summary is short."""
    return key == NETWORK_REPORT or key in LEVELS


def build_interview(results: Results, instrument: Instrument, facts: Facts, key: str) -> Interview:
    """Returns the guide beside the report of one subject. Raises NoSuchReport where there is none."""
    if not has_interview(key):
        raise NoSuchReport(key)
    facts = printable(facts)
    ctx = Context(results, instrument, facts, subject(key, results.published, facts))
    title = f"Gids voor een tweede gesprek {ctx.subject.at}"
    used = [question for question in instrument.interview if _whom(ctx, question)]
    return Interview(
        subject=key,
        title=title,
        network=facts.network,
        round=facts.round,
        organisation=facts.organisation,
        constructed=CONSTRUCTED if facts.is_constructed else "",
        concept=CONCEPT if facts.is_concept else "",
        made_at=facts.made_at,
        parts=tuple(_part(ctx, item) for item in _items(ctx)),
        closing=_questions(ctx, None),
        sources=ctx.cite(dict.fromkeys(source for question in used for source in question.sources)),
        running=(dutch.cut(facts.network, RUNNING), dutch.cut(f"Tweede gesprek, {facts.round}", RUNNING)),
    )


def _items(ctx: Context) -> list[str]:
    """Returns the factors in their order, and behind them what the collaboration yields and what ouders say."""
    return [*_factors(ctx), ctx.instrument.outcome.key, *([OUDERS] if OUDERS in _spoken_with(ctx) else [])]


def _factors(ctx: Context) -> list[str]:
    """Returns what asks for attention in the order of importance, then the others, the lowest first."""
    pressing = ctx.by_importance
    others = [factor.key for factor in ctx.instrument.factors if factor.key not in pressing]
    return [*pressing, *sorted(others, key=lambda item: _lowest(ctx, item))]


def _lowest(ctx: Context, item: str) -> Decimal:
    """Returns the subject's own value, or else the lowest that is shown of a level."""
    figure = ctx.published.figure(ctx.subject.group, item)
    shown = (ctx.published.figure(group, item) for group in ctx.compared)
    return figure.value if figure else min((f.value for f in shown if f), default=BEYOND_THE_SCALE)


def _part(ctx: Context, item: str) -> Part:
    own, *others = _groups(ctx, item)
    return Part(
        key=item,
        title=ctx.instrument.name(item),
        about=_about(ctx.instrument, item),
        reason=_reason(ctx, item),
        own=_score(ctx, own, item),
        others=tuple(_score(ctx, group, item) for group in others if ctx.published.figure(group, item)),
        questions=_questions(ctx, item),
    )


def _groups(ctx: Context, item: str) -> list[Group]:
    """Returns the groups whose scores stand beside an item, the guide's own first."""
    own = OUDERS_GROUP if item == OUDERS else ctx.subject.group
    return [own, *(group for group in ctx.drawn if group not in (own, NETWORK) and item != OUDERS)]


def _score(ctx: Context, group: Group, item: str) -> Score:
    figure = ctx.published.figure(group, item)
    return Score(ctx.name(group), dutch.score(figure) if figure else dutch.HIDDEN)


def _about(instrument: Instrument, item: str) -> str:
    """Returns what an item is about; '' for ouders, whose explanation is for whoever fills in."""
    factor = instrument.factor.get(item)
    outcome = instrument.outcome.definition if item == instrument.outcome.key else ""
    return factor.definition if factor else outcome


def _reason(ctx: Context, item: str) -> str:
    """Says why a factor stands before others; '' where it is only its score."""
    standing = ctx.standings.get(item)
    words = REASONS | (OF_A_LEVEL if ctx.subject.level else OF_THE_NETWORK)
    return words.get(standing.rank, "") if standing else ""


def _questions(ctx: Context, item: str | None) -> tuple[Asked, ...]:
    about = [question for question in ctx.instrument.interview if question.item == item]
    return tuple(Asked(question.text, _said(ctx, whom)) for question in about if (whom := _whom(ctx, question)))


def _whom(ctx: Context, question: InterviewQuestion) -> list[str]:
    """Returns whom of this guide a question suits."""
    return [level for level in _spoken_with(ctx) if level in question.levels]


def _spoken_with(ctx: Context) -> list[str]:
    """Returns whom a guide is for: its level, or in the network all levels that took part, and ouders if they did."""
    if ctx.subject.level:
        return [ctx.subject.level]
    return [*ctx.published.levels, *([OUDERS] if OUDERS_GROUP in ctx.published.took_part else [])]


def _said(ctx: Context, whom: Iterable[str]) -> str:
    """Names the levels that a question is for, where the guide is for others too."""
    levels = [level for level in whom if level != OUDERS]
    if ctx.subject.level or not levels or len(levels) == len(ctx.published.levels):
        return ""
    return f"Voor {dutch.listing([dutch.LEVEL[level] for level in levels])}"
