"""A release's descriptions are all there by their names, the same each time, and its checksums can be looked at."""

import hashlib
import json
import subprocess
from dataclasses import replace

import pytest

from assessments.dataset.metadata.files import CHECKSUMS, checksums, describe
from tests.assessments.dataset.metadata.release import DATASET, PATHS


@pytest.fixture(scope="module")
def files():
    return describe(DATASET, PATHS, [*PATHS.values(), "spss/rounds.sav"])


def test_every_description_is_there_and_the_readme_names_it(files):
    assert list(files) == [
        "README.md", "LICENCE.txt", "CITATION.cff", "codeboek.pdf", "scoring.md", "datapackage.json", "dataset.jsonld",
        "ddi-codebook-2.5.xml", "ddi-codebook-2.6.xml",
        "vragenlijst/vragenlijst-0.9.json", "vragenlijst/vragenlijst-0.9.csv",
        "vragenlijst/vragenlijst-1.1.json", "vragenlijst/vragenlijst-1.1.csv",
    ]  # fmt: skip
    readme = files["README.md"].decode()
    assert all(f"`{name}`" in readme for name in files if "/" not in name)
    assert "`spss/*.sav`" in readme
    assert f"`{CHECKSUMS}`" in readme


def test_the_questionnaire_is_there_whole_for_each_version(files):
    found = [json.loads(files[f"vragenlijst/vragenlijst-{version}.json"]) for version in ("0.9", "1.1")]
    texts = [next(own["text"] for own in one["statements"] if own["key"] == "RG1") for one in found]
    assert texts[0] == f"Vroeger: {texts[1]}"


def test_the_same_release_gives_the_same_bytes_and_reads_no_rows(files):
    blind = replace(DATASET, tables=tuple(replace(table, read=lambda: 1 / 0) for table in DATASET.tables))
    assert describe(blind, PATHS, [*PATHS.values(), "spss/rounds.sav"]) == files


def test_checksums_are_read_by_the_usual_program(tmp_path):
    files = {"b b.txt": b"b", "map/a.txt": b"a"}
    (tmp_path / "map").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    listed = checksums({name: hashlib.sha256(content).hexdigest() for name, content in files.items()})
    (tmp_path / CHECKSUMS).write_text(listed)
    check = ["sha256sum", "--check", "--strict", CHECKSUMS]
    said = subprocess.run(
        check, cwd=tmp_path, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    )
    assert said.stdout.splitlines() == ["b b.txt: OK", "map/a.txt: OK"]
    (tmp_path / "map" / "a.txt").write_bytes(b"c")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1
