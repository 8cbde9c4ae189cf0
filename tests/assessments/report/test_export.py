"""The exported files hold all the published figures and nothing else, and no cell is a formula."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

import pyreadstat
import pytest

from assessments import dutch
from assessments.disclosure.groups import Why
from assessments.disclosure.published import Figure, Hidden, Limit, Published, PublishedGroup
from assessments.report import export
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, Kind, level_group, partner_group
from assessments.scores.readings import Band

BESTUUR, UITVOEREND = level_group("bestuur"), level_group("uitvoerend")


@pytest.fixture
def round(instrument):
    full = Figure(
        n=12,
        band="bespreken",
        mean=Decimal("3.2"),
        interval=(Decimal("2.8"), Decimal("3.6")),
        split=True,
        unknown=Decimal("0.1"),
    )
    groups = (
        PublishedGroup(UITVOEREND, 12, 16, {"regels": full, "regels.rollen": full}),
        PublishedGroup(BESTUUR, 5, None, {"regels": Figure(n=5, band="sterk", limit="high")}),
    )
    hidden = (
        Hidden(NETWORK, "regels", "small"),
        Hidden(partner_group("gemeente"), None, "complementary"),
    )
    published = Published(5, groups, (), hidden)
    return export.PublishedRound(
        id="3f2c",
        name="Voorjaar",
        network="Netwerk Oost",
        is_constructed=True,
        closed_on=date(2026, 4, 30),
        results=Results(published, (), "1.0", "1.0"),
        instrument=instrument,
        context={"scope": "wijk", "jgz_in_team": "yes"},
    )


def in_csv(*rounds):
    return list(csv.DictReader(io.StringIO(export.as_csv(rounds).removeprefix("\ufeff"))))


def test_every_figure_and_everything_hidden_is_a_row(round):
    keys = [
        (row["group_kind"], row["group_key"], row["item_kind"], row["item"], row["hidden"]) for row in in_csv(round)
    ]
    assert keys == [
        ("level", "uitvoerend", "factor", "regels", ""),
        ("level", "uitvoerend", "dimension", "regels.rollen", ""),
        ("level", "bestuur", "factor", "regels", ""),
        ("network", "network", "factor", "regels", "small"),
        ("partner", "gemeente", "", "", "complementary"),
    ]


def test_a_row_has_the_whole_figure(round):
    row = in_csv(round)[0]
    assert {name: row[name] for name in ("n", "mean", "limit", "low", "high", "split", "unknown", "band")} == {
        "n": "12",
        "mean": "3.2",
        "limit": "",
        "low": "2.8",
        "high": "3.6",
        "split": "yes",
        "unknown": "0.1",
        "band": "bespreken",
    }
    assert (row["group_n"], row["group_invited"], row["closed_on"]) == ("12", "16", "2026-04-30")
    assert (row["constructed"], row["instrument"], row["minimum"]) == ("yes", "1.0", "5")


def test_what_may_not_be_shown_is_an_empty_cell(round):
    limited, hidden = in_csv(round)[2:4]
    empty = ("mean", "low", "high", "split", "unknown", "group_invited")
    assert [limited[name] for name in empty] == [""] * len(empty)
    assert (limited["limit"], limited["n"]) == ("high", "5")
    figures = ("n", "mean", "limit", "low", "high", "split", "unknown", "band", "group_n")
    assert [hidden[name] for name in figures] == [""] * len(figures)


def test_no_row_and_no_column_is_about_a_single_statement(round):
    items = {row["item"] for row in in_csv(round)} - {""}
    assert items <= set(round.instrument.scales)
    assert not [column.name for column in export.COLUMNS if column.name.startswith("value")]


def test_a_name_that_is_a_formula_stays_text(round):
    hostile = replace(round, network='=HYPERLINK("http://example.org")', name="@SOM(A1:A9)")
    row = in_csv(hostile)[0]
    assert (row["network"], row["round"]) == ('\'=HYPERLINK("http://example.org")', "'@SOM(A1:A9)")


def test_the_codebook_names_every_column_and_every_value(round):
    columns = {column.name: column for column in export.COLUMNS}
    lines = list(csv.DictReader(io.StringIO(export.codebook_csv().removeprefix("\ufeff"))))
    assert list(dict.fromkeys(line["column"] for line in lines)) == list(in_csv(round)[0])
    assert all(line["label"] for line in lines)
    for row in in_csv(round):
        for name, value in row.items():
            if columns[name].values and value:
                assert value in columns[name].values, name


def test_the_words_of_the_codebook_are_all_that_the_code_knows():
    assert set(dutch.GROUP_KINDS) == set(get_args(Kind))
    assert set(export.WHY) == set(get_args(Why))
    assert set(export.BANDS) == set(get_args(Band))
    assert set(dutch.LIMITS) == set(get_args(Limit))


def test_the_spss_file_reads_back_with_labels_and_missing_values(round, tmp_path):
    path = tmp_path / "figures.sav"
    path.write_bytes(export.as_sav([round]))
    frame, about = pyreadstat.read_sav(path)
    assert about.column_names == [column.name for column in export.COLUMNS]
    assert about.column_labels == [column.label for column in export.COLUMNS]
    assert about.variable_value_labels["band"] == dict(enumerate(export.BANDS.values(), start=1))
    assert (frame["mean"][0], frame["band"][0], frame["limit"][2]) == (3.2, 2.0, 2.0)
    assert frame["mean"].isna().tolist() == [False, False, True, True, True]
    assert frame["network"].tolist() == ["Netwerk Oost"] * 5


def test_no_rounds_give_a_file_with_a_header_alone(tmp_path):
    assert in_csv() == []
    path = tmp_path / "empty.sav"
    path.write_bytes(export.as_sav([]))
    assert pyreadstat.read_sav(path)[0].empty
