"""Counting opened responses, counting a file and counting person by person give the same scores."""

from random import Random

import pytest

from assessments.results.answer_files import count as count_file
from assessments.results.answer_files import read_answers
from assessments.results.tally import Tally
from assessments.scores.answers import Sent
from assessments.scores.cells import cells as counted_cells
from assessments.scores.scoring import score
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, csv_of, plain_scores

pytestmark = pytest.mark.smoke


def some_people(seed: int) -> list[Person]:
    chance = Random(seed)
    ouders = [
        Person(
            "", "ouders", {f"OU{number}": chance.choice("12345?") for number in range(1, 9) if chance.random() < 0.6}
        )
        for _ in range(seed % 7)
    ]
    return [person for person in network(chance, most=25) if person.answers] + [p for p in ouders if p.answers]


def sent(person: Person) -> Sent:
    return Sent(" ".join(person.answers), "".join(person.answers.values()))


def tally_of(people: list[Person]) -> Tally:
    tally = Tally(INSTRUMENT)
    for person in people:
        tally.add(person.partner, person.level, False, sent(person))
    return tally


@pytest.mark.parametrize("seed", range(6))
def test_a_tally_a_file_and_a_count_by_hand_give_the_same_scores(seed, tmp_path):
    people = some_people(seed)
    file = tmp_path / "answers.csv"
    file.write_text(csv_of(people))
    by_hand = plain_scores(people)
    assert score(tally_of(people).counts(), INSTRUMENT) == by_hand
    assert score(count_file(read_answers(file, INSTRUMENT), INSTRUMENT), INSTRUMENT) == by_hand


def test_only_those_with_a_personal_link_are_left_where_that_is_asked():
    own, guests = some_people(1), some_people(2)
    tally = tally_of(own)
    assert not tally.has_guests
    for guest in guests:
        tally.add(guest.partner, guest.level, True, sent(guest))
    assert tally.has_guests
    assert tally.people == len(own) + len(guests)
    assert score(tally.counts(), INSTRUMENT) == plain_scores(own + guests)
    assert score(tally.counts(by_personal_link=True), INSTRUMENT) == plain_scores(own)


def test_nobody_has_no_scores():
    assert score(Tally(INSTRUMENT).counts(), INSTRUMENT) == plain_scores([])


def test_cells_grow_with_the_instrument_and_not_with_the_people():
    rules = [statement.key for statement in INSTRUMENT.blocks["regels"]]
    people = [Person("a", "uitvoerend", dict.fromkeys(rules, value)) for value in "12345"]
    few = counted_cells(tally_of(people).counts(), INSTRUMENT)
    many = counted_cells(tally_of(people * 20).counts(), INSTRUMENT)
    for name in ("scores", "masks"):
        assert len(getattr(few, name)) == len(getattr(many, name))
        assert 20 * getattr(few, name)["people"].sum() == getattr(many, name)["people"].sum()
