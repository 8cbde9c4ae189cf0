"""The worked example at the top of the package is true."""

import doctest
import re

from django.conf import settings

from assessments import disclosure
from factors.worked_example import NETWORK


def test_the_example_that_the_package_opens_with_is_true():
    result = doctest.testmod(disclosure)
    assert (result.attempted, result.failed) == (8, 0)


def test_the_words_are_those_of_the_documentation():
    legend = disclosure.__doc__.partition("The words:")[2].partition("An example")[0]
    table = (settings.BASE_DIR / "docs/disclosure.md").read_text().partition("## The words")[2].partition("\n## ")[0]
    words = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    assert re.findall(r"^    (\S.*?)  ", legend, re.MULTILINE) == words[1:] != []


def test_the_example_is_the_network_of_the_public_page():
    text = disclosure.__doc__
    for row in NETWORK.rows:
        [line] = [line for line in text.splitlines() if re.match(rf" *{row.key} +\d", line)]
        assert list(map(int, line.split()[1:])) == [*filter(None, row.counts), row.total]
