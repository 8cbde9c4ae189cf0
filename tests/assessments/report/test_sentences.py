"""A table of cases lists which sentence follows from which published figures."""

from dataclasses import replace

import pytest

from assessments import dutch
from assessments.disclosure.published import Hidden, Published, PublishedGroup
from assessments.report.context import Context
from assessments.report.sections.front import voices
from assessments.report.sentences import differences, message
from assessments.report.sentences import scores as said
from assessments.report.sentences.model import may_colour
from assessments.report.sentences.scores import Voice
from assessments.report.subjects import subjects
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, level_group
from tests.report_cases import FACTORS, INSTRUMENT, B, M, U, facts, figure, published, results, scores

ALL_FIVE = scores(5.0)


def voice(means, **more):
    return Voice("", {key: figure(mean, **more) for key, mean in means.items()})


STRONGEST = [
    ("one factor stands out", scores(3.5, toewijding=4.4), "Toewijding komt het hoogst uit: 4,4 (sterk)."),
    (
        "two share the first place",
        scores(3.5, toewijding=4.4, vertrouwen=4.4),
        "Vertrouwen en toewijding komen het hoogst uit: 4,4 (sterk).",
    ),
    (
        "a plural name, and more that are strong",
        scores(3.5, regels=4.4, vertrouwen=4.1),
        "Regels komen het hoogst uit: 4,4 (sterk). In totaal krijgen twee van de elf factoren het woord ‘sterk’.",
    ),
    (
        "all strong",
        scores(4.2, kennis=4.6),
        "Kennis komt het hoogst uit: 4,6 (sterk). Alle elf factoren krijgen het woord ‘sterk’.",
    ),
    (
        "all weak",
        scores(2.1, kennis=2.6),
        "Alle elf factoren krijgen het woord ‘zorg’. Kennis komt het hoogst uit: 2,6 (zorg).",
    ),
    (
        "none strong",
        scores(3.1, kennis=3.6),
        "Geen factor krijgt het woord ‘sterk’. Kennis komt het hoogst uit: 3,6 (bespreken).",
    ),
    ("all the same", scores(3.0), "Alle elf factoren komen uit op 3,0 (bespreken)."),
    ("one factor only", {"regels": 3.4}, "Alleen regels is te tonen: 3,4 (bespreken)."),
    ("a limit", scores(3.5, kennis="high"), "Kennis komt het hoogst uit: 4,5 of hoger (sterk)."),
    ("nothing", {}, "Geen enkele factor is te tonen."),
]

WEAKEST = [
    ("one in zorg", scores(3.5, regels=2.2), "Regels komen het laagst uit: 2,2 (zorg)."),
    (
        "more in zorg",
        scores(3.5, kennis=2.2, regels=2.8),
        "Kennis komt het laagst uit: 2,2 (zorg). In totaal krijgen twee van de elf factoren het woord ‘zorg’.",
    ),
    (
        "none in zorg",
        scores(3.5, kennis=3.1),
        "Geen factor krijgt het woord ‘zorg’. Kennis komt het laagst uit: 3,1 (bespreken).",
    ),
    (
        "all strong",
        scores(4.4, kennis=4.0),
        "Geen factor krijgt het woord ‘zorg’ of ‘bespreken’. Kennis komt het laagst uit: 4,0 (sterk).",
    ),
    (
        "all weak",
        scores(2.6, kennis=2.1),
        "Kennis komt het laagst uit: 2,1 (zorg). Alle elf factoren krijgen het woord ‘zorg’.",
    ),
    (
        "voorgeschiedenis is not low",
        scores(2.6, voorgeschiedenis=3.1, kennis=2.1, regels=2.1),
        "Regels en kennis komen het laagst uit: 2,1 (zorg). "
        "In totaal krijgen tien van de elf factoren het woord ‘zorg’.",
    ),
    ("all the same", scores(3.0), "Geen factor komt lager uit dan de andere."),
    ("one factor only", {"regels": 2.4}, "Met één factor valt er niets te vergelijken."),
    ("a limit", scores(3.5, kennis="low"), "Kennis komt het laagst uit: 1,5 of lager (zorg)."),
]


@pytest.mark.parametrize(("means", "sentence"), [case[1:] for case in STRONGEST], ids=[case[0] for case in STRONGEST])
def test_what_is_strongest(means, sentence):
    assert said.strongest([voice(means)], INSTRUMENT) == sentence


@pytest.mark.parametrize(("means", "sentence"), [case[1:] for case in WEAKEST], ids=[case[0] for case in WEAKEST])
def test_what_is_weakest(means, sentence):
    assert said.weakest([voice(means)], INSTRUMENT) == sentence


def test_a_split_group_is_named_with_what_is_weakest():
    split = Voice("", {"regels": figure(3.2, split=True), "kennis": figure(3.6)})
    assert said.weakest([split], INSTRUMENT) == (
        "Geen van de twee getoonde factoren krijgt het woord ‘zorg’. Regels komen het laagst uit: 3,2 (bespreken). "
        "De meningen zijn verdeeld over regels."
    )


def test_without_a_network_score_each_level_has_its_part_of_the_sentence():
    voices = [
        Voice(dutch.AT[U], {"regels": figure(2.2), "kennis": figure(3.1)}),
        Voice(dutch.AT[B], {"regels": figure(4.1), "kennis": figure("high")}),
    ]
    assert said.strongest(voices, INSTRUMENT) == (
        "De hoogste score: op het uitvoerend niveau kennis (3,1: bespreken) en in het bestuur kennis "
        "(4,5 of hoger: sterk)."
    )
    assert said.weakest(voices, INSTRUMENT) == (
        "De laagste score: op het uitvoerend niveau regels (2,2: zorg) en in het bestuur regels (4,1: sterk)."
    )


def test_levels_where_all_comes_out_alike_name_no_eleven_factors():
    voices = [Voice(dutch.AT[level], {key: figure("low") for key in FACTORS}) for level in (U, B)]
    assert said.strongest(voices, INSTRUMENT) == (
        "De hoogste score: op het uitvoerend niveau alle elf factoren (1,5 of lager: zorg) en in het bestuur alle elf "
        "factoren (1,5 of lager: zorg)."
    )


def test_ten_factors_that_score_highest_are_counted_and_not_named():
    voices = [Voice("", {key: figure(4.4 if key == "regels" else 4.6) for key in FACTORS})]
    assert said.strongest(voices, INSTRUMENT) == (
        "Tien factoren komen het hoogst uit: 4,6 (sterk). Alle elf factoren krijgen het woord ‘sterk’."
    )


DIFFERENCE = [
    (
        "one is largest",
        published({U: scores(3.5, regels=2.2), M: scores(3.5), B: scores(3.5, regels=4.1)}),
        "Het verschil is het grootst bij regels: het uitvoerend niveau komt uit op 2,2, het bestuur op 4,1.",
    ),
    (
        "two factors are equal",
        published({U: scores(3.0), B: scores(3.0, regels=4.0, kennis=4.0)}),
        "Het verschil is het grootst bij regels en kennis (1,0 punt). Regels: het uitvoerend niveau komt uit op 3,0, "
        "het bestuur op 4,0. Het management deed niet mee in deze ronde.",
    ),
    (
        "two pairs are equal",
        published({U: scores(3.0, regels=4.0), M: scores(3.0), B: scores(3.0)}),
        "Het verschil is het grootst bij regels (1,0 punt). Regels: het uitvoerend niveau komt uit op 4,0, "
        "het management op 3,0.",
    ),
    (
        "a limit has no size",
        published({U: scores(3.0), M: scores(3.0, regels="high")}, hidden=[B]),
        "Het verschil is het grootst bij regels: het uitvoerend niveau komt uit op 3,0, "
        "het management op 4,5 of hoger. Het bestuur wordt niet getoond: te weinig antwoorden.",
    ),
    (
        "no difference",
        published({U: scores(3.0), M: scores(3.4), B: scores(3.2)}),
        "Tussen de niveaus is op geen enkele factor een verschil van 0,5 punt of meer te zien.",
    ),
    (
        "one level is shown",
        published({U: scores(3.0)}, hidden=[M, B]),
        "Verschillen tussen de niveaus zijn niet te zien: alleen het uitvoerend niveau wordt getoond.",
    ),
    (
        "no level is shown",
        published({}, hidden=[U, M, B]),
        "Verschillen tussen de niveaus zijn niet te zien: geen enkel niveau wordt getoond.",
    ),
]


@pytest.mark.parametrize(("found", "sentence"), [case[1:] for case in DIFFERENCE], ids=[case[0] for case in DIFFERENCE])
def test_where_levels_differ_most(found, sentence):
    assert differences.largest_difference(found, INSTRUMENT) == sentence


def test_a_level_hears_of_its_own_differences_only():
    found = published({U: scores(3.0), M: scores(3.2), B: scores(3.2, regels=4.6)})
    assert differences.largest_difference(found, INSTRUMENT, level=M).startswith(
        "Het verschil is het grootst bij regels: het management komt uit op 3,2, het bestuur op 4,6."
    )


def test_differences_come_largest_first_and_then_in_the_order_of_the_phases():
    found = published({U: scores(3.0, regels=4.0, kennis=4.5, vertrouwen="high"), M: scores(3.0)})
    assert [(d.factor, d.label) for d in differences.largest_first(found)] == [
        ("kennis", "groot_verschil"),
        ("vertrouwen", "groot_verschil"),
        ("regels", "groot_verschil"),
    ]


@pytest.mark.parametrize(
    ("means", "sentence"),
    [
        (
            {U: 2.2, B: 3.1},
            "Uitvoerend 2,2; bestuur 3,1. Verschil: uitvoerend en bestuur (0,9).",
        ),
        (
            {U: 2.2, M: 2.8, B: 3.3},
            "Uitvoerend 2,2; management 2,8; bestuur 3,3. "
            "Groot verschil: uitvoerend en bestuur (1,1). "
            "Verschil: uitvoerend en management (0,6); management en bestuur (0,5).",
        ),
        (
            {M: "high", B: 3.3},
            "Management 4,5 of hoger; bestuur 3,3. Groot verschil: management en bestuur.",
        ),
    ],
)
def test_a_difference_takes_no_side(means, sentence):
    found = published({level: scores(3.0, regels=mean) for level, mean in means.items()})
    assert differences.difference_sentence(differences.largest_first(found), found) == sentence


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (published({U: scores(3), M: scores(3), B: scores(3)}), ""),
        (
            published({U: scores(3), M: scores(3), B: scores("low")}),
            "Er is geen score voor het hele netwerk: "
            "die is er alleen als van alle drie de niveaus een gemiddelde te zien is.",
        ),
        (
            published({U: scores(3), M: scores(3)}, hidden=[B]),
            "Er is geen score voor het hele netwerk. Het bestuur wordt niet getoond: te weinig antwoorden.",
        ),
        (
            published({U: scores(3)}, hidden=[M, B]),
            "Er is geen score voor het hele netwerk. "
            "Het management en het bestuur worden niet getoond: te weinig antwoorden.",
        ),
        (
            published({U: scores(3), M: scores(3)}),
            "Er is geen score voor het hele netwerk. Het bestuur deed niet mee in deze ronde.",
        ),
    ],
)
def test_why_there_is_no_score_for_the_network(found, sentence):
    assert differences.no_network_score(found) == sentence


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (figure(3.4), "3,4"),
        (figure("low"), "1,5 of lager"),
        (figure("high"), "4,5 of hoger"),
    ],
)
def test_a_score_is_written_the_dutch_way(found, text):
    assert dutch.score(found) == text


def test_the_advice_of_the_hand_made_results_is_the_instruments_own():
    assert {p.advice for p in results({U: scores(2.0)}).advice} <= set(INSTRUMENT.advice_by_key)
    assert len(FACTORS) == 11


def of_dimensions(level, n=12, **more):
    return PublishedGroup(level_group(level), n, None, {key.replace("__", "."): figure(m) for key, m in more.items()})


LOW_PARTS = {"middelen": 3.4, "middelen__informatie": 2.8, "middelen__macht": 2.6, "regels": 2.9, "regels__rollen": 2.3}


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ((U,), "Wel laag, binnen een factor: macht (2,6) en informatie (2,8)."),
        ((U, M), "Wel laag, binnen een factor: op het uitvoerend niveau macht (2,6) en informatie (2,8)."),
        ((M,), ""),
        ((B,), ""),
    ],
)
def test_a_dimension_that_is_low_is_named_where_its_factor_is_not(levels, sentence):
    """Smeets and Van Veen, §3.5: that nothing is heard back is 'a thorn in the eye' where no factor is low."""
    groups = (of_dimensions(U, **LOW_PARTS), of_dimensions(M, middelen=3.4, middelen__informatie=3.1))
    assert said.low_parts(Published(5, groups, (), ()), levels, INSTRUMENT) == sentence


MESSAGES = [
    (
        "one level is more positive",
        published({U: scores(2.6, vertrouwen=2.2), M: scores(2.8), B: scores(3.3)}),
        None,
        "Het bestuur ziet de samenwerking positiever dan het uitvoerend niveau: op alle elf factoren, "
        "het meest bij vertrouwen (3,3 tegen 2,2).",
    ),
    (
        "a level's own report begins with that level",
        published({U: scores(2.6, vertrouwen=2.2), M: scores(2.8), B: scores(3.3)}),
        U,
        "Het uitvoerend niveau ziet de samenwerking minder positief dan het bestuur: op alle elf factoren, "
        "het meest bij vertrouwen (2,2 tegen 3,3).",
    ),
    (
        "a limit may be further away than the largest difference that is known",
        published({U: scores(2.0, kennis=2.4), B: scores(4.4, kennis="high")}),
        None,
        "Het bestuur ziet de samenwerking positiever dan het uitvoerend niveau: op alle elf factoren, "
        "onder meer bij voorgeschiedenis (4,4 tegen 2,0).",
    ),
    (
        "levels differ, and none is more positive",
        published({U: scores(3.0, regels=2.0, kennis=4.0), B: scores(3.0)}),
        None,
        "De niveaus verschillen onder meer over regels: het uitvoerend niveau 2,0, het bestuur 3,0.",
    ),
    (
        "levels agree",
        published({U: scores(3.0, regels=2.0), M: scores(3.1, regels=2.1), B: scores(3.2, regels=2.2)}),
        None,
        "De niveaus scoren bijna gelijk: nergens scheelt het 0,5 punt of meer.",
    ),
    (
        "everybody says 5, and a small group shows a limit",
        published({U: scores(5.0), B: scores("high")}),
        None,
        "Of de getoonde niveaus verschillen, is niet te zeggen: te weinig scores zijn te vergelijken.",
    ),
    (
        "everybody says 5, in small groups",
        published({U: scores("high"), B: scores("high")}),
        None,
        "De getoonde niveaus geven elke factor 4,5 of hoger (sterk).",
    ),
    (
        "one level is shown, and named",
        published({U: scores(3.0, regels=2.2, toewijding=4.1)}, hidden=[M, B]),
        None,
        "Alleen het uitvoerend niveau is te tonen: het geeft toewijding (4,1) de hoogste score en regels (2,2) de "
        "laagste.",
    ),
    (
        "nothing is shown",
        published({}, hidden=[U, M, B]),
        None,
        "Van geen enkel niveau zijn scores te tonen.",
    ),
]


@pytest.mark.parametrize(("found", "level", "sentence"), [c[1:] for c in MESSAGES], ids=[c[0] for c in MESSAGES])
def test_the_message(found, level, sentence):
    assert message.headline(found, INSTRUMENT, level) == sentence


def test_a_factor_that_one_level_hides_is_not_passed_over():
    """Then the network has no score on it; the levels speak, each by its name."""
    found = published({U: scores(3.0, toewijding=4.2), M: scores(3.1, toewijding=4.4), B: scores(3.2, toewijding=None)})
    own = said_by(found)
    assert [voice.at for voice in own] == [dutch.AT[U], dutch.AT[M], dutch.AT[B]]
    assert said.strongest(own, INSTRUMENT).startswith(
        "De hoogste score: op het uitvoerend niveau toewijding (4,2: sterk), in het management toewijding (4,4: sterk)"
    )


def said_by(found):
    whole = Results(found, (), INSTRUMENT.version, INSTRUMENT.rules_version)
    return voices(Context(whole, INSTRUMENT, facts(), subjects(found, facts())[0]))


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (12, ""),
        (10, ""),
        (
            9,
            "27 van de 60 mensen (45 %) deden mee, minder dan de helft. "
            "Wie niet meedeed, denkt er misschien anders over.",
        ),
    ],
)
def test_that_under_half_answered_is_said(n, sentence):
    found = published({level: scores(3.0) for level in (U, M, B)}, n=n, invited=20)
    assert message.low_response(found, NETWORK) == sentence


MAY = "kan volgens een van de studies andere factoren kleuren, vooral"
MAIN = "communicatie, vertrouwen, toewijding en gedeeld begrip"


@pytest.mark.parametrize(
    ("levels", "level", "sentence"),
    [
        (
            {v: scores(3.0, voorgeschiedenis=2.6, toewijding=4.4) for v in (U, M, B)},
            None,
            f"Voorgeschiedenis scoort laag (2,6: zorg) en {MAY} "
            "communicatie (3,0), vertrouwen (3,0), toewijding (4,4) en gedeeld begrip (3,0).",
        ),
        (
            {U: scores(3.0, voorgeschiedenis="low", vertrouwen=None, toewijding="high")},
            U,
            f"Voorgeschiedenis scoort laag (1,5 of lager: zorg) en {MAY} "
            "communicatie (3,0), vertrouwen (niet getoond), toewijding (4,5 of hoger) en gedeeld begrip (3,0).",
        ),
        (
            {U: scores(2.6), M: scores(2.9), B: scores(4.0)},
            None,
            "Voorgeschiedenis scoort gemiddeld niet laag (3,2), maar wel op het uitvoerend niveau (2,6) "
            f"en in het management (2,9); dat {MAY} {MAIN}.",
        ),
        (
            {U: scores("low"), M: scores(3.4)},
            None,
            f"Voorgeschiedenis scoort laag op het uitvoerend niveau (1,5 of lager); dat {MAY} {MAIN}.",
        ),
        (
            {U: scores(2.6), M: scores(2.9), B: scores(4.0)},
            B,
            f"Voorgeschiedenis {MAY} {MAIN}, maar scoort hier niet laag: 4,0 (sterk).",
        ),
        (
            {U: scores(3.4), M: scores(3.4, voorgeschiedenis=None)},
            None,
            f"Voorgeschiedenis {MAY} {MAIN}, maar scoort nergens laag, voor zover dat te zien is.",
        ),
        ({U: {"regels": 2.0}}, None, f"Voorgeschiedenis {MAY} {MAIN}, maar is hier niet te tonen."),
    ],
)
def test_what_is_low_may_colour_others_and_nothing_is_called_a_cause(levels, level, sentence):
    assert may_colour(published(levels), INSTRUMENT, level) == sentence


@pytest.mark.parametrize(
    ("whys", "said"),
    [
        (["small"], ": te weinig antwoorden."),
        (["complementary"], ": anders zijn antwoorden van een kleine groep uit te rekenen."),
        (["small", "complementary"], "."),
        ([], "."),
    ],
)
def test_no_reason_is_given_for_an_outcome_that_is_hidden_for_another(whys, said):
    hidden = tuple(Hidden(level_group(v), INSTRUMENT.outcome.key, why) for v, why in zip((U, B), whys, strict=False))
    found = replace(published({U: scores(3.0), B: scores(3.0)}), hidden=hidden)
    sentence = message.outcome_sentence(found, INSTRUMENT, NETWORK, "het netwerk")
    assert sentence == f"Hoe effectief de samenwerking is, is niet te tonen{said}"
