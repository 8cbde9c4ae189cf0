"""Each rule and each claim of docs/anonymity.md names the test that guards it, and that test is there."""

import re

from django.conf import settings

from tests.naming import missing

PAGE = (settings.BASE_DIR / "docs" / "anonymity.md").read_text()
RULES = PAGE.partition("## Rules for whoever writes to these tables")[2].partition("\n## ")[0]
CLAIMS = PAGE.partition("## What holds, and the test behind it")[2].partition("\n## ")[0]


def named(text):
    """Returns the (path, test) of every test that a text names; the test is empty where the text names a whole file."""
    return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)


def rows_of(table):
    """Returns the rows of a table in Markdown, without its header."""
    return [line for line in table.splitlines() if line.startswith("| ")][1:]


def names_only_tests(row):
    tests = [test for _, test in named(row)]
    return bool(tests) and all(tests)


def test_every_test_that_the_page_names_exists():
    assert missing(named(PAGE)) == []


def test_every_rule_names_a_test():
    rows = rows_of(RULES)
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, len(rows) + 1))
    assert [row for row in rows if not names_only_tests(row)] == []
    assert len(rows) >= 15


def test_every_claim_names_a_test_and_not_a_whole_file():
    assert [row for row in rows_of(CLAIMS) if not names_only_tests(row)] == []
    assert len(rows_of(CLAIMS)) >= 15


def test_a_test_is_named_with_its_file_and_in_no_other_way():
    assert re.findall(r"`test_\w+`", PAGE) == []


def test_the_room_leads_to_the_page():
    assert "docs/anonymity.md" in (settings.BASE_DIR / "assessments" / "anonymity" / "__init__.py").read_text()
