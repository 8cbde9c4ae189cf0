"""A release has no keys of partners, which are made of names; a code is one partner in all rounds of a network."""

from assessments.dataset.neutral import neutral_codes, without_names
from assessments.scores.groups import Group
from tests.dataset_cases import BY_SECTOR, FIRST, SECOND

CODES = neutral_codes(["x", "school", "y"], ["school", "weg"])


def test_codes_follow_the_order_of_the_network_and_then_of_who_is_gone():
    assert CODES == {"x": "partner-001", "school": "partner-002", "y": "partner-003", "weg": "vroeger-001"}


def test_no_key_of_a_partner_is_left():
    for round in (FIRST, SECOND, BY_SECTOR):
        found = without_names(round, CODES)
        groups = [shown.group for shown in found.results.published.groups]
        groups += [hidden.group for hidden in found.results.published.hidden]
        keys = {group.key for group in groups if group.kind == "partner"} | {own.key for own in found.partners}
        keys |= {key for own in found.sectors.values() for key in own}
        assert keys <= {*CODES.values()}


def test_a_code_stands_for_the_same_partner_everywhere():
    found = without_names(FIRST, CODES)
    before = FIRST.results.published.figure(Group("partner", "school"), "regels")
    assert before
    assert found.results.published.figure(Group("partner", "partner-002"), "regels") == before
    assert {own.key: own.kind for own in found.partners}["partner-002"] == "school"
