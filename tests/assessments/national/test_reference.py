"""A network sees where the middle half of comparable others lies, and nothing of any one of them."""

from decimal import Decimal

from assessments.national.reference import from_json, reference, to_json
from assessments.national.tables import Member

ALIKE = {"scope": ("wijk",), "inhabitants": ("tot_20000",)}
SCALES = ["vertrouwen"]


def member(number, score="3.0", traits=ALIKE, place=1):
    figures = {("vertrouwen", "bestuur"): Decimal(score)}
    return Member(100 * place + number, str(number), place, "1.0", traits, figures)


def found(members, traits=ALIKE):
    return reference(members, "0", traits, SCALES, "2027-04")


def test_nine_others_are_too_few_and_ones_own_network_is_none_of_them():
    assert found([member(number) for number in range(10)]) is None
    assert found([member(number) for number in range(11)]).networks == 10


def test_the_quartiles_are_those_of_the_others():
    scores = ["5.0", "1.0", "2.0", "2.5", "3.0", "3.0", "3.5", "3.6", "4.0", "4.0", "4.5"]
    own = found([member(number, score) for number, score in enumerate(scores)])
    assert own.quartiles == {("vertrouwen", "bestuur"): (Decimal("2.6"), Decimal("3.3"), Decimal("3.9"))}


def test_only_the_last_round_of_a_network_counts():
    members = [member(number, place=place, score=str(place)) for number in range(11) for place in (1, 2)]
    assert set(found(members).quartiles["vertrouwen", "bestuur"]) == {Decimal("2.0")}


def test_where_few_are_quite_alike_the_scope_alone_counts_and_then_all():
    larger = {"scope": ("wijk",), "inhabitants": ("tot_50000",)}
    others = {"scope": ("regio",)}
    quite, wide, all_of_them = (
        found([member(number, traits=traits) for number in range(1, 11)]) for traits in (ALIKE, larger, others)
    )
    assert (quite.by, wide.by, all_of_them.by) == (("scope", "inhabitants"), ("scope",), ())


def test_a_network_that_says_nothing_of_itself_is_laid_beside_all():
    assert found([member(number) for number in range(1, 11)], traits={}).by == ()


def test_it_comes_back_from_the_database_as_it_was():
    own = found([member(number) for number in range(11)])
    assert from_json(to_json(own)) == own
    assert from_json({}) is None
