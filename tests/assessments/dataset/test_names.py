"""A column of an item has a name that every program takes, and that a person can read."""

from dataclasses import replace

from assessments.dataset.names import wide_names
from tests.instrument import INSTRUMENT


def test_items_are_called_by_their_keys_dimensions_after_the_letters_of_their_factor():
    names = wide_names([INSTRUMENT])
    assert list(names) == list(INSTRUMENT.scales)
    assert names["regels"] == "regels"
    assert names["regels.rollen"] == "rg_rollen"
    assert names["principiele_betrokkenheid.determinatie"] == "pb_determinatie"


def test_an_item_keeps_its_name_in_a_newer_version_and_a_name_that_is_taken_gets_a_number():
    first, *others = INSTRUMENT.factors
    long = replace(first, key="a" * 40, dimensions=first.dimensions)
    twin = replace(others[0], key="a" * 41)
    reserved = replace(others[1], key="by")
    newer = replace(INSTRUMENT, version="2.0", factors=(long, twin, reserved, *others[2:]))
    names = wide_names([INSTRUMENT, newer])
    assert (names["a" * 40], names["a" * 41], names["by"]) == ("a" * 26, f"{'a' * 23}_2", "by_2")
    assert names["regels"] == "regels"
    assert len(set(names.values())) == len(names)
