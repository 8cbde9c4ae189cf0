"""`manage.py score` prints the figures that may be shown on stdout, or every fault and nothing else.

Faults are named by file and line, on stderr.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments.results.document import for_scripts, to_json
from assessments.results.pipeline import results_of_scores
from factors.instrument import CONTEXT, LEVELS
from tests.people import INSTRUMENT, Person, answering, csv_of, plain_scores

HEADER = "respondent,partner,level,statement,value\n"
ROW = "r1,school,uitvoerend,RG1,4\n"
INVITED = "partner,level,invited\n"


@pytest.fixture
def run(tmp_path, capsys):
    """Returns a function that gives exit code, document or None, and lines on stderr with `FILE` for the folder."""

    def run(answers, invited=None, *options):
        arguments = [_file(tmp_path / "answers.csv", answers)]
        if invited is not None:
            arguments += ["--invited", _file(tmp_path / "invited.csv", invited)]
        code = 0
        try:
            call_command("score", *arguments, *options)
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        assert (bool(out), bool(err)) == (code == 0, code != 0)
        return code, json.loads(out) if out else None, err.replace(f"{tmp_path}/", "").splitlines()

    return run


def _file(path: Path, content: str | bytes | None) -> str:
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


# The figures.

CROWD = [
    *(answering("school", "uitvoerend", value) for value in (2, 2, 3, 3, 4, 4, 4, 4, 4, 5)),
    *(answering("gemeente", "management", value) for value in (3, 3, 4, 4, 4)),
    *(answering("school", "bestuur", value) for value in (5, 5, 5, 5, 5)),
    *(answering("", "ouders", value) for value in (2, 3, 3, 3, 4)),
]
PLACES = ("school,uitvoerend,12", "gemeente,management,8", "school,bestuur,5")


def test_what_it_prints_is_what_is_worked_out_person_by_person(run):
    invited = {("school", "uitvoerend"): 12, ("gemeente", "management"): 8, ("school", "bestuur"): 5}
    code, document, _ = run(csv_of(CROWD), INVITED + "\n".join(PLACES))
    assert code == 0
    assert document == for_scripts(
        to_json(results_of_scores(plain_scores(CROWD), INSTRUMENT, invited=invited), INSTRUMENT)
    )


def test_the_keys_are_the_documented_ones_and_no_others(run):
    _, document, _ = run(csv_of(CROWD), INVITED + "\n".join(PLACES))
    assert list(document) == ["groups", "differences", "advice", "hidden", "versions"]
    assert [(group["kind"], group["key"]) for group in document["groups"]] == [
        ("level", "uitvoerend"),
        ("level", "management"),
        ("level", "bestuur"),
        ("perspective", "ouders"),
        ("partner", "gemeente"),  # school minus uitvoerend would give the limit of bestuur away
    ]
    for group in document["groups"]:
        known = set() if group["kind"] == "perspective" else {"invited"}
        assert set(group) == {"kind", "key", "n", "factors", "dimensions", "outcome"} | known
    uitvoerend, _, bestuur, ouders, *_ = document["groups"]
    assert set(uitvoerend["factors"]["regels"]) == {"n", "mean", "low", "high", "split", "unknown", "band"}
    assert bestuur["factors"]["regels"] == {"n": 5, "limit": "high", "band": "sterk"}
    assert ouders["outcome"] == {"ouders": {"n": 5, "mean": 3.0, "band": "bespreken"}}
    assert {frozenset(row) for row in document["differences"]} == {
        frozenset({"factor", "levels", "size", "label"}),
        frozenset({"factor", "levels", "label"}),
    }
    assert {frozenset(row) for row in document["hidden"]} == {frozenset({"kind", "key", "item", "why"})}
    assert all(set(row) == {"key", "level", "rule"} for row in document["advice"])
    assert set(document["versions"]) == {"instrument", "rules"}


def test_without_the_numbers_invited_there_is_no_invited(run):
    _, document, _ = run(csv_of(CROWD))
    assert all("invited" not in group for group in document["groups"])


def test_a_network_of_three_levels_stands_after_the_levels(run):
    crowd = [answering("a", level, 3) for level in ("bestuur", "management", "uitvoerend") for _ in range(5)]
    _, document, _ = run(csv_of(crowd))
    assert [group["key"] for group in document["groups"]] == ["uitvoerend", "management", "bestuur", "network", "a"]


def test_a_header_alone_gives_empty_lists(run):
    for answers in (HEADER, HEADER.strip(), HEADER + "\n\n"):
        code, document, _ = run(answers, INVITED + "\n".join(PLACES))
        assert code == 0
        assert [document[key] for key in ("groups", "differences", "advice", "hidden")] == [[], [], [], []]


def test_a_row_that_is_not_there_is_unanswered_and_an_empty_value_is_weet_niet(run):
    crowd = [answering("a", "uitvoerend", 3, regels="33??") for _ in range(10)]
    crowd += [answering("a", "uitvoerend", 3, regels="33..") for _ in range(10)]
    _, document, _ = run(csv_of(crowd))
    figure = document["groups"][0]["factors"]["regels"]
    assert (figure["n"], figure["unknown"]) == (20, 0.3)  # 20 of the 60 rows given


def test_respondents_and_partners_are_told_apart_by_every_character(run):
    """'1', '01' and '1.0' are three people, and a partner may be called NA, None or 3."""
    rows = "".join(
        f"{name},{partner},uitvoerend,{statement},3\n"
        for name, partner in (("1", "NA"), ("01", "NA"), ("1.0", "NA"), (" 1", "3"), ("1 ", "3"), ("NA", "3"))
        for statement in ("RG1", "RG2")
    )
    _, document, _ = run(HEADER + rows, None, "--minimum", "3")
    assert {(group["key"], group["n"]) for group in document["groups"]} == {("uitvoerend", 6), ("NA", 3), ("3", 3)}


@pytest.mark.parametrize(("minimum", "levels"), [("3", 1), ("03", 1), ("5", 0)])
def test_the_minimum_is_five_unless_told_otherwise(run, minimum, levels):
    people = csv_of([answering("a", "uitvoerend", 3) for _ in range(4)])
    assert len(run(people, None, "--minimum", minimum)[1]["groups"]) == 2 * levels
    assert run(people)[1]["groups"] == []


# What the network says of itself. Sterke Schakels, recommendation 4 of §4.3: know where your own municipality stands.

SOME_LOW = [answering("a", level, 4, regels="2") for level in LEVELS for _ in range(10)]
SAYS = {
    "--inwoners": ("tot_20000", "netwerk_kleine_gemeente"),
    "--vorm": ("samen", "vorm_op_school_of_samen"),
}


def test_what_the_network_says_of_itself_chooses_advice_with_the_scores(run, subtests):
    def rules(*options):
        return {advice["rule"] for advice in run(csv_of(SOME_LOW), None, *options)[1]["advice"]}

    unsaid = rules()
    for option, (answer, rule) in SAYS.items():
        with subtests.test(option):
            assert rule in rules(option, answer) - unsaid


def test_the_network_reads_the_fourth_recommendation_where_it_told_its_size(run, subtests):
    for size in CONTEXT["netwerk.inwoners"]:
        with subtests.test(size):
            _, document, _ = run(csv_of(SOME_LOW), None, "--inwoners", size)
            given = [row["rule"] for row in document["advice"] if row["key"] == "algemeen_past_dit_bij_ons"]
            assert any(rule in ("netwerk_kleine_gemeente", "netwerk_grote_gemeente") for rule in given) == (
                size != "tot_100000"
            )


def test_an_answer_that_the_network_cant_give_is_refused_with_those_that_it_can(run):
    code, _, errors = run(HEADER, None, "--inwoners", "30000", "--jgz-in-team", "", "--minimum", "2")
    assert code == 2
    assert errors == [
        "--minimum: '2' is geen heel getal vanaf 3",
        "--inwoners: '30000' is geen antwoord; kies tot_20000, tot_50000, tot_100000, tot_250000 of vanaf_250000",
        "--jgz-in-team: '' is geen antwoord; kies ja of nee",
    ]


# Faults: all of them, each on its own line, and nothing on stdout.


def test_a_minimum_that_is_no_whole_number_from_three_is_refused(run, subtests):
    for minimum in ("2", "0", "-1", "x", "3.0", "", " 3", "3 ", "+3", "5e0", "\uff15", "9" * 5000):
        with subtests.test(minimum[:10]):
            code, _, errors = run(HEADER, None, f"--minimum={minimum}")
            assert (code, len(errors)) == (2, 1)


def test_faults_of_both_files_are_told_together(run):
    code, _, errors = run(HEADER + ROW.replace("4", "9"), INVITED + "school,uitvoerend,x\n")
    assert [error.split(": ")[0] for error in errors] == ["answers.csv:2", "invited.csv:2"]
    assert code == 2


def test_ouders_need_no_number_invited(run):
    assert run(csv_of([answering("", "ouders", 3)] * 5), INVITED)[0] == 0


def test_a_file_that_is_not_there_is_a_fault(run):
    code, _, errors = run(None)
    assert (code, [error.split(": ")[0] for error in errors]) == (2, ["answers.csv:1"])


def test_ten_thousand_faults_are_ten_thousand_lines(run):
    rows = "".join(f"r{number},school,uitvoerend,RG1,9\n" for number in range(10_000))
    assert len(run(HEADER + rows)[2]) == 10_000


# As other programs call it.


def test_it_needs_no_database_and_no_folder_of_its_own(tmp_path):
    (tmp_path / "antwoorden.csv").write_text(csv_of(CROWD))
    (tmp_path / "fout.csv").write_text(HEADER + ROW.replace("4", "9"))
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "DEBUG": "on"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "score"]
    done = [
        subprocess.run([*command, name], cwd=tmp_path, env=environment, capture_output=True, text=True)
        for name in ("antwoorden.csv", "fout.csv")
    ]
    assert [(run.returncode, bool(run.stdout)) for run in done] == [(0, True), (2, False)]
    assert done[0].stderr == ""
    assert re.fullmatch(r"fout\.csv:2: .+\n", done[1].stderr)


def test_people_without_any_score_are_no_respondents(run):
    crowd = [answering("a", "uitvoerend", 3) for _ in range(5)] + [Person("a", "uitvoerend", {"RG1": "3"})]
    _, document, _ = run(csv_of(crowd))
    assert Counter(group["n"] for group in document["groups"]) == {5: 2}
