"""The attacks on figures measure what a reader with programs learns of a round, by the rule and by the one before it.

Two hundred small networks are attacked, the same ones each time. Each attack is also tried on the rule as it was, where
it succeeds.
"""

from functools import cache
from random import Random

import numpy as np
import pytest

from tests.attacks import as_it_was
from tests.attacks.answers import Undecided, that_follow
from tests.attacks.networks import NUMBER, in_sectors, invited_to, published, small_network
from tests.attacks.reader import Rule, block_of
from tests.attacks.sums import near_an_end, scale_of, told_apart
from tests.people import INSTRUMENT

pytestmark = pytest.mark.attack

BLOCKS = [factor.key for factor in INSTRUMENT.factors] + [INSTRUMENT.outcome.key]
PARTS = [range(first, first + 25) for first in range(0, NUMBER, 25)]
parts = pytest.mark.parametrize("seeds", PARTS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")


@cache
def document_now(seed: int) -> dict:
    return published(*small_network(seed))


@cache
def document_then(seed: int) -> dict:
    people, minimum = small_network(seed)
    return as_it_was.published(people, minimum, invited_to(people))


# Linear programs on the sums of cells.


def sums_found(seed: int, document: dict) -> list[tuple]:
    """Returns by scale the sets that are known to be too near an end, taken to the letter."""
    people, minimum = small_network(seed)
    scales = [scale_of(people, document, item) for item in BLOCKS]
    return [(scale, found, minimum) for scale in scales if (found := near_an_end(scale, minimum))]


@parts
def test_no_sums_together_tell_of_fewer_people_than_twice_the_minimum_that_they_are_near_an_end(seeds):
    """To the letter there are some: fewer people within a sum of more. Those are no more than by the rule as it was."""
    now = {seed: sums_found(seed, document_now(seed)) for seed in seeds}
    assert [(seed, own) for seed, found in now.items() for scale in found for own in told_apart(*scale)] == []
    letter = [
        sum(len(sums_found(seed, document(seed))) for seed in seeds) for document in (document_now, document_then)
    ]
    print(seeds, "scales with such a set to the letter, now and then:", letter)
    assert letter[0] <= letter[1]


def test_by_the_rule_as_it_was_sums_did_tell_of_fewer():
    def is_told(seed):
        return any(True for scale in sums_found(seed, document_then(seed)) for _ in told_apart(*scale))

    assert sum(is_told(seed) for seed in range(100)) >= 3


def test_no_sums_of_sectors_tell_of_fewer_people_than_twice_the_minimum():
    for seed in range(0, NUMBER, 8):
        people, minimum = small_network(seed)
        grouped = in_sectors(people)
        document = published(grouped, minimum, by_sector=True)
        scales = [scale_of(grouped, document, item) for item in BLOCKS]
        found = [(scale, near, minimum) for scale in scales if (near := near_an_end(scale, minimum))]
        assert [own for scale in found for own in told_apart(*scale)] == []


# Integer programs on single answers.


def answers_that_follow(seed: int, document: dict, rule: Rule) -> tuple[set, set]:
    """Returns the answers that follow for one factor of the network.

    The first set follows for anybody, the second for somebody who knows their own answers.
    """
    people, minimum = small_network(seed)
    key = BLOCKS[seed % len(BLOCKS)]
    block = block_of(people, document, key, minimum, invited_to(people), rule)
    if not np.any(block.truth):
        return set(), set()
    insider = Random(seed).randrange(len(block.truth))
    return that_follow(block, Random(seed)), that_follow(block, Random(seed), frozenset([insider]))


# The number of answers of others that follow for one insider, drawn by lot, by network: all there are in two hundred.
INSIDERS = {69: 2, 111: 4}


@parts
def test_no_answer_follows_and_for_who_knows_their_own_none_but_those_that_are_listed(seeds):
    now, undecided = {}, []
    for seed in seeds:
        try:
            now[seed] = answers_that_follow(seed, document_now(seed), Rule())
        except Undecided:
            undecided.append(seed)
    print("not decided:", undecided)
    assert len(undecided) <= 3
    assert {seed: outside for seed, (outside, _) in now.items() if outside} == {}
    assert {seed: len(own) for seed, (_, own) in now.items() if own and len(own) > INSIDERS.get(seed, 0)} == {}


def test_insiders_learned_more_by_the_rule_as_it_was():
    then = {seed: len(answers_that_follow(seed, document_then(seed), as_it_was.THEN)[1]) for seed in INSIDERS}
    assert sum(INSIDERS.values()) < sum(then.values())


def test_by_the_rule_as_it_was_answers_did_follow_for_anybody():
    """These are networks of seven and of thirteen people."""
    for seed, key in ((31, "leiderschap"), (21, "communicatie")):
        people, minimum = small_network(seed)
        arguments = key, minimum, invited_to(people)
        then = block_of(people, document_then(seed), *arguments, as_it_was.THEN)
        now = block_of(people, document_now(seed), *arguments, Rule())
        assert that_follow(then, Random(1))
        assert not that_follow(now, Random(1))
