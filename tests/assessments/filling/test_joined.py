"""A row read with what it refers to is the one that Django's own queries give, and takes one query."""

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


def test_it_reads_in_one_query_what_plain_queries_read_in_many(participant, django_assert_num_queries):
    joined = Joined(Participant, COLUMNS)
    expected = said(Participant.objects.get(pk=participant.pk))
    with django_assert_num_queries(1):
        assert said(joined.with_key(participant.pk)) == expected


def test_what_was_not_named_is_read_when_it_is_asked_for(participant, django_assert_num_queries):
    row = Joined(Participant, COLUMNS).with_key(participant.pk)
    with django_assert_num_queries(2):
        assert (row.email, row.round.minimum) == (participant.email, participant.round.minimum)


def test_a_row_that_refers_to_nothing_says_so(cast, django_assert_num_queries):
    link = OpenLink.objects.create(round=cast.round, partner=None, level="ouders", cap=9)
    cast.round.kept_secret.delete()
    row = Joined(OpenLink, [*COLUMNS, "partner_id"]).with_key(link.pk)
    with django_assert_num_queries(1):  # the secret, which may have come since
        assert said(row) == (link.pk, "ouders", None, cast.round.name, cast.network.name, None)


def test_a_key_of_nobody_gives_nothing(db):
    assert Joined(Participant, COLUMNS).with_key(uuid4()) is None
