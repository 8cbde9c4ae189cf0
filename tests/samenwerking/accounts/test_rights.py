"""Who does beheer can do what the table says and no more; nobody widens their own rights or enters a network unseen."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from assessments.actions.colleagues import invite_colleague
from assessments.models import Membership, PartnerKind, Role
from samenwerking.accounts.models import ClosedDomain, User
from samenwerking.accounts.rights import RIGHTS, Duty, may
from samenwerking.jobs import HeldAfterRestore
from tests.cast import PASSWORD
from tests.jobs import do_jobs
from tests.second_step import SECRET

LOOKS, ADDS, CHANGES, DELETES = "looks", "adds", "changes", "deletes"
EVERYTHING = {LOOKS, ADDS, CHANGES, DELETES}
# What a beheerder does with each model in the admin; both kinds do the same, but for accounts of superusers.
DONE = {
    "accounts.user": EVERYTHING,
    "assessments.membership": EVERYTHING,
    "assessments.partnerkind": EVERYTHING,
    "assessments.network": {LOOKS},  # and deletes one in which no round was ever opened
    "assessments.receipt": {LOOKS},
    "assessments.round": {LOOKS},
    "factors.instrumentversion": {LOOKS},
    "auditlog.logentry": {LOOKS},
    "django_tasks_database.dbtaskresult": {LOOKS},
}
# What a technical beheerder does besides.
DONE_BESIDES = {"accounts.closeddomain": {LOOKS, ADDS, DELETES}}
RIGHTS_OF_USERS = ("is_superuser", "is_staff", "is_researcher", "may_make_networks")


@pytest.fixture
def people(cast):
    """Returns the cast by who they are, with both kinds of beheerders and one who is shut out."""
    return {
        "coordinator": cast.coordinator,
        "reader": cast.reader,
        "researcher": cast.researcher,
        "shut out": User.objects.create_user("weg@example.org", name="Weg", is_staff=True, is_active=False),
        "functional": User.objects.create_user("bo@example.org", PASSWORD, name="Bo", is_staff=True),
        "technical": User.objects.create_superuser("tech@example.org", PASSWORD, name="Tech"),
    }


@pytest.fixture
def functional(people, client):
    """Returns the client, in which a functioneel beheerder is signed in."""
    client.force_login(people["functional"])
    return client


def pages_of(model):
    """Returns the address of each page of a model, by what is done there."""
    name = f"admin:{model._meta.label_lower.replace('.', '_')}"
    rows = model._default_manager.all()
    if model is PartnerKind:
        rows = rows.exclude(key__in=PartnerKind.FIXED)
    if model is User:
        rows = rows.filter(email__startswith="reader")
    row = rows.first()
    found = {LOOKS: reverse(f"{name}_changelist"), ADDS: reverse(f"{name}_add")}
    return found | ({DELETES: reverse(f"{name}_delete", args=[row.pk])} if row else {})


def test_every_model_in_the_admin_says_what_is_done_with_it():
    assert {model._meta.label_lower for model in admin.site._registry} == {*DONE, *DONE_BESIDES}


@pytest.mark.parametrize("who", ["coordinator", "reader", "researcher", "shut out", "functional", "technical"])
def test_pages_of_beheer_open_for_who_does_beheer_and_nobody_else(client, people, who):
    ClosedDomain.objects.create(domain="voorbeeld.nl", provider="gemeente")
    client.force_login(people[who])
    done = {"functional": DONE, "technical": DONE | DONE_BESIDES}.get(who, {})
    opened = {
        (model._meta.label_lower, what)
        for model in admin.site._registry
        for what, page in pages_of(model).items()
        if client.get(page).status_code == 200
    }
    wanted = {(name, what) for name, of_it in done.items() for what in of_it - {CHANGES}}
    seen = {name for name, _ in opened}
    assert opened == {(name, what) for name, what in wanted if name in seen}
    assert seen == set(done)


@pytest.mark.parametrize(("who", "duty"), [("functional", Duty.FUNCTIONAL), ("technical", Duty.TECHNICAL)])
def test_the_table_is_what_counts(people, who, duty):
    every = set().union(*RIGHTS.values())
    assert {right for right in every if may(people[who], right)} == RIGHTS[duty]
    besides = {"change_addresses", "appoint_technical", "unlink_accounts", "close_password_form"}
    assert RIGHTS[Duty.TECHNICAL] - RIGHTS[Duty.FUNCTIONAL] == besides
    for nobody in ("coordinator", "reader", "researcher", "shut out"):
        assert not [right for right in every if may(people[nobody], right)]


# The rows of the table in docs/rechten.md by how they begin, with the right of each. The last is a right of nobody.
ROWS = {
    "accounts maken, blokkeren": "manage_users",
    "een tweede stap wissen": "reset_second_step",
    "het e-mailadres van een ander": "change_addresses",
    "zeggen wie technisch beheerder is": "appoint_technical",
    "een account loskoppelen": "unlink_accounts",
    "inloggen met een wachtwoord uitzetten": "close_password_form",
    "iemand een rol geven": "give_roles",
    "zien welke netwerken": "see_networks",
    "een netwerk verwijderen": "erase_networks",
    "soorten partners": "manage_kinds",
    "uitgaven maken": "make_releases",
    "het logboek lezen": "read_trail",
    "taken bekijken": "manage_jobs",
    "rapporten, antwoorden of lijsten": None,
}


def test_the_page_on_rights_says_each_right_and_who_has_it(settings):
    page = (settings.BASE_DIR / "docs" / "rechten.md").read_text()
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")][1:]
    assert [start for start, row in zip(ROWS, rows, strict=True) if not row[0].strip().startswith(start)] == []
    assert {right for right in ROWS.values() if right} == set().union(*RIGHTS.values())
    for right, (_, *said) in zip(ROWS.values(), rows, strict=True):
        had = [right in RIGHTS[duty] for duty in (Duty.FUNCTIONAL, Duty.TECHNICAL)]
        assert [words.strip().startswith("ja") for words in said] == had, right


def test_rows_of_djangos_own_permissions_open_nothing(client, people):
    people["coordinator"].user_permissions.set(Permission.objects.all())
    people["functional"].user_permissions.set(Permission.objects.all())
    client.force_login(people["functional"])
    assert client.get(reverse("admin:assessments_network_add")).status_code == 403
    client.force_login(people["coordinator"])
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


@pytest.mark.parametrize("field", RIGHTS_OF_USERS)
@pytest.mark.parametrize("who", ["functional", "technical"])
def test_nobody_widens_their_own_rights(client, people, who, field):
    own = people[who]
    former = [name for name in RIGHTS_OF_USERS if getattr(own, name)]
    client.force_login(own)
    page = reverse("admin:accounts_user_change", args=[own.pk])
    client.post(page, {"email": own.email, "name": "Anders", "is_active": "on", "is_staff": "on", field: "on"})
    own.refresh_from_db()
    assert own.name == "Anders"
    assert [name for name in RIGHTS_OF_USERS if getattr(own, name)] == former


def test_a_superuser_gives_another_superuser_what_nobody_gives_themselves(client, people):
    other = User.objects.create_superuser("tech2@example.org", PASSWORD, name="Tech 2")
    client.force_login(people["technical"])
    fields = {"email": other.email, "name": "Tech 2", "is_active": "on", "is_staff": "on", "is_researcher": "on"}
    client.post(reverse("admin:accounts_user_change", args=[other.pk]), fields)
    other.refresh_from_db()
    assert (other.is_researcher, other.is_superuser) == (True, False)


@pytest.mark.parametrize("field", RIGHTS_OF_USERS)
def test_rights_of_others_are_given_but_no_superuser_is_made(functional, people, field):
    other = people["reader"]
    page = reverse("admin:accounts_user_change", args=[other.pk])
    functional.post(page, {"name": other.name, "is_active": "on", field: "on"})
    other.refresh_from_db()
    assert [name for name in RIGHTS_OF_USERS if getattr(other, name)] == [field][field == "is_superuser" :]
    functional.post(reverse("admin:accounts_user_add"), {"email": "n@example.org", "name": "N", field: "on"})
    assert User.objects.get(email="n@example.org").is_superuser is False


def test_an_account_of_a_superuser_is_not_touched(functional, people):
    boss = people["technical"]
    fields = {"email": "kwaad@example.org", "name": "Kwaad", "is_active": ""}
    chosen = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
    for name in ("change", "delete", "reset_second_step"):
        page = reverse(f"admin:accounts_user_{name}", args=[boss.pk])
        assert functional.post(page, fields | {"post": "yes"}).status_code == 403, name
    functional.post(reverse("admin:accounts_user_changelist"), chosen)
    boss.refresh_from_db()
    assert (boss.email, boss.is_active) == ("tech@example.org", True)


def test_nobody_s_address_is_changed_and_nobody_deletes_themselves(functional, people):
    other, own = people["coordinator"], people["functional"]
    page = reverse("admin:accounts_user_change", args=[other.pk])
    functional.post(page, {"email": "kwaad@example.org", "name": "Ander", "is_active": "on"})
    other.refresh_from_db()
    assert (other.email, other.name) == ("coordinator@example.org", "Ander")
    assert functional.post(reverse("admin:accounts_user_delete", args=[own.pk]), {"post": "yes"}).status_code == 403


def test_an_account_is_shut_out_and_deleted(functional, people):
    other = people["reader"]
    functional.post(reverse("admin:accounts_user_change", args=[other.pk]), {"name": other.name})
    other.refresh_from_db()
    assert not other.is_active
    functional.post(reverse("admin:accounts_user_delete", args=[other.pk]), {"post": "yes"})
    assert not User.objects.filter(pk=other.pk).exists()


def test_of_a_deleted_account_the_trail_tells_which_rights_it_was_given_and_by_whom(functional, people):
    made = {"email": "vriend@example.org", "name": "Een Vriend", "is_active": "on", "is_researcher": "on"}
    functional.post(reverse("admin:accounts_user_add"), made)
    friend = User.objects.get(email="vriend@example.org")
    functional.post(reverse("admin:accounts_user_change", args=[friend.pk]), made | {"name": "Anders"})
    functional.post(reverse("admin:accounts_user_delete", args=[friend.pk]), {"post": "yes"})
    noted = LogEntry.objects.filter(object_pk=friend.pk, content_type__model="user").order_by("id")
    added, deleted = noted
    assert (added.changes["is_researcher"][1], added.actor) == ("True", people["functional"])
    assert (deleted.action, deleted.actor) == (LogEntry.Action.DELETE, people["functional"])
    for entry in (added, deleted):
        assert entry.object_repr == f"account {friend.pk}"
        kept = f"{entry.changes} {entry.changes_text} {entry.serialized_data} {entry.additional_data}"
        assert not any(word in kept for word in ("vriend", "Vriend", "Anders")), kept


def test_a_session_does_not_outlive_that_its_owner_was_shut_out(functional, people):
    other, browser = people["coordinator"], Client()
    browser.force_login(other)
    assert browser.get(reverse("overview")).status_code == 200
    page = reverse("admin:accounts_user_change", args=[other.pk])
    functional.post(page, {"name": other.name})
    functional.post(page, {"name": other.name, "is_active": "on"})
    other.refresh_from_db()
    assert other.is_active
    assert browser.get(reverse("overview")).status_code == 302


def test_a_superuser_corrects_an_address_and_makes_a_superuser(client, people):
    client.force_login(people["technical"])
    page = reverse("admin:accounts_user_change", args=[people["reader"].pk])
    client.post(page, {"email": "ander@example.org", "name": "A", "is_active": "on", "is_superuser": "on"})
    people["reader"].refresh_from_db()
    assert (people["reader"].email, people["reader"].is_superuser) == ("ander@example.org", True)


def test_a_beheerder_reads_no_report_and_no_page_of_a_network(functional, people, cast):
    for name in ("round", "reports", "round_figures_csv", "open_answers"):
        assert functional.get(reverse(name, args=[cast.round.pk])).status_code == 404
    assert functional.get(reverse("report", args=[cast.round.pk, "netwerk"])).status_code == 404
    assert functional.get(reverse("network", args=[cast.network.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_role_in_a_network_is_told_to_its_coordinators_and_kept(people, cast, client, mailoutbox):
    own = people["functional"]
    client.force_login(own)
    do_jobs()
    mailoutbox.clear()
    fields = {"network": cast.network.pk, "user": own.pk, "role": Role.READER}
    client.post(reverse("admin:assessments_membership_add"), fields)
    do_jobs()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["bo@example.org", "coordinator@example.org"]
    assert "Beheerder Bo gaf Bo (bo@example.org) de rol van meelezer in het netwerk" in mailoutbox[0].body
    row = Membership.objects.get(user=own)
    assert LogEntry.objects.get_for_object(row).get().actor == own
    mailoutbox.clear()
    client.post(reverse("admin:assessments_membership_delete", args=[row.pk]), {"post": "yes"})
    do_jobs()
    assert "Beheerder Bo nam de rol van Bo (bo@example.org)" in mailoutbox[0].body
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_who_was_shut_out_first_is_told_all_the_same(people, cast, client, mailoutbox):
    client.force_login(people["functional"])
    do_jobs()
    mailoutbox.clear()
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    fields = {"network": cast.network.pk, "user": people["functional"].pk, "role": Role.COORDINATOR}
    client.post(reverse("admin:assessments_membership_add"), fields)
    do_jobs()
    assert "coordinator@example.org" in {mail.to[0] for mail in mailoutbox}


@pytest.mark.django_db(transaction=True)
def test_where_nobody_runs_a_network_other_beheerders_hear_who_entered_it(people, cast, client, mailoutbox):
    Membership.objects.filter(network=cast.network).delete()
    client.force_login(people["functional"])
    do_jobs()
    mailoutbox.clear()
    fields = {"network": cast.network.pk, "user": people["functional"].pk, "role": Role.COORDINATOR}
    client.post(reverse("admin:assessments_membership_add"), fields)
    do_jobs()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["bo@example.org", "tech@example.org"]


def told_by(mailoutbox):
    """Does what is queued, and returns who got mail of it."""
    mailoutbox.clear()
    do_jobs()
    return sorted(mail.to[0] for mail in mailoutbox)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("former", ["is shut out", "has left"])
def test_who_gives_a_network_to_an_account_of_her_own_making_is_seen_by_other_beheerders(
    people, cast, client, mailoutbox, former
):
    """Nobody but that account would hear of it, and it is hers."""
    client.force_login(people["functional"])
    if former == "has left":
        Membership.objects.filter(user=cast.coordinator).delete()
    else:
        client.post(reverse("admin:accounts_user_change", args=[cast.coordinator.pk]), {"name": "Weg"})
    client.post(reverse("admin:accounts_user_add"), {"email": "pop@example.org", "name": "Pop", "is_active": "on"})
    made = User.objects.get(email="pop@example.org")
    told_by(mailoutbox)
    fields = {"network": cast.network.pk, "user": made.pk, "role": Role.COORDINATOR}
    client.post(reverse("admin:assessments_membership_add"), fields)
    shut_out = ["coordinator@example.org"] if former == "is shut out" else []
    assert told_by(mailoutbox) == [*shut_out, "pop@example.org", "tech@example.org"]


@pytest.mark.parametrize("way", ["delete", "delete_selected", "role"])
def test_the_only_coordinator_is_not_deleted_once_she_is_shut_out(functional, cast, way):
    functional.post(reverse("admin:accounts_user_change", args=[cast.coordinator.pk]), {"name": "Weg"})
    own = Membership.objects.get(user=cast.coordinator)
    page, chosen = reverse("admin:accounts_user_delete", args=[cast.coordinator.pk]), {}
    if way == "delete_selected":
        chosen = {"action": "delete_selected", "_selected_action": [cast.coordinator.pk]}
        page = reverse("admin:accounts_user_changelist")
    if way == "role":
        page = reverse("admin:assessments_membership_delete", args=[own.pk])
    functional.post(page, {"post": "yes", **chosen})
    cast.coordinator.refresh_from_db()
    assert not cast.coordinator.is_active
    assert Membership.objects.filter(pk=own.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["delete", "delete_selected"])
def test_a_coordinator_hears_that_the_account_of_the_other_one_was_deleted(people, cast, client, mailoutbox, way):
    other = User.objects.create_user("tweede@example.org", name="Tweede")
    Membership.objects.create(network=cast.network, user=other, role=Role.COORDINATOR, name="Tweede")
    client.force_login(people["functional"])
    told_by(mailoutbox)
    page, chosen = reverse("admin:accounts_user_delete", args=[other.pk]), {}
    if way == "delete_selected":
        chosen = {"action": "delete_selected", "_selected_action": [other.pk]}
        page = reverse("admin:accounts_user_changelist")
    client.post(page, {"post": "yes", **chosen})
    assert not User.objects.filter(pk=other.pk).exists()
    assert told_by(mailoutbox) == ["coordinator@example.org"]
    assert "Beheerder Bo verwijderde het account van iemand met een rol in het netwerk" in mailoutbox[0].body


def test_a_functioneel_beheerder_adds_a_kind_and_sees_who_did_what(functional, people):
    fields = {"key": "bibliotheek", "name": "Bibliotheek", "sector": "overig", "place": 40}
    functional.post(reverse("admin:assessments_partnerkind_add"), fields)
    kind = PartnerKind.objects.get(key="bibliotheek")
    page = functional.get(reverse("admin:auditlog_logentry_changelist"), {"q": "Bo"})
    assert kind.name in page.content.decode()


def test_a_functioneel_beheerder_makes_releases_and_a_coordinator_does_not(client, people):
    for who, status in (("functional", 200), ("technical", 200), ("coordinator", 404)):
        client.force_login(people[who])
        assert client.get(reverse("release_new")).status_code == status, who


def test_jobs_that_failed_are_tried_again(functional, people, cast):
    DBTaskResult.objects.all().delete()
    invite_colleague(user_id=cast.reader.pk, network_id=cast.network.pk)
    fault = f"{HeldAfterRestore.__module__}.{HeldAfterRestore.__qualname__}"
    DBTaskResult.objects.update(status="FAILED", exception_class_path=fault)
    chosen = {"action": "try_again", "_selected_action": [DBTaskResult.objects.get().pk]}
    functional.post(reverse("admin:django_tasks_database_dbtaskresult_changelist"), chosen)
    assert DBTaskResult.objects.get().status == "READY"


def test_a_second_step_is_asked_of_a_functioneel_beheerder_too(functional, people, settings):
    settings.STAFF_NEEDS_SECOND_STEP = True
    assert functional.get(reverse("admin:index")).status_code == 403
    TOTP.activate(people["functional"], SECRET)
    assert Authenticator.objects.count() == 1
    assert functional.get(reverse("admin:index")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_command_makes_the_first_one_who_chooses_a_password_by_mail(capsys, mailoutbox):
    call_command("beheerder", "Eerste@Example.org", name="Eerste")
    made = User.objects.get(email="eerste@example.org")
    assert (made.is_staff, made.is_superuser, made.has_usable_password()) == (True, False, False)
    do_jobs()
    assert [mail.to for mail in mailoutbox] == [["eerste@example.org"]]
    with pytest.raises(CommandError):
        call_command("beheerder", "geen adres")
