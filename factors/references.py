"""Checks that each name by which one part of the instrument refers to another exists; else closing would fail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from factors.evidence import all_citations
from factors.faults import InvalidInstrument, one
from factors.instrument import (
    COLOURS,
    CONTEXT,
    EVERY,
    EVERY_LEVEL,
    HIDDEN,
    KEPT,
    LEVELS,
    OUDERS,
    PLAIN,
    RESPONSE,
    RESPONSES,
    SOME,
    SOME_LEVEL,
    SPLIT,
    Instrument,
    Rule,
)  # fmt: skip

SCOPES = ("level", "network", "pair")
READINGS = ("sterk", "bespreken", "zorg", SPLIT, HIDDEN, "geen", "verschil", "groot_verschil")
SLOT = re.compile(r"{(\w*)}")
WORDS = (EVERY, SOME, EVERY_LEVEL, SOME_LEVEL)
ANSWERS = {**CONTEXT, RESPONSE: RESPONSES}


def check(instrument: Instrument) -> None:
    """Raises InvalidInstrument with the first name that leads nowhere, or the first key that is used twice."""
    one("conversation.yaml en lenses/", _check, instrument)


def _check(instrument: Instrument) -> None:
    _check_keys(instrument)
    _check_factors(instrument)
    _check_advice(instrument)
    _check_interview(instrument)
    for rule in instrument.rules:
        _check_rule(rule, instrument)
    _check_lenses(instrument)
    known = instrument.source_by_key
    for place, citation in all_citations(instrument):
        _known(place, "bron", [citation.source], known)


def _check_keys(instrument: Instrument) -> None:
    dimensions = [dimension.key for factor in instrument.factors for dimension in factor.dimensions]
    scales = [factor.key for factor in instrument.factors] + [instrument.outcome.key, instrument.ouders.key]
    for file, keys in (
        ("factors/", scales + dimensions),
        ("factors/", [statement.key for block in instrument.blocks.values() for statement in block]),
        ("sources.yaml", [source.key for source in instrument.sources]),
        ("advice/", [advice.key for advice in instrument.advice]),
        ("rules.yaml", [rule.key for rule in instrument.rules]),
        ("open_questions.yaml", [question.key for question in instrument.open_questions]),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                raise InvalidInstrument(f"{file}, {key}", "deze sleutel staat er twee keer")


def _check_factors(instrument: Instrument) -> None:
    phases = [phase.key for phase in instrument.phases]
    for factor in instrument.factors:
        place = f"factors/{factor.key}.yaml"
        _known(place, "fase", [factor.phase], phases)
        _known(place, "factor", [touch.factor for touch in factor.touches], instrument.factor)
        _known(place, "woord bij colours", factor.colours.values(), COLOURS)
    for question in instrument.open_questions:
        _known(f"open_questions.yaml, {question.key}", "fase", [question.phase] if question.phase else [], phases)
    _known("conversation.yaml", "onderdeel", instrument.conversation["factors"], instrument.scales)


def _check_interview(instrument: Instrument) -> None:
    items = {*instrument.factor, instrument.outcome.key, instrument.ouders.key}
    for number, question in enumerate(instrument.interview, start=1):
        place = f"interview.yaml, nummer {number}"
        _known(place, "onderdeel", [question.item] if question.item else [], items)
        _known(place, "niveau", question.levels, (*LEVELS, OUDERS))


def _check_advice(instrument: Instrument) -> None:
    known = instrument.source_by_key
    for advice in instrument.advice:
        place = f"advice/, {advice.key}"
        _known(place, "factor", [advice.factor] if advice.factor else [], instrument.factor)
        _known(place, "dimensie", [advice.dimension] if advice.dimension else [], instrument.dimensions)
        _known(place, "niveau", advice.levels, LEVELS)
        _known(place, "woord tussen accolades", SLOT.findall(" ".join(advice.filled.values())), PLAIN)
        _known(place, "studie", [advice.recommendation.source] if advice.recommendation else [], known)


def _check_rule(rule: Rule, instrument: Instrument) -> None:
    place = f"rules.yaml, {rule.key}"
    _known(place, "bereik (scope)", [rule.scope], SCOPES)
    _known(place, "advies", [*rule.advice, *rule.waits], instrument.advice_by_key)
    _known(place, "woord tussen accolades", SLOT.findall(rule.finding), PLAIN)
    _known(place, "regel bij unless", rule.unless, {other.key for other in instrument.rules})
    _known(place, "niveau", rule.levels, LEVELS)
    _known(place, "onderwerp (keeps)", [rule.keeps] if rule.keeps else [], KEPT)
    for condition in rule.when:
        _known(place, "onderdeel", condition.items, {*instrument.scales, *WORDS, *ANSWERS})
        answers = [answer for item in condition.items for answer in ANSWERS.get(item, ())]
        _known(place, "lezing", condition.readings, answers or READINGS)


def _check_lenses(instrument: Instrument) -> None:
    scales = {*instrument.factor, *instrument.dimensions}
    for lens in instrument.lenses:
        file = f"lenses/{lens['key']}.yaml"
        _known(file, "bron", [lens["source"]], instrument.source_by_key)
        for element in lens["elements"]:
            named = [*element["primary"], *element["secondary"]]
            _known(f"{file}, {element['key']}", "factor of dimensie", named, scales)


def _known(place: str, what: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise InvalidInstrument(place, f"{what} ‘{name}’ bestaat niet")
