"""Counting in the database, from a file and person by person: the same scores, on PostgreSQL and on SQLite."""

import uuid
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import cells
from assessments.answer_files import count as count_file
from assessments.answer_files import read_answers
from assessments.models import Response
from assessments.scores.cells import cells as counted_cells
from assessments.scores.scoring import score
from tests.cast import build_cast
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, csv_of, plain_scores

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]


def some_people(seed: int) -> list[Person]:
    chance = Random(seed)
    ouders = [
        Person(
            "", "ouders", {f"OU{number}": chance.choice("12345?") for number in range(1, 9) if chance.random() < 0.6}
        )
        for _ in range(seed % 7)
    ]
    return [person for person in network(chance, most=25) if person.answers] + [p for p in ouders if p.answers]


def round_with(people: list[Person]):
    cast = build_cast({(partner, "uitvoerend"): 3 for partner in {person.partner for person in people} - {""}})
    answer(cast.round, people)
    return cast.round


def answer(round, people: list[Person]) -> None:
    partners = {partner.key: partner for partner in round.network.partners.all()}
    Response.objects.bulk_create(
        Response(
            key=uuid.uuid4(),
            round=round,
            partner=partners.get(person.partner),
            level=person.level,
            answers={key: value if value == "?" else int(value) for key, value in person.answers.items()},
            is_submitted=True,
        )
        for person in people
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_database_a_file_and_a_count_by_hand_give_the_same_scores(seed, tmp_path):
    people = some_people(seed)
    round = round_with(people)
    file = tmp_path / "answers.csv"
    file.write_text(csv_of(people))
    by_hand = plain_scores(people)
    assert score(cells.count(round), INSTRUMENT) == by_hand
    assert score(count_file(read_answers(file, INSTRUMENT), INSTRUMENT), INSTRUMENT) == by_hand


def test_only_what_was_submitted_in_this_round_counts():
    people = some_people(1)
    round = round_with(people)
    Response.objects.create(round=round, level="uitvoerend", answers={"RG1": 1, "RG2": 1}, is_submitted=False)
    before = score(cells.count(round), INSTRUMENT)
    assert before == plain_scores(people)
    kept = Response.objects.filter(round=round, is_submitted=True)
    assert kept.count() == len(people)


def test_a_round_without_answers_has_no_scores():
    assert score(cells.count(build_cast().round), INSTRUMENT) == plain_scores([])


def test_as_many_questions_are_put_to_the_database_for_one_person_as_for_many():
    people = some_people(2)
    round = round_with(people[:1])
    numbers = []
    for more in ([], people):
        answer(round, more)
        with CaptureQueriesContext(connection) as asked:
            cells.count(round)
        numbers.append(len(asked))
    assert numbers == [len(INSTRUMENT.blocks) + 1] * 2


def test_cells_grow_with_the_instrument_and_not_with_the_people():
    rules = [statement.key for statement in INSTRUMENT.blocks["regels"]]
    people = [Person("a", "uitvoerend", dict.fromkeys(rules, value)) for value in "12345"]
    round = round_with(people)
    few = counted_cells(cells.count(round), INSTRUMENT)
    answer(round, people * 19)
    many = counted_cells(cells.count(round), INSTRUMENT)
    for name in ("scores", "masks"):
        assert len(getattr(few, name)) == len(getattr(many, name))
        assert 20 * getattr(few, name)["people"].sum() == getattr(many, name)["people"].sum()
