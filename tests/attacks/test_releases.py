"""Whoever reads all releases, and knows four networks' own reports, works out nothing of another network."""

import random

import pytest

from assessments.national.combining import is_safe
from tests.attacks.releases import array_of, finds_few, finds_one, releases

pytestmark = pytest.mark.attack


def told_in(seed, networks):
    found, places = releases(seed, networks=networks)
    return [line for lines in found for line in lines], places


def test_nobody_combines_releases_into_what_is_told_of_one_network():
    broken, told = [], 0
    for seed in range(60):
        lines, places = told_in(seed, networks=30 + seed % 60)
        told += len(lines)
        if finds_one(lines, places, seed):
            broken.append(seed)
    assert broken == []
    assert told > 60  # silence would be safe too


@pytest.mark.long
def test_nobody_does_in_ten_thousand_families():
    assert [seed for seed in range(1000, 11000) if finds_one(*told_in(seed, networks=24 + seed % 12), seed)] == []


def a_mean(networks):
    return {(str(network), "1:bestuur"): 1 for network in networks}


def test_three_releases_that_differ_by_six_six_and_ten_networks_give_one_and_are_refused():
    rows = [a_mean(range(5)), a_mean(range(5, 10)), a_mean(range(11))]
    assert finds_few(*array_of(rows), seed=1)
    assert not is_safe(rows)


def test_releases_that_only_differ_by_five_networks_from_each_earlier_one_are_broken():
    """That rule, which looks safe, is what the reader is up against; the same reader breaks nothing above."""
    broken = 0
    for seed in range(100):
        dice, sets = random.Random(seed), []
        while len(sets) < 5:
            chosen = {network for network in range(16) if dice.random() < 0.6}
            if len(chosen) > 5 and all(len(chosen ^ other) >= 5 for other in sets):
                sets.append(chosen)
        rows = [a_mean(chosen) for chosen in sets]
        broken += finds_few(*array_of(rows), seed)
        assert not is_safe(rows) or not finds_few(*array_of(rows), seed, tries=40)
    assert broken > 50
