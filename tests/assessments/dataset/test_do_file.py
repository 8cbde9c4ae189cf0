"""The do-file says in Stata's words what each column is; there is no Stata here to run it, so its lines are held."""

import pytest

from assessments.dataset.do_file import do_file
from tests.dataset_cases import dataset

DATASET = dataset()
LINES = do_file(DATASET).splitlines()


def part(name):
    start = next(n for n, line in enumerate(LINES) if f'"csv/{name}.csv"' in line)
    end = next(n for n, line in enumerate(LINES) if n > start and line.startswith("save"))
    return LINES[start : end + 1]


@pytest.mark.parametrize("table", DATASET.tables, ids=lambda table: table.name)
def test_each_table_is_read_as_text_and_each_column_gets_its_kind_label_and_values(table):
    lines = part(table.name)
    assert lines[0].startswith(f'import delimited using "csv/{table.name}.csv", clear varnames(1) case(preserve)')
    assert lines[0].endswith("stringcols(_all)")
    numbers = [column.name for column in table.columns if column.kind in ("count", "decimal")]
    assert f"destring {' '.join(numbers)}, replace" in lines
    assert f"order {' '.join(table.names)}" in lines
    for column in table.columns:
        assert [line for line in lines if line.startswith(f"label variable {column.name} ")]
        defined = [line for line in lines if line.startswith(f"label define {column.name} ")]
        assert len(defined) == len(column.values or {})
        assert (f"label values {column.name} {column.name}" in lines) == bool(column.values)
        made = lines.count(f"drop {column.name}"), lines.count(f"rename _made {column.name}")
        assert made == ((1, 1) if column.kind in ("choice", "date") else (0, 0))


def test_a_day_and_a_choice_are_made_of_their_text():
    lines = part("rounds")
    place = lines.index('generate _made = daily(opened_on, "YMD")')
    assert lines[place + 1 : place + 4] == ["format _made %td", "drop opened_on", "rename _made opened_on"]
    place = lines.index('generate _made = 1 if scope == `"wijk"\'')
    assert lines[place + 1] == 'replace _made = 2 if scope == `"gemeente"\''


def test_quotes_and_signs_of_macros_in_a_label_stay_text():
    assert 'label define partner_kind 3 `"gemeente "\\$x" \\`y"\', add' in part("groups")
