"""The tables hold all the published figures and nothing else, and each row can be told apart and matched."""

import weakref
from collections import Counter
from dataclasses import replace
from typing import get_args

import pytest

from assessments import dutch
from assessments.dataset.codebook import codebook_of
from assessments.dataset.composing import round_table, tables_of
from assessments.dataset.figures import BANDS
from assessments.dataset.groups import WHY
from assessments.dataset.published import KindOfPartner
from assessments.dataset.tables import find_faults
from assessments.disclosure.changes import Obstacle
from assessments.disclosure.groups import Why
from assessments.disclosure.published import Limit
from assessments.scores.groups import Kind
from assessments.scores.readings import Band
from tests.dataset_cases import BY_SECTOR, DIMENSIONS, FIRST, KINDS, ROUNDS, SECOND, dataset

DATASET = dataset()
NAMES = [table.name for table in DATASET.tables]


def rows(name, *rounds):
    return list(dataset(*rounds).table(name).read())


def row(name, found, **key):
    [only] = [row for row in rows(name, found) if key.items() <= row.items()]
    return only


def test_every_program_takes_the_tables_as_they_are():
    whole = round_table(lambda: ROUNDS, KINDS)
    assert find_faults([*DATASET.tables, whole, codebook_of([whole])]) == []


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_no_two_columns_of_a_table_have_one_label(table):
    labels = Counter(column.label for column in table.columns)
    assert [label for label, times in labels.items() if times > 1] == []


@pytest.mark.parametrize("name", [*NAMES, "whole"])
def test_a_key_tells_the_rows_apart_and_every_value_is_of_its_kind(name):
    table = round_table(lambda: ROUNDS, KINDS) if name == "whole" else DATASET.table(name)
    found = list(table.read())
    assert found
    keys = Counter(tuple(row[part] for part in table.key) for row in found)
    assert set(keys.values()) == {1}
    assert not [key for key in keys if None in key or "" in key]
    for row in found:
        for column in table.columns:
            value = row.get(column.name)
            if column.kind == "choice":
                assert column.number_of(value) is None or value is not None
            kinds = {"text": str, "choice": str, "count": int, "decimal": float}
            assert value is None or column.kind == "date" or type(value) is kinds[column.kind], column.name


def test_a_round_has_its_counts_and_one_from_before_they_were_kept_has_none():
    now, old = rows("rounds", FIRST, SECOND)
    assert (now["invited_uitvoerend"], now["answered_bestuur"], now["reminders_sent"]) == (20, 4, 17)
    assert (now["municipalities"], now["municipality_codes"]) == ("Oostdorp; Berg en Dal", "GM0001")
    assert (now["network"], now["round"], old["round"]) == (FIRST.network_id, 1, 2)
    assert (old.get("invited_uitvoerend"), old.get("reminders_sent")) == (None, None)


def test_a_group_has_its_kind_its_sector_and_what_may_be_told_of_its_response():
    partner = row("groups", FIRST, group_kind="partner", group_key="school")
    assert (partner["partner_kind"], partner["sector"]) == ("school", "onderwijs")
    assert (partner["group_n"], partner["group_invited"], partner["group_answered"]) == (9, 12, 9)
    level = row("groups", FIRST, group_kind="level", group_key="bestuur")
    assert (level["group_n"], level["group_invited"], level["group_answered"]) == (None, 5, 4)
    assert level["group_hidden"] == "small"
    keys = [found["group_key"] for found in rows("groups", FIRST)]
    assert keys == ["uitvoerend", "management", "bestuur", "network", "ouders", "school", "x"]


def test_in_a_round_by_sector_partners_are_named_by_kind_and_have_no_figures():
    partner = row("groups", BY_SECTOR, group_kind="partner", group_key="x")
    assert (partner["partner_kind"], partner["sector"], partner["group_n"]) == ("wijkteam", "zorg", None)
    assert partner["group_hidden"] == "by_sector"
    sector = row("groups", BY_SECTOR, group_kind="sector", group_key="onderwijs")
    assert (sector["sector"], sector["group_hidden"]) == ("onderwijs", None)
    assert not [found for found in rows("figures", BY_SECTOR) if found["group_kind"] == "partner"]


def test_every_figure_and_everything_hidden_is_a_row():
    published = FIRST.results.published
    found = rows("figures", FIRST)
    assert len(found) == sum(len(own.figures) for own in published.groups) + len(published.hidden)
    hidden = [(row["group_key"], row["item"], row["hidden"]) for row in found if row.get("hidden")]
    assert hidden == [
        ("management", "vertrouwen", "complementary"),
        ("bestuur", "_all", "small"),
        ("x", "_all", "small"),
        ("school", DIMENSIONS[0], "levels_only"),
    ]


def test_a_row_has_the_whole_figure_as_numbers_and_what_is_absent_is_none():
    figure = row("figures", FIRST, group_key="uitvoerend", item="regels")
    names = ("n", "mean", "limit", "low", "high", "split", "unknown", "sd", "band")
    assert [figure[name] for name in names] == [16, 2.4, None, 2.1, 2.8, "yes", 0.1, 0.8, "zorg"]
    limited = row("figures", FIRST, group_key="management", item="regels")
    assert [limited[name] for name in names] == [6, None, "low", None, None, None, None, None, "zorg"]


def test_no_row_and_no_column_is_about_the_answers_to_a_single_statement():
    for found in ROUNDS:
        assert {row["item"] for row in rows("figures", found)} - {"_all"} <= set(found.instrument.scales)


def test_the_wide_table_has_the_figures_of_the_long_one_and_no_other():
    names = {row["item"]: row["wide_name"] for row in rows("items") if row.get("wide_name")}
    long = {
        (row["round_id"], row["group_kind"], row["group_key"], f"{names[row['item']]}{ending}"): row[what]
        for row in rows("figures")
        for ending, what in (("", "mean"), ("_n", "n"), ("_limit", "limit"), ("_sd", "sd"))
        if row.get(what) is not None
    }
    table = DATASET.table("figures_wide")
    about = set(dataset().table("groups").names)
    wide = {
        (row["round_id"], row["group_kind"], row["group_key"], name): row[name]
        for row in table.read()
        for name in table.names
        if name not in about and row.get(name) is not None
    }
    assert wide == long


def test_an_item_has_the_words_of_each_level_by_version():
    found = {row["item"]: row for row in rows("items")}
    instrument = FIRST.instrument
    assert found.keys() == {*instrument.scales, *instrument.statements}
    for statement in instrument.statements.values():
        texts = {level: found[statement.key].get(f"text_{level}") for level in ("uitvoerend", "bestuur", "ouders")}
        is_of_ouders = statement.scale == "ouders"
        assert texts["bestuur"] == (None if is_of_ouders else statement.for_level("bestuur"))
        assert texts["ouders"] == (statement.text if is_of_ouders else None)
    assert found["regels.rollen"]["belongs_to"] == "regels"


def test_a_change_is_the_one_that_the_reports_tell():
    found = rows("changes")
    assert {row["round_id"] for row in found} == {SECOND.id}
    told = {(row["group_key"], row["factor"]): row for row in found}
    level = told["uitvoerend", "regels"]
    assert (level["mean_before"], level["mean_now"], level["change"]) == (2.4, 2.8, 0.4)
    assert level["low"] < 0.4 < level["high"]
    assert (told["management", "regels"]["change"], told["management", "regels"]["obstacle"]) == (None, "limit_now")


def test_there_is_no_change_where_the_round_before_is_not_in_the_data_set():
    assert rows("changes", SECOND) == []
    assert rows("changes", FIRST, replace(SECOND, previous="")) == []


def test_a_sector_that_had_other_partners_has_no_change():
    next_round = replace(BY_SECTOR, id="later", number=2, previous=BY_SECTOR.id, sectors={"onderwijs": ("school", "y")})
    [found] = [
        row
        for row in rows("changes", BY_SECTOR, next_round)
        if (row["group_key"], row["factor"]) == ("onderwijs", "regels")
    ]
    assert (found["change"], found["obstacle"]) == (None, "partners")


def test_agreements_are_counted_without_their_texts_and_alpha_has_its_numbers():
    told = [(row["factor"], row["outcome"], row["agreements"]) for row in rows("agreements", FIRST)]
    assert told == [("_none", "open", 1), ("regels", "gedaan", 2)]
    found = rows("reliability", FIRST)
    assert [(row["factor"], row["alpha"], row["k"], row["n"]) for row in found] == [
        ("regels", 0.83, 6, 41),
        ("kennis", -0.12, 4, 30),
    ]
    bounds = [tuple(map(float, own.interval)) for own in FIRST.results.reliability.values()]
    assert [(row["low"], row["high"]) for row in found] == bounds


def test_a_data_set_says_of_what_it_is():
    assert (DATASET.networks, DATASET.rounds, DATASET.is_constructed) == (2, 3, True)
    assert (DATASET.first_day, DATASET.last_day) == (FIRST.opened_on, SECOND.closed_on)
    assert DATASET.municipalities == (("", "Berg en Dal"), ("GM0001", "Oostdorp"))
    assert [instrument.version for instrument in DATASET.instruments] == ["1.1"]


def test_the_table_of_single_rounds_says_all_of_round_and_group_in_each_row():
    found = list(round_table(lambda: [FIRST], KINDS).read())
    assert len(found) == len(rows("figures", FIRST))
    assert {row["network_name"] for row in found} == {"Netwerk Oost"}
    assert {row["partner_kind"] for row in found if row["group_key"] == "school"} == {"school"}


def test_however_many_rounds_only_those_of_one_network_are_in_memory_together():
    alive = weakref.WeakValueDictionary()
    most = 0

    def read():
        nonlocal most
        for number in range(40):
            made = replace(FIRST, id=f"r{number}", network_id=f"n{number // 2}", previous=f"r{number - 1}")
            alive[made.id] = made
            most = max(most, len(alive))
            yield made
            del made

    for table in tables_of(read, KINDS, (FIRST.instrument,)):
        assert list(table.read())
    assert most <= 3


def test_the_words_of_the_tables_are_all_that_the_code_knows():
    assert set(dutch.GROUP_KINDS) == set(get_args(Kind))
    assert set(WHY) == set(get_args(Why))
    assert set(BANDS) == set(get_args(Band))
    assert set(dutch.LIMITS) == set(get_args(Limit))
    assert set(dutch.OBSTACLES) == set(get_args(Obstacle))


def test_a_kind_with_a_long_name_is_cut_to_what_a_label_may_hold():
    long = KindOfPartner("school", "é" * 60, "onderwijs")
    table = round_table(lambda: [FIRST], (long, *KINDS[1:]))
    assert find_faults([table]) == []


def test_the_codebook_names_every_column_and_every_value():
    table = DATASET.table("figures")
    found = list(codebook_of([table]).read())
    assert list(dict.fromkeys(row["column"] for row in found)) == table.names
    words = {(row["column"], row["value"]): (row["number"], row["value_label"]) for row in found if row.get("value")}
    assert words["limit", "high"] == (2, "4,5 of hoger")
