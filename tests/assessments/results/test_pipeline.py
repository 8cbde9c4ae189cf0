"""The results from counted answers are compared with those worked out person by person."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from assessments.results.pipeline import results_of, results_of_scores
from assessments.scores.reliability import alpha_by_factor
from tests.clumsy import network
from tests.people import INSTRUMENT, answering, counts, plain_scores


@pytest.fixture(params=range(6))
def people(request):
    return network(Random(request.param)) + [answering("", "ouders", 3)] * request.param


def by_hand(scores, of_whom, invited=None):
    alphas = alpha_by_factor(counts(of_whom).patterns, INSTRUMENT)
    return results_of_scores(scores, INSTRUMENT, minimum=3, invited=invited, reliability=alphas)


def test_results_follow_from_counted_answers_alone(people):
    assert results_of(counts(people), INSTRUMENT, minimum=3) == by_hand(plain_scores(people), people)


def test_those_with_a_personal_link_vouch_for_the_figures_of_all(people):
    own, guests = people[::2], people[1::2]
    invited = Counter((person.partner, person.level) for person in own) | dict.fromkeys(
        (guest.partner, guest.level) for guest in guests
    )
    found = results_of(counts(people), INSTRUMENT, judged=counts(own), minimum=3, invited=invited)
    assert found == by_hand(replace(plain_scores(people), judged=plain_scores(own)), own, invited)
    assert found != results_of(counts(people), INSTRUMENT, minimum=3, invited=invited)


def test_a_minimum_under_three_is_refused():
    with pytest.raises(ValueError, match="3"):
        results_of(counts([answering("school", "bestuur")] * 3), INSTRUMENT, minimum=2)
