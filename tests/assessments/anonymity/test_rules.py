"""Each rule of docs/anonymity.md names the test that guards it, and that test is there."""

import ast
import re

from django.conf import settings

PAGE = (settings.BASE_DIR / "docs" / "anonymity.md").read_text()
RULES = PAGE.partition("## Rules for whoever writes to these tables")[2].partition("\n## ")[0]


def names_of_tests(path):
    """Returns the names of the tests in a file, also those in a class."""
    tree = ast.parse((settings.BASE_DIR / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def named(text):
    """Returns the (path, test) of every test that a text names; the test is empty where the text names a whole file."""
    return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)


def test_every_test_that_the_page_names_exists():
    missing = [
        f"{path}::{test}"
        for path, test in named(PAGE)
        if not (settings.BASE_DIR / path).is_file() or (test and test not in names_of_tests(path))
    ]
    assert missing == []


def test_every_rule_names_a_test():
    rows = [line for line in RULES.splitlines() if re.match(r"\| \d", line)]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, len(rows) + 1))
    assert [row for row in rows if not any(test for _, test in named(row))] == []
    assert len(rows) >= 15


def test_a_test_is_named_with_its_file_and_in_no_other_way():
    assert re.findall(r"`test_\w+`", PAGE) == []


def test_the_room_leads_to_the_page():
    assert "docs/anonymity.md" in (settings.BASE_DIR / "assessments" / "anonymity" / "__init__.py").read_text()
