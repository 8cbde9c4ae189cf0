"""A release has no keys of partners, which are made of names; a code is one partner in all rounds of a network."""

import re
from functools import partial
from uuid import UUID

from assessments.dataset.neutral import code_of, without_names
from assessments.scores.groups import Group
from tests.dataset_cases import BY_SECTOR, FIRST, SECOND

SALT = UUID(int=7)
code = partial(code_of, SALT)


def test_a_code_follows_from_key_and_salt_alone_and_stays_what_it_was_in_releases_of_before():
    assert (code("school"), code("x")) == ("partner-351cc557ef", "partner-8594e27a9d")


def test_no_two_keys_and_no_two_networks_share_a_code():
    codes = {code_of(salt, f"school-{number}") for salt in (SALT, UUID(int=8)) for number in range(1000)}
    assert len(codes) == 2000
    assert all(re.fullmatch("partner-[0-9a-f]{10}", one) for one in codes)


def test_no_key_of_a_partner_is_left():
    for round in (FIRST, SECOND, BY_SECTOR):
        found = without_names(round, code)
        groups = [shown.group for shown in found.results.published.groups]
        groups += [hidden.group for hidden in found.results.published.hidden]
        keys = {group.key for group in groups if group.kind == "partner"} | {own.key for own in found.partners}
        keys |= {key for own in found.sectors.values() for key in own}
        assert keys <= set(map(code, ("school", "x", "y")))


def test_a_code_stands_for_the_same_partner_everywhere():
    found = without_names(FIRST, code)
    before = FIRST.results.published.figure(Group("partner", "school"), "regels")
    assert before
    assert found.results.published.figure(Group("partner", code("school")), "regels") == before
    assert {own.key: own.kind for own in found.partners}[code("school")] == "school"
