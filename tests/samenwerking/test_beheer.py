"""The admin answers whatever is typed into its addresses and forms, and never with a 500."""

from itertools import product
from random import Random

import pytest
from auditlog.models import LogEntry
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from samenwerking.accounts.models import User
from tests.cast import PASSWORD
from tests.html import texts

NO_ID = ["x", "-1", "9" * 30, "\x00"]


@pytest.fixture
def beheerder(db):
    return User.objects.create_superuser("beheer@voorbeeld.nl", PASSWORD, name="Bo Beheer")


@pytest.fixture
def entered(beheerder):
    """Returns a client of a superuser that gets a 500 as a browser does, not as an exception."""
    client = Client(raise_request_exception=False)
    client.force_login(beheerder)
    return client


def pages(kind):
    """Returns the addresses of this kind of page, of every model in the admin."""
    return [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}") for model in admin.site._registry]


def test_the_audit_trail_is_searched_by_who_did_it_and_to_what(entered, beheerder):
    entered.post(reverse("admin:accounts_user_add"), {"email": "nia@voorbeeld.nl", "name": "Nia", "is_active": "on"})
    trail = reverse("admin:auditlog_logentry_changelist")
    made = LogEntry.objects.get(object_repr="Nia")
    for words in ("beheer@voorbeeld.nl", "Bo Beheer", "nia"):
        found = entered.get(trail, {"q": words}).context["cl"].result_list
        assert made in found, words
    assert list(entered.get(trail, {"q": "niemand"}).context["cl"].result_list) == []


def test_no_list_of_the_admin_fails_on_a_tampered_address(entered, cast, subtests):
    """This was a 500 for the first four; the others are tried on each list with one value, drawn once."""
    trail, roles = reverse("admin:auditlog_logentry_changelist"), reverse("admin:assessments_membership_changelist")
    known = [(trail, "resource_type", "x"), (trail, "timestamp__year", "9" * 30), (trail, "cid", "\x00")]
    names = "q p o all _facets _popup _to_field e role__exact is_active__exact resource_type id__in pk state".split()
    draw = Random(14)
    drawn = [(page, name, draw.choice(NO_ID)) for page, name in product(pages("changelist"), names)]
    for page, name, value in [*known, (roles, "role__exact", "\x00"), *drawn]:
        with subtests.test(page=page, name=name, value=value[:8]):
            assert entered.get(page, {name: value}).status_code < 500


def test_no_page_of_the_admin_fails_on_an_id_that_is_none(entered, cast, subtests):
    for page, kind, value in product(pages("changelist"), ["change", "delete", "history"], ["x", "\x00"]):
        with subtests.test(page=page, kind=kind, value=value):
            assert entered.get(f"{page}{admin.utils.quote(value)}/{kind}/").status_code < 500


def test_no_action_of_the_admin_fails_on_ids_that_are_none(entered, cast, subtests):
    for page, value in product(pages("changelist"), NO_ID):
        with subtests.test(page=page, value=value):
            sent = {"action": "delete_selected", "_selected_action": [value], "index": "0", "post": "yes"}
            assert entered.post(page, sent).status_code < 500


def test_no_form_of_the_admin_fails_on_values_that_it_did_not_offer(entered, cast, subtests):
    names = "network user role email name is_active is_staff key place _popup _to_field _continue".split()
    for page, value in product(pages("add"), NO_ID):
        with subtests.test(page=page, value=value):
            assert entered.post(page, dict.fromkeys(names, value)).status_code < 500
            assert entered.get(page, {"_to_field": value, "_popup": value, "user": value}).status_code < 500
    membership = reverse("admin:assessments_membership_add")
    for name in ("network", "user", "role"):
        with subtests.test(name=name):
            fit = {"network": cast.network.pk, "user": cast.stranger.pk, "role": "reader"}
            assert entered.post(membership, fit | {name: "geen nummer"}).status_code in (200, 400)


def test_the_list_that_a_field_looks_names_up_in_does_not_fail(entered, cast, subtests):
    address = reverse("admin:autocomplete")
    fit = {"app_label": "assessments", "model_name": "membership", "field_name": "user", "term": "a", "page": "1"}
    assert entered.get(address, fit).status_code == 200
    for name, value in product(fit, ["x", "\x00"]):
        with subtests.test(name=name, value=value):
            assert entered.get(address, fit | {name: value}).status_code < 500


def test_what_was_refused_changed_nothing_and_stands_in_the_log_with_its_traceback(entered, beheerder, caplog):
    page = reverse("admin:accounts_user_changelist")
    refused = entered.post(page, {"action": "delete_selected", "_selected_action": ["x"], "post": "yes"})
    assert refused.status_code == 400
    assert "Dit verzoek begrepen wij niet" in refused.content.decode()
    assert User.objects.filter(pk=beheerder.pk).exists()
    assert [record.exc_info[0] for record in caplog.records if record.name == "samenwerking.beheer"] == [ValueError]


def test_what_packages_bring_along_has_a_name_that_a_beheerder_knows(entered, beheerder):
    front = entered.get(reverse("admin:index"))
    assert "Werk op de achtergrond" in texts(front, "caption")
    account = entered.get(reverse("admin:accounts_user_change", args=[beheerder.pk]))
    assert "Technisch beheerder" in " ".join(texts(account, "label, .flex-container"))
