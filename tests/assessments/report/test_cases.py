"""The reports of four constructed networks say what the study says of the four cases that they follow.

What is expected here was written down from Smeets & Van Veen (2018), chapters 3 to 7, before any report was made.
"""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from assessments.demo.build import COORDINATOR, build_cases
from assessments.demo.cases import MEANS, MIXED, cases
from assessments.models import FrozenResults, Network, Participant, Round
from assessments.report.blocks import Cards
from assessments.report.facts import CONSTRUCTED
from assessments.report.load import report_of
from assessments.results.advice import up_front
from assessments.scores.groups import level_group
from factors.instrument import LEVELS
from samenwerking.accounts.models import User
from tests.instrument import INSTRUMENT

U, M, B = LEVELS

# level | factor or dimension: its band
BANDS = {
    "A": """
        uitvoerend management bestuur | voorgeschiedenis | sterk             §3.5: found each other early
        uitvoerend management bestuur | principiele_betrokkenheid | sterk    §3.5: all for the same goal, at one table
        uitvoerend management bestuur | leiderschap | sterk                  §3.3: three officers took the initiative
        uitvoerend management bestuur | communicatie | sterk                 §3.5: short lines, a fixed contact
        uitvoerend management bestuur | vertrouwen | sterk                   §7.2: trust that was built up
        uitvoerend management bestuur | toewijding | sterk                   §3.4, §3.5
        uitvoerend management | kennis.lerend_vermogen | sterk               §3.4: each meeting ends with looking back
        uitvoerend management | regels.rollen | sterk                        §7.2: clear roles and mandate
        uitvoerend management | middelen.informatie | zorg                   §3.5: no feedback, privacy
    """,
    "B": """
        management bestuur | voorgeschiedenis | sterk                        §4.5: know and respect each other
        management bestuur | leiderschap | sterk                             §4.3, §4.5
        management bestuur | communicatie | sterk                            §4.3: short lines
        management bestuur | vertrouwen | sterk                              §4.3, §7.2: mutual trust
        management bestuur | toewijding | sterk                              §4.5: committed officials
        uitvoerend | regels | zorg                                           §4.3: hardly begun in practice
        uitvoerend | communicatie.manier | zorg                              §4.4: no time to attune
        uitvoerend | communicatie.frequentie | zorg                          §4.4: don't find each other well
        uitvoerend | gedeeld_begrip.wederzijds | zorg                        §4.4: different cultures
        uitvoerend management | middelen.financien | zorg                    §4.2, §4.5: cuts
        uitvoerend | effectiviteit | zorg                                    §4.3, §4.4
    """,
    "C": """
        management bestuur | toewijding | sterk                              §5.5: driven and ambitious
        bestuur | communicatie | sterk                                       §5.3: every month
        management | leiderschap | sterk                                     §5.5
        uitvoerend | regels | zorg                                           §5.5: too many links, too complex
        uitvoerend | communicatie.manier | zorg                              §5.5: the story four times over
        uitvoerend | vertrouwen | zorg                                       §5.5: judgement not trusted
        uitvoerend management | middelen.macht | zorg                        §5.2, §5.5: no say; mandate
        uitvoerend management | gedeeld_begrip.wederzijds | zorg             §5.5: two cultures
        uitvoerend management | kennis.lerend_vermogen | bespreken           §5.3, §5.4; §7.2: hardly together
    """,
    "D": """
        management bestuur | communicatie | sterk                            §6.5: talked all subjects over
        management | principiele_betrokkenheid | sterk                       §6.5: a joint vision, laid down
        management bestuur | middelen | zorg                                 §6.5: who pays
        uitvoerend management bestuur | middelen.informatie | zorg           §6.5: the law on privacy
        management bestuur | prikkels.juridisch | zorg                       §6.5: whose is what
        uitvoerend | regels.rollen | zorg                                    §6.2, §7.3: who may refer
    """,
}

# Where a level is in two minds.
SPLIT = {
    "A": [],
    "B": [(U, "voorgeschiedenis")],  # §4.4: one school most satisfied, another critical
    "C": [],
    "D": [(U, "communicatie")],  # §6.2: primary education satisfied, secondary education not
}

# The factors, one of which differs most, and the levels between which it may differ most.
WIDEST = {
    "A": None,  # the study speaks of no difference between levels
    "B": ({"communicatie", "regels", "vertrouwen"}, {(U, M), (U, B)}),  # §4.3: well arranged, hardly begun in practice
    "C": ({"communicatie", "regels", "vertrouwen"}, {(U, B)}),  # §5.3 against §5.5
    "D": ({"communicatie", "principiele_betrokkenheid"}, {(U, M), (U, B)}),  # §6.5: managers came closer; §6.4
}

# level | advices of which one stands up front
UP_FRONT = {
    "A": """
        uitvoerend | middelen_toestemming_vragen                             §3.5: privacy
        management | middelen_samen_leren_over_privacy middelen_begin_klein_met_delen   §3.5: privacy
        bestuur | leiderschap_niet_op_een_persoon                            §3.5, §7.3: it rests on persons
    """,
    "B": """
        network | algemeen_gesprek_tussen_niveaus                            §4.3
        uitvoerend | regels_basisafspraken_per_school                        §4.3: hardly begun in practice
        management | regels_helder_kader regels_waarop_scholen_kunnen_rekenen   §4.3, §4.5: lay more down
    """,
    "C": """
        network | algemeen_gesprek_tussen_niveaus                            §5.3 against §5.5
        uitvoerend | regels_rollen_per_kind                                  §5.5: too many links, promises not kept
        management | regels_helder_kader regels_route_school_en_hulp         §5.4: describe who acts when
    """,
    "D": """
        network | algemeen_gesprek_tussen_niveaus                            §6.4, §6.5
        uitvoerend | algemeen_eerst_praten_bij_verdeeldheid                  §6.2
        management | prikkels_eerst_het_kind_dan_de_wet                      §6.5: whose is what by the law
        bestuur | prikkels_eerst_het_kind_dan_de_wet                         §6.5
    """,
}

# level | advices that are all among the ten
GIVEN = {
    "A": """
        management | leiderschap_niet_op_een_persoon                         §3.5, §7.3: it rests on persons
        management | vertrouwen_stel_opvolger_voor                           §3.5, §7.2: key persons leave
        bestuur | toewijding_besluit_op_tijd                                 §3.5: an agreement that ends
        management bestuur | voorgeschiedenis_gezamenlijk_geheugen           §3.5, §7.2: key persons leave
        uitvoerend management | communicatie_laat_weten_hoe_het_liep         §3.5: no feedback
    """,
    "B": """
        management network | regels_helder_kader                             §4.3, §4.5: lay more down
        management | regels_waarop_scholen_kunnen_rekenen                    §4.5: schools can't count on it
        management network | gedeeld_begrip_een_plan                         §4.4: no 'one child, one plan'
        management bestuur | gedeeld_begrip_bespreek_de_verschillen          §4.4: cultures
        uitvoerend | gedeeld_begrip_bespreek_de_verschillen                  §4.4: cultures
        uitvoerend | regels_rollen_per_kind                                  §4.3, §4.5: what youth care does
    """,
    "C": """
        management | middelen_beslisruimte_dicht_bij_gezin                   §5.5: more mandate
        uitvoerend management | gedeeld_begrip_bespreek_de_verschillen       §5.5: two cultures
        uitvoerend | voorgeschiedenis_kennismaken_en_terugkijken             §5.5: closer once they know each other
        uitvoerend network | communicatie_warme_overdracht                   §5.5: the story four times over
        bestuur | gedeeld_begrip_bespreek_de_verschillen                     §5.5: two cultures
    """,
    "D": """
        management bestuur network | middelen_budget_open_op_tafel           §6.3: who gets how much, in the open
        network | gedeeld_begrip_van_wie_is_wat                              §6.5: whose is what
        management bestuur network | regels_helder_kader                     §6.5: law, money and roles
        uitvoerend | middelen_toestemming_vragen                             §6.5: privacy
    """,
}

# In all four the gezin is spoken of: one plan was meant and hardly there, the story told more than once (§3.4 to §6.4).
FAMILY = {
    "principiele_betrokkenheid_begin_bij_gezin",
    "gedeeld_begrip_een_plan",
    "communicatie_warme_overdracht",
    "communicatie_samen_met_ouders",
}

# level | advices that may not be given
NEVER = {
    "A": """
        uitvoerend management | voorgeschiedenis_kennismaken_en_terugkijken vertrouwen_bespreek_hoe_het_gaat
        management bestuur | leiderschap_projectleider algemeen_relatie_eerst
        network | algemeen_gesprek_tussen_niveaus
    """,
    "B": """
        management | voorgeschiedenis_kennismaken_en_terugkijken leiderschap_projectleider
        management bestuur | algemeen_relatie_eerst principiele_betrokkenheid_gezamenlijke_visie
        uitvoerend management bestuur network | algemeen_vasthouden
        network | leiderschap_projectleider kennis_doelen_per_half_jaar      §4.1: one vision, with themes
    """,
    "C": """
        management bestuur | principiele_betrokkenheid_gezamenlijke_visie algemeen_relatie_eerst
        uitvoerend | kennis_doelen_per_half_jaar
        uitvoerend management bestuur network | algemeen_vasthouden
    """,
    "D": """
        management bestuur | principiele_betrokkenheid_gezamenlijke_visie principiele_betrokkenheid_werksessies
        management bestuur | leiderschap_stuurgroep_en_werkgroepen
        uitvoerend | toewijding_drie_vragen_tot_slot regels_stap_voor_stap    §6.2: trust is not there for all
        uitvoerend management bestuur network | algemeen_vasthouden
    """,
}


def lines(text):
    return [[part.strip() for part in line.split("§")[0].split("|")] for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Returns each case's results and the network's report.

    They are plain objects, built once, of rounds that are rolled back.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        rounds = {network.name[len("Geval ")]: network.rounds.get() for network in build_cases()}
        found = {case: (one.frozen.results, report_of(one, "netwerk")) for case, one in rounds.items()}
        transaction.set_rollback(True)
    return found


@pytest.fixture(params="ABCD")
def case(request):
    return request.param


@pytest.fixture
def results(built, case):
    return built[case][0]


def advices(results, level):
    return {p.advice for p in results.advice if p.level == (None if level == "network" else level)}


def front(results, level):
    return [p.advice for p in up_front(results.advice, level)]


def test_the_bands_are_those_that_the_study_tells_of(results, case):
    found = {}
    for levels, item, band in lines(BANDS[case]):
        for level in levels.split():
            figure = results.published.figure(level_group(level), item)
            found[level, item] = (figure.band if figure else "niet getoond", band)
    small = {group.group.key for group in results.published.groups if group.n < 2 * results.published.minimum}
    wrong = {
        place: pair
        for place, pair in found.items()
        if pair[0] != pair[1] and not (pair[0] == "niet getoond" and "." in place[1] and place[0] in small)
    }
    assert wrong == {}


def test_no_factor_is_of_concern_in_the_first_case_and_some_are_in_the_others(built):
    low = {
        case: {
            (level, factor.key)
            for level in LEVELS
            for factor in INSTRUMENT.factors
            if found.published.figure(level_group(level), factor.key).band == "zorg"
        }
        for case, (found, _) in built.items()
    }
    assert low["A"] == set()
    assert all(low[case] for case in "BCD")


def test_a_level_is_in_two_minds_where_the_study_says_so(results, case):
    for level, factor in SPLIT[case]:
        assert results.published.figure(level_group(level), factor).split


def test_the_largest_difference_is_where_the_study_sees_it(results, case):
    differences = [d for d in results.published.differences if d.size is not None]
    if WIDEST[case] is None:
        assert not [d for d in differences if d.label == "groot_verschil"]
        return
    factors, pairs = WIDEST[case]
    size = max(abs(d.size) for d in differences)
    widest = [d for d in differences if abs(d.size) == size]
    assert size >= 1
    assert factors & {d.factor for d in widest}
    assert {d.levels for d in widest} <= pairs
    assert not [d for d in differences if d.label == "groot_verschil" and d.levels == (M, B)]


def test_what_the_study_advises_stands_up_front(results, case):
    missing = {}
    for level, wanted in lines(UP_FRONT[case]):
        found = front(results, None if level == "network" else level)
        if not set(wanted.split()) & set(found):
            missing[level, wanted] = found
    assert missing == {}


def test_what_the_study_tells_of_is_among_the_advices(results, case):
    missing = {
        (level, key)
        for levels, wanted in lines(GIVEN[case])
        for level in levels.split()
        for key in wanted.split()
        if key not in advices(results, level)
    }
    assert missing == set()


def test_the_family_is_among_the_advices_of_those_who_do_the_work(results, case):
    assert case == "A" or FAMILY & advices(results, U)  # in the first case nothing that calls for it scores low


def test_no_advice_goes_against_the_study(results, case):
    wrong = {
        (level, key)
        for levels, unwanted in lines(NEVER[case])
        for level in levels.split()
        for key in unwanted.split()
        if key in advices(results, level)
    }
    assert wrong == set()


def test_the_four_reports_differ(built):
    glances = {_cards(report) for _, report in built.values()}
    assert len(glances) == 4
    for level in (None, *LEVELS):
        fronts = {tuple(front(found, level)) for found, _ in built.values()}
        assert len(fronts) == 4, f"two cases have the same advice up front for {level or 'the network'}"


# What the network's means would hide, and the study describes.
BEHIND = {
    "A": [],
    "B": ["op het uitvoerend niveau regels en gedeeld begrip", "op het uitvoerend niveau over voorgeschiedenis"],
    "C": ["op het uitvoerend niveau regels, communicatie, vertrouwen en gedeeld begrip"],
    "D": ["op het uitvoerend niveau regels", "op het uitvoerend niveau over communicatie, vertrouwen en toewijding"],
}


def test_the_profile_tells_what_is_low_or_split_at_one_level(built, case):
    said = built[case][1].sections[1].blocks[0].text
    assert all(part in said for part in BEHIND[case])
    assert ("Achter het gemiddelde" in said or "verdeeld:" in said) == bool(BEHIND[case])


def test_the_reasons_in_the_second_case_are_that_roles_are_unclear_and_that_money_is(built):
    """§4.3, §4.5: too little is laid down of what youth care does. §4.2, §4.5: cuts."""
    reasons = {p.rule for p in built["B"][0].advice if p.level == M}
    assert {"gezin_bij_rollen", "middelen_financien_zorg"} <= reasons


def _cards(report):
    cards = next(block for block in report.sections[0].blocks if isinstance(block, Cards))
    return tuple(card.text for card in cards.items)


def test_every_report_says_that_the_answers_are_made_up(built):
    assert {report.constructed for _, report in built.values()} == {CONSTRUCTED}


@pytest.mark.django_db
def test_building_again_doubles_nothing():
    def numbers():
        return [model.objects.count() for model in (Network, Round, Participant, FrozenResults)]

    build_cases()
    before = numbers()
    build_cases()
    assert numbers() == before == [4, 4, 168, 4]


@pytest.mark.parametrize("found", cases(), ids=lambda case: case.name)
def test_a_case_names_only_what_exists(found):
    known = {*INSTRUMENT.scales, *INSTRUMENT.statements} - {INSTRUMENT.ouders.key}
    for reading in found.readings:
        assert set(reading.about) <= known
        assert reading.reading in {*MEANS, MIXED}
        assert set(reading.partners) <= set(found.partners)
        assert set(reading.levels) <= set(LEVELS)
        assert any(reading.speaks_of(seat) for seat in found.seats)
        assert reading.at.startswith("§")
    assert {seat.partner for seat in found.seats} == set(found.partners)
    assert "niet_gezegd" not in {reading.reading for reading in found.readings}


@pytest.mark.django_db
def test_the_demo_builds_them_when_asked_and_its_coordinator_reads_them(settings, client):
    settings.DEBUG = True
    call_command("demo", cases=True, stdout=io.StringIO())
    client.force_login(User.objects.get(email=COORDINATOR))
    for found in Network.objects.filter(name__startswith="Geval "):
        page = client.get(reverse("report", args=[found.rounds.get().pk, "netwerk"]))
        assert (page.status_code, CONSTRUCTED in page.content.decode()) == (200, True)
