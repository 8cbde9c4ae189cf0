"""Whatever somebody sends, to every address and form, the API and files among them, in every role: never a 500."""

import re
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from assessments.actions.rounds import close_round, publish_round
from samenwerking.accounts.api_tokens import make_token
from samenwerking.accounts.models import Reads, User
from tests import hostile
from tests.addresses import ONLY_WRITES, arguments, takes
from tests.assessments.test_access import BY_LINK, BY_TOKEN, NEEDED_BY_NAME, OURS, SLOW, SLOWER, WITH_A_FORM
from tests.cast import PASSWORD, build_cast
from tests.html import elements
from tests.pages import held

pytestmark = [pytest.mark.long, pytest.mark.django_db]

EACH = 3_400  # requests in each of three states: over 10,000 together
# How often each comes by: whoever may do most, most often.
ROLES = {"anonymous": 3, "coordinator": 8, "reader": 1, "researcher": 1, "stranger": 1, "outsider": 2, "admin": 4}
ACCOUNT = (
    "account_login account_logout account_reset_password account_name account_address account_change_password"
    " account_reauthenticate mfa_index mfa_activate_totp mfa_deactivate_totp mfa_generate_recovery_codes"
    " mfa_view_recovery_codes sessions_end"
).split()
TAKES_POST = {*WITH_A_FORM, *ONLY_WRITES, *ACCOUNT}
# Makes PDFs, pictures and workbooks for seconds; that these take no words from a request is in their own tests.
NOT_OFTEN = SLOW | SLOWER | {"questionnaire_pdf", "own_answers_pdf", "release_tables_pdf", "ouders_link"}


@pytest.fixture(params=["concept", "open", "published"])
def known(request):
    """Returns the cast in one state of a round, with a value for each argument of an address, and a token."""
    cast = build_cast(is_open=request.param != "concept")
    cast.admin = User.objects.create_superuser("beheer@example.org", PASSWORD, name="Beheer")
    cast.outsider = User.objects.create_user("outsider@example.org", PASSWORD, name="Ada", is_researcher=True)
    for number, participant in enumerate(cast.participants() if request.param == "published" else []):
        cast.answer(participant, number % 5 + 1)
    cast.known = arguments(cast) | {"key": "kennis"}
    if request.param == "published":
        close_round(round_id=cast.round.pk)
        publish_round(round_id=cast.round.pk)
    ends = timezone.localdate() + timedelta(days=9)
    cast.bearer = f"Bearer {make_token(user=cast.outsider, name='x', reads=Reads.ROUNDS, ends_on=ends)}"
    return cast


def clients(cast):
    """Returns a visitor for each role, and one who came by a personal link."""
    found = {}
    for role in ROLES:
        found[role] = Client(raise_request_exception=False)
        if role != "anonymous":
            found[role].force_login(getattr(cast, role))
    return found


def targets(cast):
    """Returns by name the arguments of each address, of ours and of the packages that have pages here."""
    found = {name: {argument: cast.known.get(argument, 1) for argument in takes(name)} for name in OURS}
    found["questions"]["number"] = 1  # of a page of questions, and not of a release
    found |= {name: {} for name in ACCOUNT}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        found |= {f"{name}_changelist": {}, f"{name}_add": {}}
        if row:
            found |= {f"{name}_{page}": {"object_id": row.pk} for page in ("change", "delete", "history")}
    TAKES_POST.update(name for name in found if name.startswith("admin:"))
    return {name: own for name, own in found.items() if name not in NOT_OFTEN}


def where(chance, name, own):
    """Returns the address of a name, now and then with an argument that no page offered."""
    asked = {key: chance.choice(hostile.TEXTS[:60]) if chance.random() < 0.1 else value for key, value in own.items()}
    try:
        found = reverse(name, kwargs=asked)
    except NoReverseMatch:
        found = reverse(name, kwargs=own)
    return f"{found}?{hostile.query(chance)}" if chance.random() < 0.3 else found


def forms(client, url, kept):
    """Returns the fields of the forms of a page, and the names of those that take a file; each page is asked once."""
    if url not in kept:
        page = client.get(url)
        is_page = page.status_code == 200 and page.headers.get("Content-Type", "").startswith("text/html")
        found = elements(page, "form[method=post]") if is_page else []
        takes_files = [
            [field.get("name") for field in form.iter("input") if field.get("type") == "file"] for form in found
        ]
        kept[url] = [(held(form), names) for form, names in zip(found, takes_files, strict=True)]
    return kept[url]


def ask(chance, client, name, own, kept):
    """Sends one request that nobody means well with, and returns what came back."""
    url, more = where(chance, name, own), hostile.headers(chance)
    if name.startswith("api_") and chance.random() < 0.7:
        more["Authorization"] = chance.choice([kept["bearer"], *hostile.HEADERS["Authorization"]])
    dice = chance.random()
    if dice < 0.05:
        return client.generic(chance.choice(["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "X"]), url, headers=more)
    if dice < 0.1:
        sent, kind = hostile.body(chance)
        return client.generic("POST", url, sent, content_type=kind, headers=more)
    if dice < 0.3 or name not in TAKES_POST:
        return client.get(url, headers=more)
    found = forms(client, reverse(name, kwargs=own), kept)
    own_fields, files = chance.choice(found) if found else ({"x": ["1"]}, [])
    return client.post(url, hostile.fields(chance, own_fields, files), headers=more)


def test_nothing_that_is_sent_is_answered_by_a_500(known, request):
    chance, seen, faults = Random(request.node.name), Counter(), []
    visitors, names = clients(known), targets(known)
    signed_in = {role: visitor.cookies.copy() for role, visitor in visitors.items()}
    kept = {role: {"bearer": known.bearer} for role in visitors}
    for _ in range(EACH):
        [role], name = chance.choices(list(ROLES), ROLES.values()), chance.choice(list(names))
        visitors[role].cookies = signed_in[role].copy()  # one may have signed out
        cache.clear()  # or most would be refused for trying too often
        with transaction.atomic():  # what was sent changes nothing for the next
            answer = ask(chance, visitors[role], name, names[name], kept[role])
            transaction.set_rollback(True)
        seen[answer.status_code] += 1
        if answer.status_code >= 500 and not re.match("/gezond/", answer.request["PATH_INFO"]):
            faults.append(
                (
                    role,
                    name,
                    answer.request["REQUEST_METHOD"],
                    answer.request.get("QUERY_STRING"),
                    repr(answer.exc_info)[:300],
                )
            )
    print(dict(sorted(seen.items())))
    assert faults == []
    assert seen[200] > EACH / 5  # of many, the page itself was reached
    assert {NEEDED_BY_NAME[name] for name in names if name in NEEDED_BY_NAME} >= {BY_LINK, BY_TOKEN}
