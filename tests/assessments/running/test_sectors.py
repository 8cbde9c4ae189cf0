"""A round shows partners or sectors: what each would show, what is fixed at opening, and what people are told."""

from collections import Counter

import pytest
from django.urls import reverse

from assessments.actions.networks import add_partner, change_partner
from assessments.actions.rounds import close_round, open_round
from assessments.actions.setup import create_round
from assessments.anonymity.keys import link_token
from assessments.disclosure.publish import publish
from assessments.filling.links import link_url
from assessments.models import OpenLink, PartnerKind, PlaceInSector, Round
from assessments.report.context import Context
from assessments.report.load import report_of, reports_of, subjects_of
from assessments.report.subjects import subject
from assessments.running.readiness import choices
from assessments.running.response import response_of
from assessments.running.sectors import in_parts, sectors_of
from assessments.scores.answers import asked_of
from assessments.scores.groups import Group, level_group
from tests.cast import build_cast, long_ago, ready
from tests.html import text_of
from tests.people import INSTRUMENT, Person, plain_scores

pytestmark = pytest.mark.django_db

PEOPLE = {
    ("linde", "uitvoerend"): 4,
    ("linde", "management"): 1,
    ("beuk", "uitvoerend"): 2,
    ("beuk", "management"): 2,
    ("team", "uitvoerend"): 2,
    ("hulp", "uitvoerend"): 3,
    ("hulp", "management"): 2,
    ("gemeente", "bestuur"): 5,
}
KINDS = {"linde": "school", "beuk": "vo", "team": "wijkteam", "hulp": "jeugdhulp", "gemeente": "gemeente"}


@pytest.fixture
def cast():
    return build_cast(PEOPLE, minimum=5, kinds=KINDS)


def close(cast):
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 2 + number % 3)
    close_round(round_id=cast.round.pk)
    return Round.objects.select_related("network", "instrument_version", "frozen").get(pk=cast.round.pk)


def sectors(round):
    return {sector.key: (sector.name, sector.partners) for sector in sectors_of(round)}


def test_numbers_are_added_up_and_one_that_nobody_knows_makes_the_sum_unknown():
    part_of = {"a": "onderwijs", "b": "onderwijs", "c": "zorg"}
    cells = {("a", "bestuur"): 2, ("b", "bestuur"): 3, ("c", "bestuur"): None, ("a", "management"): None}
    assert in_parts(cells | {("b", "management"): 4, ("d", "bestuur"): 1}, part_of) == {
        ("onderwijs", "bestuur"): 5,
        ("zorg", "bestuur"): None,
        ("onderwijs", "management"): None,
        ("d", "bestuur"): 1,
    }


def test_before_it_opens_the_coordinator_sees_which_choice_shows_more(client):
    cast = build_cast(PEOPLE, minimum=5, is_open=False, kinds=KINDS)
    of_partners, of_sectors = choices(cast.round)
    assert (of_partners.shown, of_partners.of) == (("Gemeente", "Hulp", "Linde"), 5)
    assert (of_sectors.shown, of_sectors.of) == (("Gemeente", "sector jeugdhulp en zorg", "sector onderwijs"), 3)
    client.force_login(cast.coordinator)
    page = client.get(reverse("round_open", args=[cast.round.pk]))
    assert "3 van de 3 (Gemeente, sector jeugdhulp en zorg, sector onderwijs). Dit is nu uw keuze" in text_of(
        page, "main"
    )


def test_a_sector_is_fixed_at_opening_and_a_partner_of_later_gets_its_own_then(cast):
    before = sectors(cast.round)
    school = PartnerKind.objects.get(key="school")
    change_partner(partner_id=cast.partners["hulp"].pk, name="Hulp", kind=school)
    PartnerKind.objects.filter(key="wijkteam").update(sector="gemeente")
    assert sectors(cast.round) == before
    new = add_partner(network_id=cast.network.pk, name="Later", kind=school)
    OpenLink.objects.create(round=cast.round, partner=new, level="bestuur", cap=4)
    change_partner(partner_id=new.pk, name="Later", kind=PartnerKind.objects.get(key="jgz"))
    assert sectors(cast.round)["onderwijs"] == ("sector onderwijs", ("beuk", "later", "linde"))


def test_a_round_of_partners_keeps_no_sectors():
    cast = build_cast(PEOPLE)
    add_partner(network_id=cast.network.pk, name="Later", kind=PartnerKind.objects.get(key="school"))
    assert not PlaceInSector.objects.exists()


def test_the_outcome_has_sectors_as_if_they_were_partners_and_no_partner(cast):
    """What is frozen is what follows where each sector is a partner, scored one by one."""
    sector = {"linde": "onderwijs", "beuk": "onderwijs", "team": "zorg", "hulp": "zorg", "gemeente": "gemeente"}
    people = []
    for number, participant in enumerate(cast.participants()):
        value = str(2 + number % 3)
        answers = dict.fromkeys(asked_of(cast.round.instrument, participant.level), value)
        people.append(Person(sector[participant.partner.key], participant.level, answers))
    invited = Counter((person.partner, person.level) for person in people)
    expected = publish(plain_scores(people), INSTRUMENT, minimum=5, invited=invited).by_sector()
    assert close(cast).frozen.results.published == expected
    assert {group.kind for group in expected.took_part} == {"level", "network", "sector"}
    assert {shown.group for shown in expected.groups} >= {Group("sector", "zorg"), Group("sector", "onderwijs")}


def test_its_reports_are_of_sectors_and_name_a_single_partner(cast):
    round = close(cast)
    assert [subject.key for subject in subjects_of(round) if subject.is_part] == [
        "sector:gemeente",
        "sector:zorg",
        "sector:onderwijs",
    ]
    titles = {key: report_of(round, f"sector:{key}").title for key in ("gemeente", "zorg", "onderwijs")}
    assert titles == {
        "gemeente": "Rapport voor Gemeente",
        "zorg": "Rapport voor de sector jeugdhulp en zorg",
        "onderwijs": "Rapport voor de sector onderwijs",
    }


def test_people_are_told_which_sector_is_theirs_and_that_it_is_one_partners(cast, client):
    by_partner = {participant.partner.key: participant for participant in cast.participants()}

    def told(partner):
        page = client.get(link_url("welcome", link_token(by_partner[partner].pk)))
        return text_of(page, "main")

    assert "Beuk telt mee in de sector onderwijs, samen met anderen." in told("beuk")
    assert "In uw sector doet alleen Gemeente mee. De uitkomst van uw sector is dus die van Gemeente." in told(
        "gemeente"
    )


def test_while_it_is_open_each_sector_tells_whether_it_can_be_shown(cast):
    for participant in cast.participants()[:5]:  # of linde
        cast.answer(participant)
    found = response_of(cast.round)
    assert {one.key: (one.outlook, one.missing) for one in found.sectors} == {
        "onderwijs": ("shown", 0),
        "zorg": ("needs_more", 5),
        "gemeente": ("needs_more", 5),
    }
    assert {one.outlook for one in found.partners} == {"in_sector"}
    assert [one.key for one in found.levels] == ["uitvoerend", "management", "bestuur"]


@pytest.mark.parametrize(("is_moved", "obstacle"), [(False, None), (True, "partners")])
def test_change_is_shown_of_a_sector_with_the_same_partners(is_moved, obstacle):
    cast = build_cast({cell: 3 * count for cell, count in PEOPLE.items()}, minimum=5, kinds=KINDS)
    first = close(cast)
    Round.objects.filter(pk=first.pk).update(state="gepubliceerd")
    long_ago(first)
    following = create_round(
        network_id=cast.network.pk,
        previous_id=first.pk,
        fields={"name": "Najaar", "instrument_version": first.instrument_version},
    )
    if is_moved:
        following.participants.filter(partner__key="beuk").delete()
    ready(following)
    cast.round = open_round(round_id=following.pk)
    second = close(cast)
    assert {change.obstacle for change in changes_of(second, "sector:onderwijs")} == {obstacle}


def changes_of(round, key):
    found = reports_of(round)
    return Context(
        found.results, found.instrument, found.facts, subject(key, found.results.published, found.facts)
    ).changes


def test_levels_are_counted_whoever_they_are_of(cast):
    published = close(cast).frozen.results.published
    assert published.group(level_group("uitvoerend")).n == 11
