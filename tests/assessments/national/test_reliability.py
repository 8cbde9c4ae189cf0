"""Reliability is told of eleven networks or more, over a whole release, from what each published."""

from decimal import Decimal
from fractions import Fraction

from assessments.national.quartiles import SetsTold
from assessments.national.reliability import from_json, reliability, to_json
from assessments.national.tables import Member
from assessments.scores.icc import Summary, icc, together
from assessments.scores.readings import half_up


def member(number, alpha="0.80"):
    means = {"uitvoerend": Fraction(25 + number, 10), "bestuur": Fraction(35 + number, 10)}
    moments = {("vertrouwen", level): Summary(12, mean, Fraction(1, 4)) for level, mean in means.items()}
    return Member(number, str(number), 1, "1.0", {}, {}, {"vertrouwen": Decimal(alpha)}, moments)


def test_ten_networks_are_too_few():
    assert reliability([member(number) for number in range(10)], ["vertrouwen"], SetsTold()) == []


def test_eleven_networks_tell_alpha_and_how_alike_levels_and_networks_are():
    members = [member(number, f"0.{70 + number}") for number in range(11)]
    [own] = reliability(members, ["vertrouwen", "leiderschap"], SetsTold())
    assert own.alpha == (Decimal("0.73"), Decimal("0.75"), Decimal("0.78"))
    levels = [summary for one in members for summary in one.moments.values()]
    assert (own.levels.icc1, own.levels.groups) == (half_up(icc(levels).icc1, places=2), 22)
    whole = [together(list(one.moments.values())) for one in members]
    assert (own.between_networks.icc2, own.between_networks.n0) == (half_up(icc(whole).icc2, places=2), Decimal("24.0"))


def test_it_comes_back_from_the_database_as_it_was():
    found = reliability([member(number) for number in range(11)], ["vertrouwen"], SetsTold())
    assert list(from_json(to_json(found))) == found


def test_a_later_release_in_which_few_more_have_an_alpha_tells_no_alpha():
    before = [member(number) for number in range(11)]
    [own] = reliability(before, ["vertrouwen"], SetsTold())
    assert reliability([*before, member(11)], ["vertrouwen"], SetsTold(own.sets)) == []
