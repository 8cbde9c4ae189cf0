"""A network sees where the middle half of comparable others lies, and nothing of any one of them."""

from decimal import Decimal

from assessments.national.quartiles import SetsTold
from assessments.national.reference import (
    classes_from_json,
    classes_to_json,
    comparable,
    from_json,
    reference,
    to_json,
)
from assessments.national.tables import Member

SMALL = {"scope": ("wijk",), "inhabitants": ("tot_20000",)}
LARGER = {"scope": ("wijk",), "inhabitants": ("tot_50000",)}
REGION = {"scope": ("regio",)}
SCALES = ["vertrouwen"]
WHAT = ("vertrouwen", "bestuur")


def member(number, score="3.0", traits=SMALL, place=1):
    return Member(100 * place + number, str(number), place, "1.0", traits, {WHAT: Decimal(score)})


def classes(members, sets=None):
    return comparable(members, SCALES, sets or SetsTold())


def found(members, traits=SMALL):
    return reference(classes(members), "0", traits, "2027-04")


def test_ten_networks_are_too_few_and_ones_own_is_none_of_the_others():
    assert found([member(number) for number in range(10)]) is None
    assert found([member(number) for number in range(11)]).networks == 10


def test_the_quartiles_are_those_of_the_others():
    scores = ["5.0", "1.0", "2.0", "2.5", "3.0", "3.0", "3.5", "3.6", "4.0", "4.0", "4.5"]
    own = found([member(number, score) for number, score in enumerate(scores)])
    assert own.quartiles == {WHAT: (Decimal("2.6"), Decimal("3.3"), Decimal("3.9"))}


def test_only_the_last_round_of_a_network_counts():
    members = [member(number, place=place, score=str(place)) for number in range(11) for place in (1, 2)]
    assert set(found(members).quartiles[WHAT]) == {Decimal("2.0")}


def test_a_class_that_is_nearly_a_wider_one_is_not_told():
    """Of two sets that differ by a few networks, the quartiles together can fix what one of these publishes."""
    few, many = ([member(number, traits=REGION) for number in range(20, 20 + count)] for count in (5, 6))
    alike = [member(number) for number in range(12)]
    assert {own.by for own in classes([*alike, *few])} == {()}
    assert {own.by for own in classes([*alike, *many])} == {(), ("scope",), ("scope", "inhabitants")}


def test_the_narrowest_class_of_a_network_is_laid_beside_it():
    small, larger = ([member(n, traits=t) for n in range(s, s + 12)] for s, t in ((0, SMALL), (20, LARGER)))
    members = [*small, *larger, *(member(number, traits=REGION) for number in range(40, 52))]
    assert found(members).by == ("scope", "inhabitants")
    assert found(members, {"scope": ("wijk",), "inhabitants": ("vanaf_250000",)}).by == ("scope",)
    assert found(members, {}).by == ()


def test_a_later_release_that_differs_by_few_networks_tells_nothing_new():
    before = [member(number) for number in range(12)]
    told = [own for one in classes(before) for own in one.sets]
    assert classes([*before, member(12)], SetsTold(told)) == []
    assert classes([*before, *(member(number) for number in range(12, 18))], SetsTold(told)) != []
    again = [*before[1:], member(0, place=2)]  # one network has a next round
    assert classes(again, SetsTold(told)) == []


def test_it_comes_back_from_the_database_as_it_was():
    own = found([member(number) for number in range(11)])
    assert from_json(to_json(own)) == own
    assert from_json({}) is None
    kept = classes([member(number) for number in range(11)])
    assert classes_from_json(classes_to_json(kept)) == kept
