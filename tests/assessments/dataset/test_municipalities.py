"""A gemeente that a network names gets the code of Statistics Netherlands, or none where that is not certain."""

import re

import pytest
import yaml

from assessments.dataset.municipalities import FILE, find_municipalities, source

LIST = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_each_gemeente_of_the_year_is_there_once():
    names = LIST["gemeenten"]
    assert len(names) == len(set(names.values())) == 342
    assert all(re.fullmatch(r"GM\d{4}", code) for code in names)
    assert list(names) == sorted(names)
    assert source() == "CBS, Gebiedsindelingen 2026"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Nijmegen", "GM0268"), ("Almere", "GM0034"), ("Eindhoven", "GM0772"), ("Voorne aan Zee", "GM1992")],
)
def test_it_does_not_repeat_the_faults_of_lists_that_go_round(name, code):
    assert find_municipalities(name) == [(code, name)]


def test_each_is_found_by_its_own_name():
    assert {code: find_municipalities(name) for code, name in LIST["gemeenten"].items()} == {
        code: [(code, name)] for code, name in LIST["gemeenten"].items()
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nijmegen", "GM0268"),
        (" Gemeente  Nijmegen ", "GM0268"),
        ("’s-Gravenhage", "GM0518"),
        ("s-gravenhage", "GM0518"),
        ("Den Haag", "GM0518"),
        ("den bosch", "GM0796"),
        ("Sudwest-Fryslan", "GM1900"),
        ("Hengelo", "GM0164"),
        ("Hengelo (O)", "GM0164"),
        ("Bergen NH", "GM0373"),
        ("Bergen (L.)", "GM0893"),
        ("Nuenen, Gerwen en Nederwetten", "GM0820"),
    ],
)
def test_it_is_found_however_it_is_written(written, code):
    assert [found for found, _ in find_municipalities(written)] == [code]


@pytest.mark.parametrize("written", ["Bergen", "Oostdorp", "Nijmegen-Oost", "regio Arnhem"])
def test_what_may_be_another_has_no_code_and_stays_as_it_was_written(written):
    assert find_municipalities(written) == [("", written)]


def test_several_come_in_their_order_and_each_once():
    found = find_municipalities("Oostdorp; Assen en Aa en Hunze/ Nuenen, Gerwen en Nederwetten, assen,")
    assert [name for _, name in found] == ["Oostdorp", "Assen", "Aa en Hunze", "Nuenen, Gerwen en Nederwetten"]
    assert find_municipalities("") == []
