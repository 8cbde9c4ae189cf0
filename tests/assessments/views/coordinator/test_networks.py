"""Who works in a network and takes part in it: what can't go, who may know whom, how often a partner is told."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.networks import CannotMerge, LastCoordinator, add_partner, merge_partners, remove_colleague
from assessments.actions.open_links import open_to_team
from assessments.actions.rounds import close_round
from assessments.models import Membership, OpenLink, Partner, PartnerKind, Role, Round
from samenwerking.accounts.models import User
from tests.cast import PASSWORD, build_cast
from tests.html import MESSAGES, links, text_of, texts

# The menu


def test_whoever_is_signed_in_goes_from_the_start_to_the_overview(client, cast):
    assert client.get("/").status_code == 200
    client.force_login(cast.reader)
    assert client.get("/").url == reverse("overview")


@pytest.mark.parametrize(("who", "offers"), [("coordinator", False), ("reader", False), ("researcher", True)])
@pytest.mark.parametrize("address", ["overview", "instrument", "privacy", "mfa_index"])
def test_the_menu_leads_to_the_overview_and_a_researcher_to_the_research(client, cast, who, offers, address):
    client.force_login(getattr(cast, who))
    menu = links(client.get(reverse(address)), "nav[aria-label=Hoofdmenu] a")
    assert reverse("overview") in menu
    assert (reverse("research") in menu) == offers


def test_the_menu_asks_the_database_nothing_for_who_is_not_signed_in(client, db):
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/").content.decode()
    assert len(captured) == 0
    assert reverse("overview") not in page


# Partners that take part


def test_a_partner_with_only_an_open_link_is_not_removed(coordinator, cast):
    partner = Partner.objects.create(network=cast.network, key="wijkteam", name="Wijkteam")
    OpenLink.objects.create(round=cast.round, partner=partner, level="uitvoerend")
    address = reverse("partner_remove", args=[cast.network.pk, partner.pk])
    assert "doet mee in een ronde" in text_of(coordinator.get(address), "main > p")
    assert "U kunt deze partner daarom niet verwijderen" in text_of(coordinator.post(address, follow=True), MESSAGES)
    assert Partner.objects.filter(pk=partner.pk).exists()


def test_a_partner_that_takes_part_in_nothing_is_removed(coordinator, cast):
    partner = Partner.objects.create(network=cast.network, key="wijkteam", name="Wijkteam")
    coordinator.post(reverse("partner_remove", args=[cast.network.pk, partner.pk]))
    assert not Partner.objects.filter(pk=partner.pk).exists()


# Colleagues


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_remove_each_other_at_once_leave_one():
    network = build_cast(is_open=False).network
    other = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    Membership.objects.create(network=network, user=other, role=Role.COORDINATOR)
    barrier, refused = threading.Barrier(2), []

    def remove(membership_id):
        try:
            barrier.wait()
            remove_colleague(membership_id=membership_id)
        except LastCoordinator as fault:
            refused.append(fault)
        finally:
            connections.close_all()

    coordinators = network.memberships.filter(role=Role.COORDINATOR)
    threads = [threading.Thread(target=remove, args=[pk]) for pk in coordinators.values_list("pk", flat=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert coordinators.count() == 1


def invite(client, cast, **fields):
    data = {"name": "Iemand", "email": "nieuw@example.org", "role": "reader"} | fields
    return client.post(reverse("colleague_invite", args=[cast.network.pk]), data, follow=True)


def test_a_line_break_in_a_name_is_taken_out(coordinator, cast):
    invite(coordinator, cast, name="Noor\r\nBcc: x@example.org\u2028Eerste")
    assert User.objects.get(email="nieuw@example.org").name == "Noor Bcc: x@example.org Eerste"


def test_a_round_of_somebody_with_a_line_break_in_the_name_has_a_sender_of_one_line(coordinator, cast):
    User.objects.filter(pk=cast.coordinator.pk).update(name="Noor\nEerste")
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version_id}
    coordinator.post(reverse("round_new", args=[cast.network.pk]), fields)
    assert Round.objects.get(name="Najaar").contact_name == "Noor Eerste"


def test_inviting_an_address_does_not_tell_whether_it_has_an_account_or_whose(coordinator, cast):
    User.objects.create_user("bekend@example.org", PASSWORD, name="Geheim van Naam")
    pages = []
    for name in ("bekend", "onbekend"):
        page = invite(coordinator, cast, email=f"{name}@example.org").content.decode()
        assert texts(page, MESSAGES) == [f"{name}@example.org krijgt een uitnodiging."]
        membership = cast.network.memberships.get(user__email=f"{name}@example.org")
        address = reverse("colleague_remove", args=[cast.network.pk, membership.pk])
        page += coordinator.get(address).content.decode() + coordinator.post(address, follow=True).content.decode()
        assert "Geheim" not in page
        pages.append(page.count("@example.org"))
    assert pages[0] == pages[1]


def test_kinds_are_set_for_all_partners_at_once(coordinator, cast):
    address = reverse("partner_kinds", args=[cast.network.pk])
    school, gemeente = (cast.partners[key] for key in ("school", "gemeente"))
    answer = coordinator.post(address, {f"soort-{school.pk}": "school", f"soort-{gemeente.pk}": "overig"}, follow=True)
    assert "1 partner kreeg een andere soort." in answer.content.decode()
    assert dict(cast.network.partners.values_list("key", "kind")) == {"school": "school", "gemeente": "overig"}


def test_an_organisation_that_is_there_twice_becomes_one(coordinator, cast):
    close_round(round_id=cast.round.pk)
    school, gemeente = (cast.partners[key] for key in ("school", "gemeente"))
    coordinator.post(reverse("partner_merge", args=[cast.network.pk, school.pk]), {"into": gemeente.pk})
    assert [partner.key for partner in cast.network.partners.all()] == ["gemeente"]
    assert set(cast.round.participants.values_list("partner__key", flat=True)) == {"gemeente"}
    assert [partner["key"] for partner in cast.round.frozen.facts["partners"]] == ["gemeente", "school"]


def test_a_new_partner_is_not_taken_for_one_that_results_of_before_name(cast):
    close_round(round_id=cast.round.pk)
    school, gemeente = (cast.partners[key] for key in ("school", "gemeente"))
    merge_partners(partner_id=school.pk, into_id=gemeente.pk)
    new = add_partner(network_id=cast.network.pk, name="School", kind=PartnerKind.objects.get(pk="school"))
    assert new.key == "school-2"


@pytest.mark.parametrize("is_open", [True, False])
def test_partners_are_not_merged_while_a_round_is_open_or_where_links_would_collide(cast, is_open):
    if not is_open:
        for partner in cast.partners.values():
            open_to_team(round_id=cast.round.pk, partner_id=partner.pk, level="bestuur", cap=3)
        close_round(round_id=cast.round.pk)
    school, gemeente = (cast.partners[key] for key in ("school", "gemeente"))
    with pytest.raises(CannotMerge):
        merge_partners(partner_id=school.pk, into_id=gemeente.pk)
    assert cast.network.partners.count() == 2
