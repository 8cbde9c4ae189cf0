"""The database counts a round's answers; single responses stay in it. Gives what `assessments.scores` reads."""

from functools import reduce
from operator import or_

import pandas as pd
from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Length, Replace

from assessments.models import Response, Round
from assessments.scores.answers import UNANSWERED, UNKNOWN
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from factors.instrument import OUDERS, Instrument, Statement


def count(round: Round, *, by_personal_link: bool = False) -> Counts:
    """The submitted answers of `round`, counted per partner and level.

    `by_personal_link` leaves out those who came in by an open link, as all ouders do.
    """
    instrument = round.instrument
    responses = Response.objects.submitted().filter(round=round)
    if by_personal_link:
        responses = responses.filter(is_by_open_link=False)
    return Counts(
        patterns=pd.DataFrame(_patterns(responses, instrument), columns=PATTERN_COLUMNS),
        respondents=pd.DataFrame(_respondents(responses, instrument), columns=RESPONDENT_COLUMNS),
    )


def _patterns(responses: QuerySet[Response], instrument: Instrument) -> list[tuple[str, str, str, str, int]]:
    """One query a block of statements: fourteen columns a row at most, and a row a pattern instead of a person."""
    return [
        (partner, level, block, pattern, people)
        for block, statements in instrument.blocks.items()
        for partner, level, pattern, people in _own(responses, block)
        .annotate(pattern=_pattern(statements), partner_key=_partner_key())
        .values_list("partner_key", "level", "pattern")
        .annotate(people=Count("pk"))
        .order_by("partner_key", "level", "pattern")
    ]


def _respondents(responses: QuerySet[Response], instrument: Instrument) -> list[tuple[str, str, int]]:
    """By cell the people with a score on any factor (ouders: on their own scale), and nought where nobody has."""
    has_score = reduce(
        or_, (Q(**{f"answered_{factor.key}__gte": _needed(instrument, factor.key)}) for factor in instrument.factors)
    )
    counted = {f"answered_{key}": _answered(instrument.blocks[key]) for key in [f.key for f in instrument.factors]}
    counted["answered_ouders"] = _answered(instrument.ouders.statements)
    has_score |= Q(level=OUDERS, answered_ouders__gte=_needed(instrument, OUDERS))
    rows = (
        responses.annotate(partner_key=_partner_key(), **counted)
        .values_list("partner_key", "level")
        .annotate(people=Count("pk", filter=has_score))
        .order_by("partner_key", "level")
    )
    return list(rows)


def _own(responses: QuerySet[Response], block: str) -> QuerySet[Response]:
    return responses.filter(level=OUDERS) if block == OUDERS else responses.exclude(level=OUDERS)


def _partner_key() -> Combinable:
    return Coalesce(F("partner__key"), Value(""))


def _pattern(statements: tuple[Statement, ...]) -> Combinable:
    answers = (Coalesce(_text(s), Value(UNANSWERED), output_field=TextField()) for s in statements)
    return Concat(*answers, output_field=TextField())


def _answered(statements: tuple[Statement, ...]) -> Combinable:
    """The number of statements with a value: the length of the pattern without the signs for none."""
    pattern = _pattern(statements)
    for sign in (UNKNOWN, UNANSWERED):
        pattern = Replace(pattern, Value(sign))
    return Length(pattern)


def _text(statement: Statement) -> Combinable:
    return KeyTextTransform(statement.key, "answers")


def _needed(instrument: Instrument, scale: str) -> int:
    return instrument.scales[scale].needed
