"""Of the advice that the rules give, three come first in the report: which, and in which order.

No database is needed.
"""

from tests.rule_cases import first


def keys(found):
    return [p.advice for p in found]


def test_a_split_factor_takes_one_place_up_front():
    found = first("uitvoerend", uitvoerend="prikkels verdeeld, kennis verdeeld, toewijding verdeeld")
    assert keys(found) == ["algemeen_eerst_praten_bij_verdeeldheid", *keys(found)[1:]]
    assert [p.rule for p in found] == ["verdeeld_prikkels", "verdeeld_kennis", "verdeeld_toewijding"]


def test_what_is_in_between_does_not_take_the_advice_of_what_is_low():
    words = "voorgeschiedenis bespreken, prikkels bespreken, middelen bespreken, regels zorg, vertrouwen zorg"
    found = first("uitvoerend", uitvoerend=words)
    assert (found[0].advice, found[0].rule) == ("voorgeschiedenis_kennismaken_en_terugkijken", "relatie_voor_regels")


def test_within_a_factor_the_lowest_dimension_leads():
    privacy = "middelen 2.8, middelen.macht 2.9, middelen.informatie 2.3"
    power = "middelen 2.8, middelen.macht 2.3, middelen.informatie 2.9"
    assert keys(first("management", management=privacy))[0] == "middelen_samen_leren_over_privacy"
    assert keys(first("management", management=power))[0] == "middelen_elke_kijk_telt"


def test_low_factors_come_by_phase_and_what_is_in_between_by_its_figure():
    low = "regels 2.9, middelen 2.8, kennis 2.0, toewijding 1.0"
    assert "toewijding_zorg" not in {p.rule for p in first("uitvoerend", uitvoerend=low)}
    between = "elke_factor sterk, voorgeschiedenis 3.9, prikkels 3.8, regels 3.7, middelen 3.1, kennis 3.2"
    assert [p.rule for p in first("uitvoerend", uitvoerend=between)] == [
        "regels_bespreken",
        "middelen_bespreken",
        "kennis_bespreken",
    ]


def test_what_is_strong_comes_after_what_is_low_and_before_what_is_in_between():
    words = "prikkels bespreken, kennis bespreken, leiderschap sterk, middelen bespreken, toewijding bespreken"
    assert "leiderschap_sterk" in {p.rule for p in first("bestuur", bestuur=words)}
    low = "prikkels zorg, principiele_betrokkenheid zorg, kennis zorg, leiderschap sterk, middelen zorg"
    assert "leiderschap_sterk" not in {p.rule for p in first("bestuur", bestuur=low)}


def test_the_network_begins_with_talk_then_with_what_is_low_then_with_the_largest_difference():
    apart = {
        "uitvoerend": "voorgeschiedenis 3.3, leiderschap 3.1, communicatie 2.9",
        "bestuur": "voorgeschiedenis 3.9, leiderschap 3.9, communicatie 4.3",
    }
    assert [p.rule for p in first(None, **apart)] == [
        "niveaus_in_gesprek",
        "werkvloer_leiderschap",
        "werkvloer_communicatie",
    ]
    low = {level: f"{words}, middelen zorg" for level, words in (apart | {"management": "prikkels sterk"}).items()}
    assert [p.rule for p in first(None, **low)] == ["niveaus_in_gesprek", "netwerk_middelen", "werkvloer_communicatie"]
