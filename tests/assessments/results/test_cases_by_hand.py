"""Answers made by hand, scored as `manage.py score` does: what is advised is what the studies say.

Each case names the passage that it was written from; the expectation was written before the outcome was seen.
"""

from dataclasses import dataclass, field

import pytest

from assessments.results.advice import up_front
from assessments.results.pipeline import results_of_scores
from factors.instrument import LEVELS
from tests.instrument import INSTRUMENT
from tests.people import answering, plain_scores

U, M, B = LEVELS
NETWORK = None
ENOUGH = 12  # twice the minimum, so that dimensions are shown
PAPERS = {"regels_ondertekende_afspraak", "regels_wie_doet_wat", "regels_werkafspraken_samen_maken"}


@dataclass(frozen=True)
class Case:
    """Is what each level answers, by factor (4 where nothing is said), and what must follow for some readers.

    Of `front` one stands up front; all of `given` are among the ten, and none of `never`.
    """

    name: str
    answers: dict[str, dict[str, int]]
    readers: tuple[str | None, ...]
    front: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)
    other: int = 4


def everywhere(**answers):
    return dict.fromkeys(LEVELS, answers)


CASES = [
    Case(
        "Verstappen §6.2, §6.3 (1, 6): a low past comes first, and communication keeps its own advice",
        everywhere(voorgeschiedenis=2, communicatie=2),
        (NETWORK, U, M, B),
        front={"voorgeschiedenis_kennismaken_en_terugkijken"},
        given={"communicatie_aandacht_houden", "communicatie_praktijktafel"},
    ),
    Case(
        "Sterke Schakels §3.5, §4.3 (3): without trust papers wait, roles for each child do not",
        everywhere(regels=2, vertrouwen=2),
        (U,),
        front={"regels_rollen_per_kind"},
        given={"voorgeschiedenis_kennismaken_en_terugkijken"},
        never=PAPERS,
    ),
    Case(
        "Verstappen §6.2, §6.3 (4): what is unclear lowers trust, so the frame does not wait either",
        everywhere(regels=2, vertrouwen=2),
        (NETWORK, M, B),
        front={"regels_helder_kader"},
        given={"algemeen_relatie_eerst"},
        never=PAPERS,
    ),
    Case(
        "Sterke Schakels §4.1: where the relation is there, less is laid down and more is tried",
        everywhere(regels=2),
        (M, B),
        given={"regels_stap_voor_stap"},
        never={*PAPERS, "algemeen_relatie_eerst"},
    ),
    Case(
        "Sterke Schakels §4.3 (1): a low outcome begins with the family, also where no factor is low",
        everywhere(effectiviteit=2),
        (NETWORK, U, M, B),
        front={"principiele_betrokkenheid_begin_bij_gezin"},
        never={"algemeen_vasthouden"},
    ),
    Case(
        "Sterke Schakels §4.3 (1): and where one is",
        everywhere(effectiviteit=2, kennis=2),
        (NETWORK, U, M, B),
        front={"principiele_betrokkenheid_begin_bij_gezin"},
        given={"kennis_doelen_per_half_jaar"},
    ),
    Case(
        "Verstappen §3.2: levels have views of their own, also management and bestuur",
        {U: {"leiderschap": 4}, M: {"vertrouwen": 3}, B: {"vertrouwen": 5}},
        (M, B),
        front={"algemeen_gesprek_tussen_niveaus"},
    ),
    Case(
        "Verstappen §5.2.3: the work floor's doubt is told where bestuur is hidden too",
        {U: {"vertrouwen": 2}, M: {}, B: {}},
        (NETWORK, M),
        front={"vertrouwen_twijfel_bespreken"},
        given={"algemeen_gesprek_tussen_niveaus"},
        people={B: 3},
    ),
    Case(
        "Verstappen §3.2.2: begin with what is wrong at the work floor, whatever the mean says",
        {U: {"kennis": 2}, M: {}, B: {}},
        (NETWORK,),
        front={"kennis_doelen_per_half_jaar"},
    ),
    Case(
        "Sterke Schakels §4.3 (5): attention goes where people think that all is well",
        everywhere(),
        (U, M, B),
        front={"algemeen_vasthouden"},
        other=5,
    ),
    Case(
        "Sterke Schakels §4.3 (5): a network in which all is in between goes on investing",
        everywhere(),
        (NETWORK,),
        front={"toewijding_blijf_investeren"},
        other=3,
    ),
    Case(
        "Verstappen §6.3: where all is low, all six apply, to bestuur and to the network; and the family is named",
        everywhere(),
        (NETWORK, M, B),
        front={"voorgeschiedenis_kennismaken_en_terugkijken"},
        given={
            "principiele_betrokkenheid_visie_naar_praktijk",
            "leiderschap_projectleider",
            "regels_helder_kader",
            "kennis_doelen_per_half_jaar",
            "communicatie_aandacht_houden",
            "principiele_betrokkenheid_begin_bij_gezin",
        },
        other=2,
    ),
    Case(
        "Verstappen §5.2.3: small groups at the ends of the scale, shown as limits, differ all the same",
        {U: {"vertrouwen": 1}, M: {}, B: {"vertrouwen": 5}},
        (NETWORK, U, B),
        front={"algemeen_gesprek_tussen_niveaus"},
        people={U: 6, B: 6},
    ),
]


def advice_of(case):
    people = [
        answering(
            "ab"[place % 2], level, case.other, **{key: str(v) * len(INSTRUMENT.blocks[key]) for key, v in own.items()}
        )
        for level, own in case.answers.items()
        for place in range(case.people.get(level, ENOUGH))
    ]
    return results_of_scores(plain_scores(people), INSTRUMENT).advice


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_advised_is_what_the_study_says(case, subtests):
    advice = advice_of(case)
    for reader in case.readers:
        with subtests.test(reader=reader):
            given = {p.advice for p in advice if p.level == reader}
            assert not case.front or case.front & {p.advice for p in up_front(advice, reader)}
            assert case.given <= given
            assert not case.never & given
