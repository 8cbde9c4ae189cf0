"""The codebook shows every table, column, value and note, in an accessible PDF."""

import io
from dataclasses import replace
from xml.etree import ElementTree

import page
import pytest
from pypdf import PdfReader

from assessments.dataset.metadata.codebook import codebook_html, codebook_pdf
from assessments.dataset.tables import Column
from tests.assessments.dataset.metadata.release import DATASET, ROUNDS
from tests.instrument import INSTRUMENT
from tests.pdf_structure import untold
from tests.verapdf import faults_of


def read(dataset=DATASET):
    return ElementTree.fromstring(codebook_html(dataset))


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def section(root, name):
    return next(own for own in root.iter("section") if own.get("id") == name)


def rows(root, name):
    """Returns the rows of the tables of a section, as texts."""
    return [[text(cell) for cell in row] for row in section(root, name).iter("tr")]


def test_every_column_is_there_with_its_label_note_and_kind():
    found = rows(read(), "rounds")
    assert ["network", "Vaste code van het netwerk Een code, geen getal: reken er niet mee.",
            "tekst; nominaal; nooit leeg"] in found  # fmt: skip
    assert ["closed_on", "Dag waarop de ronde sloot", "dag; schaal"] in found
    for table in DATASET.tables:
        said = text(section(read(), table.name))
        assert [column.name for column in table.columns if column.name not in said] == []


def test_a_column_and_a_note_are_explained_once():
    root = read()
    assert "Ook hier, en hiervoor al uitgelegd: network, round en round_id." in text(section(root, "groups"))
    assert [row[0] for row in rows(root, "groups")[1:]] == ["group_kind", "group_key", "partner_kind"]
    again = replace(
        ROUNDS, columns=(*ROUNDS.columns, Column("most", "Meer", "count", note="Vastgelegd bij het openen."))
    )
    assert ["most", "Meer Zie minimum.", "aantal; schaal"] in rows(read(replace(DATASET, tables=(again,))), "rounds")


def test_a_choice_has_its_values_with_their_numbers_for_spss():
    kinds = next(row for row in rows(read(), "groups") if row[0] == "partner_kind")
    assert "1 = school: scholen & besturen" in kinds[1]
    assert "2 = wijkteam: wijkteams <of> buurtteams" in kinds[1]


def test_columns_of_items_are_explained_once_and_named_for_each():
    found = rows(read(), "figures_wide")
    assert ["regels_limit", "Regels: grens 1 = low: 1,5 of lager 2 = high: 4,5 of hoger", "keuze; ordinaal"] in found
    assert ["Regels", "regels, regels_n, regels_limit"] in found
    assert ["Prikkels tot samenwerking: Financiële prikkels", "pr_financieel"] in found


def test_every_statement_is_there_in_the_words_of_each_level():
    found = dict(row for row in rows(read(), "vragenlijst") if row[0] != "Stelling")
    assert list(found) == list(INSTRUMENT.statements)
    for statement in INSTRUMENT.statements.values():
        assert all(own in found[statement.key] for own in (statement.text, *statement.texts.values()))


def test_what_an_earlier_version_asked_otherwise_is_told():
    root = read()
    questions = section(root, "vragenlijst")
    assert [text(own) for own in questions.iter("h3")] == ["Anders in versie 0.9"]
    assert [text(own) for own in questions.iter("li")] == [f"RG1: Vroeger: {INSTRUMENT.statements['RG1'].text}"]
    only = read(replace(DATASET, instruments=(INSTRUMENT,)))
    assert "Anders in versie" not in text(only)


def test_constructed_answers_are_called_so_on_the_cover():
    assert "zijn bedacht" in text(read().find(".//header"))
    assert "bedacht" not in text(read(replace(DATASET, is_constructed=False)))


def test_it_reads_no_rows():
    def fail():
        raise AssertionError("A codebook has no rows.")

    codebook_html(replace(DATASET, tables=tuple(replace(table, read=fail) for table in DATASET.tables)))


def test_the_pdf_is_accessible_and_archivable():
    dataset = replace(DATASET, publisher="Samenwerkingsverband <voor> & jeugd " * 5)
    pdf = codebook_pdf(dataset)
    for profile in ("ua1", "3a"):
        validated = page.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in validated.failures] == []
        assert validated.is_compliant
    assert untold(pdf) == []
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Codeboek: Samenwerking rond kind en gezin, uitgave 2027-04"


@pytest.mark.long
def test_a_second_validator_agrees(tmp_path):
    assert faults_of(tmp_path, {"codebook": codebook_pdf(DATASET)}) == {("codebook", "ua1"): "", ("codebook", "3a"): ""}
