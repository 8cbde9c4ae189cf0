"""A beheerder gives and takes roles and deletes accounts; no network is left without a coördinator by that."""

from types import SimpleNamespace

import pytest
from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.urls import reverse
from django.utils import timezone

from assessments.actions.networks import change_role
from assessments.models import Erasure, Membership, Network, Receipt, Role
from samenwerking.accounts.models import RIGHTS, ApiToken, User
from tests.cast import PASSWORD, build_cast
from tests.meanwhile import meanwhile


@pytest.fixture
def in_the_admin(client):
    """Returns the page of the only coördinator's membership, as a beheerder sees it."""
    cast = build_cast(is_open=False)
    client.force_login(User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer"))
    own = cast.network.memberships.get(role=Role.COORDINATOR)
    return SimpleNamespace(client=client, cast=cast, own=own, name="admin:assessments_membership")


def test_the_admin_does_not_change_the_last_coordinator_of_a_network(db, in_the_admin):
    own, address = in_the_admin.own, reverse(f"{in_the_admin.name}_change", args=[in_the_admin.own.pk])
    assert "de enige coördinator" in in_the_admin.client.post(address, {"role": Role.READER}).content.decode()
    assert Membership.objects.filter(pk=own.pk, network=own.network_id, role=Role.COORDINATOR).exists()


def test_the_admin_moves_no_role_with_its_name_to_another_person_or_network(db, in_the_admin):
    cast, client = in_the_admin.cast, in_the_admin.client
    was = Membership.objects.filter(network=cast.network, user=cast.reader)
    was.update(name="Zoals de collega haar noemde", opened_at=timezone.now())
    before = was.values().get()
    other = User.objects.create_user("ander@example.org", name="Ander")
    address = reverse(f"{in_the_admin.name}_change", args=[before["id"]])
    for moved in ({"user": other.pk}, {"network": Network.objects.get(name="Netwerk West").pk}):
        whole = {"network": cast.network.pk, "user": cast.reader.pk, "role": Role.RESEARCHER}
        assert client.post(address, whole | moved).status_code == 302
        assert was.values().get() == before | {"role": Role.RESEARCHER}
    assert "Voeg die rol toe, en verwijder daarna deze." in client.get(address).content.decode()
    assert "Voeg die rol toe" not in client.get(reverse(f"{in_the_admin.name}_add")).content.decode()


def test_the_admin_does_not_delete_the_last_coordinator_of_a_network(db, in_the_admin):
    chosen = {"action": "delete_selected", "_selected_action": [in_the_admin.own.pk], "post": "yes"}
    for name, args, fields in (("delete", [in_the_admin.own.pk], {"post": "yes"}), ("changelist", [], chosen)):
        page = in_the_admin.client.post(reverse(f"{in_the_admin.name}_{name}", args=args), fields)
        assert "de enige coördinator" in page.content.decode()
        assert Membership.objects.filter(pk=in_the_admin.own.pk).exists()


def test_the_admin_deletes_a_coordinator_beside_whom_there_is_another(db, in_the_admin):
    other = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    Membership.objects.create(network=in_the_admin.cast.network, user=other, role=Role.COORDINATOR)
    in_the_admin.client.post(reverse(f"{in_the_admin.name}_delete", args=[in_the_admin.own.pk]), {"post": "yes"})
    assert not Membership.objects.filter(pk=in_the_admin.own.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["role", "delete", "delete_selected", "account", "accounts"])
def test_a_coordinator_stays_while_a_colleague_takes_the_role_of_the_other_one(in_the_admin, way):
    own, client, name = in_the_admin.own, in_the_admin.client, in_the_admin.name
    user = User.objects.create_user("tweede@example.org", PASSWORD, name="Tweede")
    other = Membership.objects.create(network=own.network, user=user, role=Role.COORDINATOR)
    selected = {"action": "delete_selected", "post": "yes"}
    address, fields = {
        "role": (reverse(f"{name}_change", args=[own.pk]), {"role": Role.READER}),
        "delete": (reverse(f"{name}_delete", args=[own.pk]), {"post": "yes"}),
        "delete_selected": (reverse(f"{name}_changelist"), selected | {"_selected_action": [own.pk]}),
        "account": (reverse("admin:accounts_user_delete", args=[own.user_id]), {"post": "yes"}),
        "accounts": (reverse("admin:accounts_user_changelist"), selected | {"_selected_action": [own.user_id]}),
    }[way]
    with meanwhile(lambda: change_role(membership_id=other.pk, role=Role.READER)):
        answer = client.post(address, fields)
    assert "de enige coördinator" in answer.content.decode()
    assert own.network.memberships.get(role=Role.COORDINATOR) == own


def test_the_account_of_the_last_coordinator_is_not_deleted_and_who_shuts_it_out_is_told(db, in_the_admin):
    user, client = in_the_admin.own.user, in_the_admin.client
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    for name, args, fields in (("delete", [user.pk], {"post": "yes"}), ("changelist", [], chosen)):
        page = client.post(reverse(f"admin:accounts_user_{name}", args=args), fields)
        assert "de enige coördinator" in page.content.decode()
        assert User.objects.filter(pk=user.pk).exists()
    fields = {"email": user.email, "name": user.name}
    told = client.post(reverse("admin:accounts_user_change", args=[user.pk]), fields, follow=True).content.decode()
    assert "heeft nu geen coördinator meer" in told
    user.refresh_from_db()
    assert not user.is_active


def test_an_account_that_is_deleted_goes_from_the_files_with_its_roles(db, in_the_admin):
    reader = in_the_admin.cast.reader
    in_the_admin.client.post(reverse("admin:accounts_user_delete", args=[reader.pk]), {"post": "yes"})
    assert not Membership.objects.filter(user=reader.pk).exists()
    assert Erasure.objects.filter(table="assessments_membership").exists()


@pytest.mark.parametrize("way", ["delete", "delete_selected"])
def test_nothing_keeps_the_name_or_address_of_an_account_that_is_deleted_and_the_trail_who_did_it(
    db, in_the_admin, way
):
    client, reader = in_the_admin.client, in_the_admin.cast.reader
    fields = {"name": "Jan Zeven", "email": "jan.zeven@example.org", "is_active": "on"}
    client.post(reverse("admin:accounts_user_change", args=[reader.pk]), fields, follow=True)
    ApiToken.objects.create(
        user=reader, name="Zeven", digest="x", reads="rondes", made_on="2026-11-01", ends_on="2027-01-01"
    )
    address, chosen = reverse("admin:accounts_user_delete", args=[reader.pk]), {}
    if way == "delete_selected":
        address = reverse("admin:accounts_user_changelist")
        chosen = {"action": "delete_selected", "_selected_action": [reader.pk]}
    page = client.post(address, {"post": "yes", **chosen}, follow=True)
    assert "Zeven" not in page.content.decode()
    assert not User.objects.filter(pk=reader.pk).exists()
    kept = str([*LogEntry.objects.values(), *AdminEntry.objects.values()])
    assert ("Zeven" in kept, "zeven" in kept, reader.email in kept) == (False, False, False)
    made, left = LogEntry.objects.filter(content_type__model="user", object_pk=str(reader.pk)).order_by("id")
    assert set(made.changes) == RIGHTS
    assert (left.action, left.changes, left.actor.email) == (LogEntry.Action.DELETE, {}, "beheer@example.org")
    for table in ("auditlog_logentry", "django_admin_log", "accounts_user"):
        assert Erasure.objects.filter(table=table).exists()
    assert Receipt.objects.get().rule == "wat genoteerd was van een account dat een beheerder verwijderde"
