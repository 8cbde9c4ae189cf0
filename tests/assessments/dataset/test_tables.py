"""What a table may hold, so that each program reads it back as it was."""

from assessments.dataset.tables import Column, Table, find_faults


def table(*columns):
    return Table("t", "T", "", columns, (columns[0].name,), list)


def test_a_table_that_all_programs_take_has_no_faults():
    choice = Column("band", "Woord bij de score", "choice", {"zorg": "zorg"}, is_ordered=True)
    assert find_faults([table(Column("n", "Mensen", "count"), choice)]) == []


def test_what_a_program_would_cut_or_refuse_is_named_with_its_column():
    columns = [
        Column("Mean", "Gemiddelde", "decimal"),
        Column("a" * 33, "Te lang", "count"),
        Column("é", "Geen letter voor SPSS", "text"),
        Column("b", "é" * 41, "text"),
        Column("c", "Een woord", "choice", {"x": "y" * 81}),
        Column("d", "Geen keuze", "text", {"x": "y"}),
        Column("e", "Een keuze zonder waarden", "choice"),
    ]
    assert [fault.split(":")[0] for fault in find_faults([table(*columns)])] == [
        "t.Mean", f"t.{'a' * 33}", "t.é", "t.b", "t.c", "t.d", "t.e",
    ]  # fmt: skip


def test_a_choice_is_numbered_from_one_in_its_own_order():
    column = Column("yes", "Ja of nee", "choice", {"no": "nee", "yes": "ja"})
    assert [column.number_of(value) for value in ("no", "yes", None)] == [1, 2, None]


def test_rows_come_in_the_order_of_the_columns_and_again_each_time():
    own = Table("t", "T", "", (Column("a", "A", "count"), Column("b", "B", "text")), ("a",), lambda: iter([{"b": "x"}]))
    assert list(own.records()) == list(own.records()) == [[None, "x"]]
