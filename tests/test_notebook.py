"""The notebook comes to the figures of the demo's closed round, and under its cells stands what they print."""

import shutil

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.notebooks import REKENEN, outputs, run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(kept, tmp_path_factory):
    """Returns a folder with what `make notebook` writes."""
    folder = tmp_path_factory.mktemp("notebook")
    with override_settings(DEBUG=True), (folder / "published.json").open("w") as file:
        call_command("demo", "--answers", str(folder / "answers.csv"))
        call_command("results", "demo", stdout=file)
    return folder


def test_from_the_answers_of_the_demo_it_comes_to_what_was_published(folder):
    """The cells themselves compare, to the last decimal."""
    cells = list(run(REKENEN, folder=folder))
    assert len(cells) > 8
    for cell, printed in cells:
        assert cell["outputs"] == outputs(printed), cell["id"]


def test_from_another_answer_it_comes_to_something_else(folder, tmp_path):
    shutil.copy(folder / "published.json", tmp_path)
    head, first, *others = (folder / "answers.csv").read_text().splitlines()
    changed = first[:-1] + ("1" if first.endswith("5") else "5")
    (tmp_path / "answers.csv").write_text("\n".join([head, changed, *others]))
    with pytest.raises(AssertionError):
        list(run(REKENEN, folder=tmp_path))
