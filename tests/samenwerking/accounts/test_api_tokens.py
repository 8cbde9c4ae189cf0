"""A token is known to whoever made it and to nobody else, and goes with what lets its owner in."""

import hashlib
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samenwerking.accounts.api_tokens import make_token, note_use, token_by, withdraw
from samenwerking.accounts.models import ApiToken, Reads
from samenwerking.accounts.second_step import reset_second_step
from tests.cast import PASSWORD
from tests.second_step import enter

NEW = "een ander lang wachtwoord"
TODAY = timezone.localdate


def made(user, days=30, **more):
    own = {"name": "script van Ada", "reads": Reads.ROUNDS, "ends_on": TODAY() + timedelta(days=days)}
    return make_token(user=user, **own | more)


def test_it_is_long_drawn_anew_and_kept_as_a_hash_only(user):
    first, second = made(user), made(user)
    assert first.startswith("swk_")
    assert len(first) >= 47  # 256 bits
    assert first != second
    kept = str(list(ApiToken.objects.values()))
    assert (first in kept, first[4:] in kept) == (False, False)
    assert hashlib.sha256(first.encode()).hexdigest() in kept


def test_it_works_on_its_last_day_and_not_after_it(user):
    text = made(user, days=0)
    assert token_by(text).user == user
    yesterday = TODAY() - timedelta(days=1)
    ApiToken.objects.update(made_on=yesterday, ends_on=yesterday)
    assert token_by(text) is None
    assert ApiToken.objects.get().has_ended


@pytest.mark.parametrize("change", [str.upper, str.strip, lambda text: text[:-1], lambda text: text + "A"])
def test_one_that_differs_in_anything_is_none(user, change):
    text = made(user)
    assert (token_by(change(text)) is None) == (change(text) != text)


def test_what_is_taken_back_is_gone(user):
    text = made(user)
    withdraw(token_by(text))
    assert token_by(text) is None
    assert not ApiToken.objects.exists()


def test_a_use_is_noted_by_the_day(user):
    token = token_by(made(user))
    note_use(token)
    token.refresh_from_db()
    assert token.last_used_on == TODAY()


def test_it_goes_with_its_account(user):
    made(user)
    user.delete()
    assert not ApiToken.objects.exists()


def test_it_goes_when_a_beheerder_shuts_the_account_out_and_does_not_come_back(client, user, beheerder):
    text = made(user)
    client.force_login(beheerder)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(page, {"email": user.email, "name": user.name})
    user.refresh_from_db()
    assert (user.is_active, token_by(text)) == (False, None)
    client.post(page, {"email": user.email, "name": user.name, "is_active": "on"})
    user.refresh_from_db()
    assert (user.is_active, token_by(text)) == (True, None)


def test_it_does_not_work_for_an_account_that_was_shut_out_in_another_way(user):
    text = made(user)
    user.is_active = False
    user.save()
    assert token_by(text) is None


def test_it_goes_with_the_password(client, user):
    text = made(user)
    enter(client, user)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert token_by(text) is None


def test_it_goes_when_the_second_step_is_reset(with_app):
    text = made(with_app)
    reset_second_step(user=with_app)
    assert token_by(text) is None


def test_the_trail_and_the_log_say_that_it_was_made_and_taken_back_and_no_word_of_it(user, lines):
    text = made(user)
    token = token_by(text)
    note_use(token)
    withdraw(token)
    actions = LogEntry.objects.filter(object_repr=f"API-sleutel van account {user.pk}").order_by("id")
    assert [entry.action for entry in actions] == [LogEntry.Action.CREATE, LogEntry.Action.DELETE]
    said = str(list(LogEntry.objects.values())) + str(lines)
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert [word for word in (text, digest, "script van Ada") if word in said] == []
    assert [(line["event"], line["account"]) for line in lines] == [
        ("api_token.made", user.pk),
        ("api_token.withdrawn", user.pk),
    ]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"reads": "alles"}, {"ends_on": timezone.localdate() - timedelta(days=1)}]
)
def test_the_database_keeps_none_that_makes_no_sense(user, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        made(user, **wrong)
