"""Networks enter releases in groups that stay together."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.national.intakes import Intake, Placed, Waiting, place
from assessments.rules.releases import LEAST_NETWORKS


def waiting(*networks, round="1"):
    return [Waiting(f"{network}-{round}", str(network)) for network in networks]


def test_too_few_networks_wait():
    assert place(waiting(*range(5)), []) == []
    assert place([*waiting(*range(5)), *waiting(0, round="2")], []) == []  # six rounds, of five networks


def test_six_or_more_form_an_intake_and_nobody_is_left_over():
    assert [len(own.rounds) for own in place(waiting(*range(6)), [])] == [6]
    assert [len(own.rounds) for own in place(waiting(*range(11)), [])] == [11]
    assert [(own.number, len(own.rounds)) for own in place(waiting(*range(13)), [])] == [(1, 6), (2, 7)]


def test_alike_networks_enter_together():
    found = [Waiting(str(number), str(number), ("wijk" if number % 2 else "regio",)) for number in range(12)]
    assert place(found, [])[0].rounds == ("0", "2", "4", "6", "8", "10")


def test_a_broken_intake_is_made_whole_by_six_networks_that_were_not_in_it():
    broken = Intake(3, frozenset(map(str, range(6))), is_broken=True)
    again = waiting(0, 1, round="2")
    five, six = waiting(*range(10, 15)), waiting(*range(10, 16))
    assert place([*again, *five], [broken]) == [Placed(4, tuple(own.round for own in [*again, *five]))]
    assert place([*again, *six], [broken]) == [Placed(3, tuple(own.round for own in six))]


def test_a_later_round_enters_with_those_of_other_networks():
    found = place([*waiting(*range(6)), *waiting(*range(6), round="2")], [Intake(7, frozenset("x"))])
    assert [(own.number, own.rounds) for own in found] == [
        (8, tuple(f"{n}-1" for n in range(6))),
        (9, tuple(f"{n}-2" for n in range(6))),
    ]


@given(st.lists(st.integers(0, 20), max_size=60), st.lists(st.sets(st.integers(0, 20), min_size=6), max_size=3))
def test_whoever_enters_enters_once_with_five_other_networks(networks, before):
    lines = [Waiting(str(place), str(network)) for place, network in enumerate(networks)]
    of = {line.round: line.network for line in lines}
    intakes = [Intake(n, frozenset(map(str, members)), is_broken=True) for n, members in enumerate(before, 1)]
    found = place(lines, intakes)
    entered = [round for own in found for round in own.rounds]
    assert len(entered) == len(set(entered))
    assert all(len({of[round] for round in own.rounds}) == len(own.rounds) >= LEAST_NETWORKS for own in found)
    assert len({own.number for own in found}) == len(found)
    left = {line.network for line in lines if line.round not in entered}
    assert len(left) < LEAST_NETWORKS
