"""The figures for Excel are those of the CSV, in Dutch, as numbers, with a sheet that explains them."""

import csv
import io
import re
import subprocess
import xml.etree.ElementTree as ET

import pytest
from openpyxl import load_workbook

from assessments import dutch
from assessments.report.builder import build_report
from assessments.report.facts import PartnerFacts, Previous
from assessments.report.workbook import build_workbook
from assessments.report.xlsx import xlsx_of
from tests.report_cases import FACTORS, INSTRUMENT, B, M, U, facts, figure, nijmegen, results, scores

FORMULA = "=1+1"
OPEN_DOCUMENT = ("office", "table", "text")
SAME = dict.fromkeys(FACTORS, ())
BEFORE = Previous("Najaar 2024", None, nijmegen(), SAME)
PARTNERS = tuple(PartnerFacts(key, name, "school") for key, name in (("school", FORMULA), ("wijk", "Wijkteam Oost")))
ABOUT = facts(partners=PARTNERS, previous=BEFORE, wording=SAME, is_concept=True, is_constructed=True)
KEYS = ["netwerk", U, "partner:school", "samenvatting"]
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value></prop></item></oor:items>"""


def found():
    return nijmegen(partners={"school": scores(3.9), "wijk": scores(2.1)}, ouders=figure("high", 14, split=False))


def made_of(key, about=ABOUT):
    return xlsx_of(build_workbook(found(), INSTRUMENT, about, key))


def opened(key):
    return load_workbook(io.BytesIO(made_of(key)))


def rows(sheet):
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def csv_of(key, name="cijfers.csv"):
    content = dict(build_report(found(), INSTRUMENT, ABOUT, key).data).get(name, "")
    return list(csv.DictReader(io.StringIO(content)))


def number(text):
    return float(text) if text else None


@pytest.mark.parametrize("key", KEYS)
def test_it_has_the_figures_of_the_file_for_scripts_row_by_row_and_no_other(key):
    pairs = zip(rows(opened(key)["Cijfers"]), csv_of(key), strict=True)
    for shown, kept in pairs:
        assert shown["Onderdeel"] == INSTRUMENT.name(kept["item"])
        assert (shown["Mensen"], shown["Score"], shown["Woord"]) == (int(kept["n"]), number(kept["mean"]), kept["band"])
        assert shown["Grens"] == (dutch.LIMITS[kept["limit"]] if kept["limit"] else None)
        bounds = (shown["Interval van"], shown["Interval tot"], shown["Weet ik niet"])
        assert bounds == (number(kept["low"]), number(kept["high"]), number(kept["unknown"]))


def test_a_report_has_the_figures_of_no_partner_but_its_own_and_a_summary_only_factors():
    assert {row["Groep"] for row in rows(opened("netwerk")["Cijfers"])}.isdisjoint({FORMULA, "Wijkteam Oost"})
    assert "Wijkteam Oost" not in {row["Groep"] for row in rows(opened("partner:school")["Cijfers"])}
    assert {row["Soort onderdeel"] for row in rows(opened("samenvatting")["Cijfers"])} == {"factor"}
    assert opened("samenvatting").sheetnames == ["Uitleg", "Cijfers"]


def test_what_can_not_be_said_of_limits_is_no_small_difference():
    low = results({level: scores("low") for level in (U, M, B)})
    alike = results({level: scores(3.0, regels=3.2 if level == U else 3.0) for level in (U, M, B)})
    for found, words in ((low, {"niet te zeggen"}), (alike, {"geen verschil", "klein verschil"})):
        book = load_workbook(io.BytesIO(xlsx_of(build_workbook(found, INSTRUMENT, ABOUT, "netwerk"))))
        assert {row["Hoe het heet"] for row in rows(book["Verschillen"])} == words


def test_differences_and_changes_have_sheets_of_their_own():
    book = opened("netwerk")
    assert book.sheetnames == ["Uitleg", "Cijfers", "Verschillen", "Verandering"]
    sizes = [row["Verschil"] for row in rows(book["Verschillen"])]
    assert sizes == [number(row["size"]) for row in csv_of("netwerk", "verschillen.csv")]
    changed = [(row["Score toen"], row["Score nu"], row["Verandering"]) for row in rows(book["Verandering"])]
    kept = csv_of("netwerk", "verandering.csv")
    assert changed == [(number(r["mean_before"]), number(r["mean_now"]), number(r["change"])) for r in kept]
    assert {row["Factor"] for row in rows(book["Verandering"])} == {factor.name for factor in INSTRUMENT.factors}


def test_without_a_previous_round_there_is_no_sheet_of_change():
    book = load_workbook(io.BytesIO(made_of("netwerk", facts())))
    assert book.sheetnames == ["Uitleg", "Cijfers", "Verschillen"]
    assert "Concept" not in [cell.value for cell in book["Uitleg"]["A"]]


@pytest.mark.parametrize("key", KEYS)
def test_numbers_are_numbers_and_names_are_text_even_if_they_look_like_a_formula(key):
    for sheet in opened(key):
        for cell in [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]:
            assert cell.data_type in ("n", "s"), cell.value
    assert (FORMULA in {row["Groep"] for row in rows(opened(key)["Cijfers"])}) is (key == "partner:school")


def test_the_sheet_that_explains_says_whose_it_is_and_what_each_column_is():
    book = opened("netwerk")
    told = {row[0].value: row[1].value for row in book["Uitleg"].iter_rows()}
    assert (told["Netwerk"], told["Ronde"]) == ("Netwerk Oost", "Voorjaar 2026")
    assert told["Concept"] == "Dit rapport is nog niet gepubliceerd."
    assert told["Voorbeeld"] == "De antwoorden in dit netwerk zijn bedacht, niet verzameld."
    assert "minder dan vijf mensen" in told["Verborgen"]
    assert {f"Woord: {band}" for band in dutch.BANDS} <= told.keys()
    for sheet in book.worksheets[1:]:
        assert all(told[cell.value] for cell in sheet[1])


def test_each_sheet_of_figures_keeps_its_head_in_sight_and_can_be_filtered():
    for sheet in opened("netwerk").worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        for cell in sheet[1]:
            assert sheet.column_dimensions[cell.column_letter].width >= len(cell.value) + 4


def test_what_is_hidden_has_no_row_and_no_zero():
    book = build_workbook(results({U: scores(3.0), M: scores(None)}), INSTRUMENT, facts(), "netwerk")
    assert {row[1] for row in book.sheets[0].rows} == {"Uitvoerend"}


def test_equal_reports_give_equal_bytes():
    assert made_of("netwerk") == made_of("netwerk")
    book = opened("netwerk")
    assert (book.properties.language, book.properties.title) == ("nl-NL", "Rapport van het netwerk: Netwerk Oost")
    assert book.properties.modified.isoformat() == "2026-03-02T09:00:00"


@pytest.mark.files
@pytest.mark.parametrize("key", ["netwerk", "partner:school"])
def test_in_a_dutch_spreadsheet_every_figure_is_a_number_written_with_a_comma(key, tmp_path):
    (tmp_path / "cijfers.xlsx").write_bytes(made_of(key))
    (tmp_path / "profile" / "user").mkdir(parents=True)
    (tmp_path / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods"]
    subprocess.run([*command, "cijfers.xlsx"], cwd=tmp_path, check=True, capture_output=True)
    sheets = read_flat(tmp_path / "cijfers.fods")
    for name, sheet in sheets.items():
        if name == "Uitleg":
            continue
        head = [text for _, _, text in sheet[0]]
        numbers = [place for place, title in enumerate(head) if re.match("Score|Interval|Verschil|Verandering", title)]
        cells = [row[place] for row in sheet[1:] for place in numbers if row[place][2]]
        assert cells
        assert {kind for kind, _, _ in cells} == {"float"}
        for _, value, text in cells:
            assert text == dutch_number(value, text)
    expected = [number(row["mean"]) for row in csv_of(key)]
    place = [text for _, _, text in sheets["Cijfers"][0]].index("Score")
    shown = [row[place] for row in sheets["Cijfers"][1:]]
    assert [float(value) if value else None for _, value, _ in shown] == expected


def dutch_number(value, text):
    sign = "+" if text.startswith("+") else ""
    return sign + f"{float(value):.1f}".replace(".", ",")


def read_flat(path):
    """Returns by sheet its rows of (type, value, text), with what LibreOffice writes once for many repeated."""
    office, table, text = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in OPEN_DOCUMENT)
    sheets = {}
    for sheet in ET.parse(path).getroot().iter(f"{table}table"):
        found = sheets[sheet.get(f"{table}name")] = []
        for row in sheet.iter(f"{table}table-row"):
            cells = []
            for cell in row.findall(f"{table}table-cell"):
                said = (
                    cell.get(f"{office}value-type"),
                    cell.get(f"{office}value"),
                    "".join("".join(p.itertext()) for p in cell.findall(f"{text}p")),
                )
                cells += [said] * min(int(cell.get(f"{table}number-columns-repeated", 1)), 20)
            if any(shown for _, _, shown in cells):
                found.append(cells)
    return sheets
