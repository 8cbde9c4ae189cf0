"""The results as a document are read back unchanged, have the same bytes each time, and alone give the figures."""

import inspect
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest

from assessments.disclosure.published import Published
from assessments.results.document import (
    FORMAT,
    Results,
    UnknownFormat,
    checksum,
    for_scripts,
    from_json,
    is_readable,
    to_json,
)
from assessments.results.pipeline import results_of_scores
from assessments.scores.reliability import Alpha
from tests.clumsy import network
from tests.people import INSTRUMENT, answering, plain_scores

PARTS = ("factors", "dimensions", "outcome")


@cache
def made(seed):
    people = network(Random(seed)) + [answering("", "ouders", 3)] * seed
    alphas = {"regels": Alpha(Decimal("0.70"), 4, 31), "kennis": Alpha(Decimal("-0.05"), 4, 30)} if seed else {}
    return results_of_scores(plain_scores(people), INSTRUMENT, minimum=3, reliability=alphas)


@pytest.fixture(params=range(8))
def found(request):
    return made(request.param)


def test_a_document_read_back_is_the_same_results(found):
    document = to_json(found, INSTRUMENT)
    assert from_json(json.loads(json.dumps(document))) == found
    assert to_json(from_json(document), INSTRUMENT) == document


def test_a_document_of_each_form_that_was_ever_written_is_still_read():
    """Whoever changes the form gives it a number, and leaves this example as it is with a reader of its own."""
    kept = json.loads((Path(__file__).parent / "format-1.json").read_text())
    assert kept["format"] == FORMAT == 1
    assert to_json(from_json(kept), INSTRUMENT) == kept


def test_a_document_of_before_there_were_numbers_is_read(found):
    document = to_json(found, INSTRUMENT)
    del document["format"]
    assert from_json(document) == found


@pytest.mark.parametrize("number", [0, 2, "1", None])
def test_a_form_that_is_not_known_is_not_read(number):
    document = to_json(made(1), INSTRUMENT) | {"format": number}
    assert not is_readable(document)
    for read in (from_json, for_scripts):
        with pytest.raises(UnknownFormat):
            read(document)


def test_a_document_without_number_and_order_is_not_read():
    assert not is_readable({"minimum": 5, "groups": [], "differences": [], "advice": [], "hidden": []})


def test_the_checksum_is_that_of_the_content_and_not_of_its_order(found):
    document = to_json(found, INSTRUMENT)
    turned = dict(reversed(json.loads(json.dumps(document)).items()))
    assert checksum(turned) == checksum(document)
    turned["minimum"] += 1
    assert checksum(turned) != checksum(document)


def test_every_number_has_one_decimal(found):
    document = to_json(found, INSTRUMENT)
    figures = [figure for group in document["groups"] for part in PARTS for figure in group[part].values()]
    for figure in figures:
        numbers = [figure[key] for key in ("mean", "low", "high", "unknown", "sd") if key in figure]
        assert numbers == [round(number, 1) for number in numbers]
        assert ("mean" in figure) != ("limit" in figure)
        assert None not in figure.values()


def test_a_size_is_the_difference_of_the_published_means(found):
    document = to_json(found, INSTRUMENT)
    levels = {group["key"]: group["factors"] for group in document["groups"] if group["kind"] == "level"}
    for row in document["differences"]:
        first, second = (levels[level][row["factor"]] for level in row["levels"])
        assert ("size" in row) == ("mean" in first and "mean" in second)
        if "size" in row:
            assert row["size"] == round(first["mean"] - second["mean"], 1)


def test_scripts_get_the_documented_keys(found):
    document = to_json(found, INSTRUMENT)
    scripted = for_scripts(document)
    assert set(document) - set(scripted) == {"format", "minimum", "order", "reliability"}
    assert {key for group in scripted["groups"] for key in group} <= {
        "kind",
        "key",
        "n",
        "invited",
        "factors",
        "dimensions",
        "outcome",
    }
    figures = [figure for group in scripted["groups"] for part in PARTS for figure in group[part].values()]
    documented = {"n", "mean", "limit", "low", "high", "split", "unknown", "band"}
    assert {key for figure in figures for key in figure} <= documented
    assert {key for pick in scripted["advice"] for key in pick} <= {"key", "level", "rule"}


def test_a_document_has_nothing_of_a_single_statement(found):
    text = json.dumps(to_json(found, INSTRUMENT))
    assert not [key for key in INSTRUMENT.statements if f'"{key}"' in text]


def test_results_are_made_of_published_figures_only():
    assert list(Results.__dataclass_fields__) == ["published", "advice", "instrument", "rules", "reliability"]
    assert Results.__dataclass_fields__["published"].type == Published.__name__
    assert inspect.signature(to_json).parameters["results"].annotation == Results.__name__


def test_a_database_that_keeps_keys_in_another_order_changes_nothing(found):
    shuffled = json.loads(json.dumps(to_json(found, INSTRUMENT), sort_keys=True))
    read = from_json(shuffled).published.groups
    assert [list(group.figures) for group in read] == [list(group.figures) for group in found.published.groups]
