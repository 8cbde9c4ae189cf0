"""A row read with what it refers to is the one that Django's own queries give, each time in one query."""

from uuid import uuid4

import pytest

from assessments.filling.joined import Joined
from assessments.models import OpenLink, Participant

COLUMNS = ["level", "partner__name", "round__name", "round__network__name", "round__kept_secret__secret"]


@pytest.fixture
def participant(cast):
    return cast.participants()[0]


def said(row):
    secret = getattr(row.round, "kept_secret", None)
    return row.pk, row.level, row.partner and row.partner.name, row.round.name, row.round.network.name, secret


def kind_and_value(row, place):
    value = getattr(row, place)
    return type(value), value


def test_it_reads_in_one_query_what_plain_queries_read_in_many(participant, django_assert_num_queries):
    joined = Joined(Participant, COLUMNS)
    expected = said(Participant.objects.get(pk=participant.pk))
    with django_assert_num_queries(2):
        assert [said(joined.with_key(participant.pk)) for _ in range(2)] == [expected] * 2


def test_each_value_is_of_its_own_kind_also_where_the_text_of_the_query_was_kept(participant):
    columns = ["has_opted_out", "partner_id", "round__closes_on", "round__minimum", "round__kept_secret__secret"]
    joined = Joined(Participant, columns)
    expected = Participant.objects.get(pk=participant.pk)
    for row in (joined.with_key(participant.pk), joined.with_key(participant.pk)):
        for place in ("pk", "has_opted_out", "partner_id", "round_id"):
            assert kind_and_value(row, place) == kind_and_value(expected, place)
        for place in ("pk", "closes_on", "minimum"):
            assert kind_and_value(row.round, place) == kind_and_value(expected.round, place)
        assert bytes(row.round.kept_secret.secret) == bytes(expected.round.kept_secret.secret)


def test_of_two_keys_each_gives_its_own_row(cast):
    joined = Joined(Participant, COLUMNS)
    people = cast.participants()[:3]
    assert [joined.with_key(person.pk).pk for person in people] == [person.pk for person in people]


def test_what_was_not_named_is_read_when_it_is_asked_for(participant, django_assert_num_queries):
    row = Joined(Participant, COLUMNS).with_key(participant.pk)
    with django_assert_num_queries(2):
        assert (row.email, row.round.minimum) == (participant.email, participant.round.minimum)


def test_a_row_that_refers_to_nothing_says_so(cast, django_assert_num_queries):
    link = OpenLink.objects.create(round=cast.round, partner=None, level="ouders", cap=9)
    cast.round.kept_secret.delete()
    joined = Joined(OpenLink, [*COLUMNS, "partner_id"])
    for row in (joined.with_key(link.pk), joined.with_key(link.pk)):
        with django_assert_num_queries(1):  # the secret, which may have come since
            assert said(row) == (link.pk, "ouders", None, cast.round.name, cast.network.name, None)


def test_a_key_of_nobody_gives_nothing(db):
    joined = Joined(Participant, COLUMNS)
    assert [joined.with_key(uuid4()) for _ in range(2)] == [None, None]


def test_where_the_first_to_ask_has_no_key_the_next_gets_her_row(participant):
    joined = Joined(Participant, COLUMNS)
    assert joined.with_key(None) is None
    assert [joined.with_key(participant.pk).pk for _ in range(2)] == [participant.pk] * 2
    assert joined.with_key(None) is None
