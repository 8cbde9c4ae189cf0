"""Kinds of partners are a list that the beheerder adds to, with keys that results and data can count on."""

import pytest
from django.db import connection
from django.urls import reverse

from assessments.actions.rounds import close_round
from assessments.models import FrozenResults, Network, Partner, PartnerKind
from assessments.models.results import names_of
from samenwerking.accounts.models import User
from tests.cast import PASSWORD


@pytest.fixture
def beheerder(db, client):
    client.force_login(User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer"))
    return client


def add(client, **fields):
    return client.post(
        reverse("admin:assessments_partnerkind_add"),
        {"key": "sport", "name": "sportclub", "sector": "overig", "place": 40} | fields,
    )


@pytest.mark.django_db
def test_the_kinds_that_the_advice_speaks_to_are_there_in_their_order():
    keys = PartnerKind.objects.values_list("key", flat=True)
    assert tuple(key for key in keys if key in PartnerKind.FIXED) == PartnerKind.FIXED


@pytest.mark.django_db
def test_each_usual_kind_is_in_a_sector():
    found = {}
    for key, sector in PartnerKind.objects.values_list("key", "sector"):
        found.setdefault(sector, []).append(key)
    assert found == {
        "onderwijs": ["school", "vo", "mbo", "schoolbestuur", "samenwerkingsverband", "kinderopvang"],
        "zorg": ["wijkteam", "jeugdhulp", "veilig-thuis", "jgz", "huisarts"],
        "gemeente": ["gemeente", "leerplicht"],
        "overig": ["overig"],
    }


def test_a_kind_that_a_beheerder_adds_can_be_chosen_and_is_named_in_the_network(beheerder, cast, client):
    add(beheerder)
    client.force_login(cast.coordinator)
    address = reverse("partner_new", args=[cast.network.pk])
    assert "sportclub" in client.get(address).content.decode()
    client.post(address, {"name": "De Bal", "kind": "sport"})
    client.post(address, {"name": "De Mat", "kind": "sport", "local_kind": "judoschool"})
    page = client.get(reverse("network", args=[cast.network.pk])).content.decode()
    assert ">sportclub</td>" in page
    assert ">judoschool</td>" in page


def test_a_kind_that_is_on_no_list_is_refused(cast, client):
    client.force_login(cast.coordinator)
    client.post(reverse("partner_new", args=[cast.network.pk]), {"name": "De Bal", "kind": "sport"})
    assert not Partner.objects.filter(name="De Bal").exists()


def test_a_kind_gets_another_name_and_keeps_its_key(beheerder, cast):
    address = reverse("admin:assessments_partnerkind_change", args=["overig"])
    beheerder.post(address, {"key": "rest", "name": "iets anders", "sector": "zorg", "place": 1})
    assert PartnerKind.objects.get(name="iets anders").key == "overig"
    assert {partner.kind_here for partner in cast.network.partners.all()} == {"iets anders"}


def test_a_kind_of_the_instrument_or_of_a_partner_cannot_be_deleted_and_another_can(beheerder, cast):
    add(beheerder)
    add(beheerder, key="zorg", name="zorgboerderij", sector="zorg")
    usual = set(PartnerKind.objects.values_list("key", flat=True)) - {"sport", "zorg"}
    Partner.objects.create(network=cast.network, key="bal", name="De Bal", kind_id="sport")
    for key in ("jgz", "sport", "zorg"):
        beheerder.post(reverse("admin:assessments_partnerkind_delete", args=[key]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": ["jgz", "sport"], "post": "yes"}
    beheerder.post(reverse("admin:assessments_partnerkind_changelist"), chosen)
    assert set(PartnerKind.objects.values_list("key", flat=True)) == {*usual, "sport"}


def test_frozen_results_name_a_kind_by_its_key(beheerder, cast):
    add(beheerder)
    cast.network.partners.filter(key="school").update(kind="sport")
    assert [partner["kind"] for partner in names_of(cast.round)["partners"]] == ["overig", "sport"]
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    PartnerKind.objects.filter(key="sport").update(name="vereniging")
    assert [partner["kind"] for partner in FrozenResults.objects.get().facts["partners"]] == ["overig", "sport"]


def test_a_network_page_takes_as_many_queries_with_six_partners_as_with_two(cast, client, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.coordinator)
    counts = []
    for names in ((), ("a", "b", "c", "d")):
        for name in names:
            Partner.objects.create(network=cast.network, key=name, name=name, kind_id="jgz")
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("network", args=[cast.network.pk]))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert Network.objects.get(pk=cast.network.pk).partners.count() == 6
