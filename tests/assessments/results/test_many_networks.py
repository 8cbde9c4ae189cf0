"""What must hold of advice in hundreds of plausible networks, drawn as tests/plausible.py says.

`make test-long` draws thousands.
"""

from collections import Counter
from itertools import combinations
from random import Random

import pytest

from assessments.results.advice import MOST, UP_FRONT, pick, up_front
from assessments.results.conditions import Judge, Subject
from assessments.scores.groups import NETWORK, level_group
from tests.instrument import INSTRUMENT
from tests.plausible import plausible

# The rarest advice is first given in the 567th.
NETWORKS, MORE_NETWORKS = 800, 3000
RULES = {rule.key: rule for rule in INSTRUMENT.rules}
FAMILY = {key for rule in INSTRUMENT.rules if rule.keeps == "gezin" for key in rule.advice}
CALLS_FOR_FAMILY = [
    INSTRUMENT.outcome.key,
    "regels.rollen",
    "communicatie.manier",
    "gedeeld_begrip",
    *(dimension.key for dimension in INSTRUMENT.factor["gedeeld_begrip"].dimensions),
]


@pytest.fixture(scope="module", params=[NETWORKS, pytest.param(MORE_NETWORKS, marks=pytest.mark.long)])
def drawn(request):
    """Returns what is published of each network, what it said of itself, and the advice that follows."""
    random = Random(13)
    networks = [plausible(random) for _ in range(request.param)]
    return [(published, said, pick(published, INSTRUMENT, said)) for published, said in networks]


def readers(published):
    """Yields whom a report is for: None, the network as a whole, and each level that is shown."""
    yield from (None, *published.shown_levels)


def is_for(level, key):
    return level is None or level in INSTRUMENT.advice_by_key[key].levels


def own(picks, level):
    return [p for p in picks if p.level == level]


def test_each_advice_is_given_in_some_network(drawn):
    given = {p.advice for _, _, picks in drawn for p in picks}
    assert sorted(set(INSTRUMENT.advice_by_key) - given) == []


def test_each_rule_holds_for_somebody_in_some_network(drawn):
    silent = set(RULES)
    for published, said, _ in drawn:
        judge = Judge(published, INSTRUMENT, said)
        subjects = [Subject(level) for level in readers(published)]
        subjects += [Subject(pair=pair) for pair in combinations(published.shown_levels, 2)]
        silent -= {rule.key for subject in subjects for rule in judge.holding(subject)}
        if not silent:
            return
    assert sorted(silent) == []


def test_no_three_advices_stand_up_front_together_in_more_than_a_tenth(drawn):
    together = Counter()
    for published, _, picks in drawn:
        together.update({frozenset(p.advice for p in up_front(picks, level)) for level in readers(published)})
    threes = {
        three: number for three, number in together.items() if len(three) == UP_FRONT and number > len(drawn) / 10
    }
    assert threes == {}


def test_a_report_has_ten_advices_at_most(drawn):
    assert max(Counter(p.level for p in picks).most_common(1)[0][1] for _, _, picks in drawn if picks) == MOST


def test_the_family_is_among_the_advices_wherever_it_is_called_for(drawn):
    lacking = []
    for number, (published, said, picks) in enumerate(drawn):
        judge = Judge(published, INSTRUMENT, said)
        for level in readers(published):
            called = [item for item in CALLS_FOR_FAMILY if "zorg" in judge.readings(item, Subject(level))]
            if called and not FAMILY & {p.advice for p in own(picks, level)}:
                lacking.append((number, level, called))
    assert lacking == []


def test_each_recommendation_of_the_main_study_that_applies_is_among_the_advices(drawn):
    """It applies where a rule that gives it holds, for whom it is and for who reads it."""
    numbered = {a.key for a in INSTRUMENT.advice if a.recommendation and a.recommendation.source == "verstappen2021"}
    lacking = []
    for number, (published, said, picks) in enumerate(drawn):
        judge = Judge(published, INSTRUMENT, said)
        for level in readers(published):
            held = judge.holding(Subject(level))
            asked = {key for rule in held if rule.asked != {"bespreken"} for key in rule.advice if is_for(level, key)}
            waiting = {key for rule in held for key in rule.waits}
            missing = (asked & numbered) - waiting - {p.advice for p in own(picks, level)}
            lacking += [(number, level, key) for key in missing]
    assert lacking == []


def test_two_levels_that_differ_are_asked_to_talk_up_front_whatever_else_is_kept(drawn):
    """The largest difference comes first, or second after a low voorgeschiedenis: nothing that is kept displaces it."""
    for published, _, picks in drawn:
        for level in readers(published):
            apart = [d for d in published.differences if d.label != "geen" and level in (None, *d.levels)]
            assert bool(apart) == ("algemeen_gesprek_tussen_niveaus" in {p.advice for p in up_front(picks, level)[:2]})


def test_what_is_strong_is_nowhere_up_front_while_a_factor_is_low(drawn):
    wrong = []
    for number, (published, _, picks) in enumerate(drawn):
        for level in readers(published):
            group = published.group(level_group(level) if level else NETWORK)
            low = group and any(group.figures[f].band == "zorg" for f in INSTRUMENT.factor if f in group.figures)
            wrong += [(number, p) for p in up_front(picks, level) if low and RULES[p.rule].asked == {"sterk"}]
    assert wrong == []
