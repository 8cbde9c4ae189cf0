"""What is told of several networks can't be combined into what is told of few."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.national.combining import is_safe


def row(networks, what="1:bestuur", weight=1):
    return {(str(network), what): weight for network in networks}


def test_one_mean_needs_six_networks():
    assert is_safe([row(range(6))])
    assert not is_safe([row(range(5))])


def test_nothing_told_is_safe():
    assert is_safe([])


def test_two_means_that_differ_by_few_networks_are_not_safe_together():
    assert not is_safe([row(range(20)), row(range(21))])
    assert not is_safe([row(range(20)), row(range(25))])
    assert is_safe([row(range(20)), row(range(26))])


def test_a_cell_needs_enough_networks_outside_it_too():
    assert not is_safe([row(range(10)), row(range(7))])
    assert is_safe([row(range(12)), row(range(6))])
    assert is_safe([row(range(12)), row(range(12))])  # a cell with all of them tells nothing new


def test_cells_of_two_filters_that_meet_in_few_networks_are_not_safe_together():
    wide, by_size, by_form = row(range(24)), row(range(12)), row([*range(11), 12])
    assert is_safe([wide, by_size])
    assert is_safe([wide, by_form])
    assert not is_safe([wide, by_size, by_form])  # their difference is that of two networks


def test_figures_of_one_network_count_as_one_network():
    both = row(range(6)) | row(range(6), "2:bestuur")
    assert is_safe([both])
    five = row(range(5)) | row(range(5), "2:bestuur") | row(range(5), "1:uitvoerend")
    assert not is_safe([five])


def test_a_difference_between_levels_is_held_against_the_means_of_the_levels():
    higher, lower = row(range(13)), row(range(1, 13), "1:uitvoerend")
    gap = row(range(1, 13)) | row(range(1, 13), "1:uitvoerend", -1)
    assert is_safe([lower, gap])
    assert not is_safe([higher, lower, gap])  # what is left of the three is the bestuur of network 0


networks = st.sets(st.integers(0, 11), min_size=1)


@given(st.lists(networks, max_size=4))
def test_a_sum_of_rows_that_were_told_adds_nothing(sets):
    rows = [row(chosen) for chosen in sets]
    total = {}
    for own in rows:
        for unknown, weight in own.items():
            total[unknown] = total.get(unknown, 0) + weight
    assert is_safe(rows) == is_safe([*rows, total])
