"""Copies of the database, of its files and of its log are searched for answers, in every state of a round.

The same search and the same programs run on responses as they were kept before (partner, level and answers in clear),
so that a search that finds nothing there is no search.
"""

import json
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from assessments.actions.mail import queue_to_unfinished
from assessments.actions.participants import remove_participant
from assessments.actions.participation import correct_level, opt_out
from assessments.actions.rounds import close_round
from assessments.anonymity.erasure import wipe
from assessments.anonymity.seal import NONCE, PAGE, RoundKeys, Unreadable
from assessments.anonymity.secrets import keys_of
from assessments.models import Message, MessageKind, MessageState, OpenLink, Response, RoundSecret
from assessments.scores.answers import asked_of
from tests.attacks.copies import (
    AS_IT_WAS,
    all_is_logged,
    alone_at_their_place,
    between_two_copies,
    blobs_after,
    keep_as_it_was,
    take_copy,
)
from tests.cast import build_cast, save_answers

pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True)]

SEATS = {
    ("school", "uitvoerend"): 6,
    ("buurtteam", "uitvoerend"): 4,
    ("gemeente", "uitvoerend"): 1,
    ("school", "management"): 3,
    ("buurtteam", "management"): 2,
    ("school", "bestuur"): 1,
    ("buurtteam", "bestuur"): 1,
    ("gemeente", "bestuur"): 3,
}  # 21 people, three of them alone at their place
MARK = "abcdefghijkl"  # of a browser


class Life:
    """Plays a round in which 21 people answer over four days, correct, move and leave, each in their own way."""

    def __init__(self, seed: str, *, as_it_was: bool = False):
        self.cast = build_cast(SEATS, minimum=5)
        self.round, self.people = self.cast.round, self.cast.participants()
        self.chance, self.as_it_was = Random(seed), as_it_was
        asked = asked_of(self.round.instrument, "bestuur")
        self.answers = {p.pk: {key: self.chance.choice([1, 2, 3, 4, 5, "?"]) for key in asked} for p in self.people}
        self.texts = {p.pk: f"Een zin over {seed} van deelnemer {n} alleen" for n, p in enumerate(self.people)}
        Message.objects.update(state=MessageState.SENT, sent_at=timezone.now() - timedelta(days=9))

    def answer(self, person, *, submit=True):
        person.refresh_from_db()
        given = self.answers[person.pk]
        save_answers(person.pk, given, texts={"open_slot": self.texts[person.pk]}, submit=submit, browser=MARK)
        if self.as_it_was:
            keep_as_it_was(keys_of(self.round).response_key(person.pk), person, given)

    def days(self):
        """Lets four days pass, with reminders in between; yields a copy after each, the last with all files."""
        order = self.chance.sample(self.people, len(self.people))
        kinds = [MessageKind.REMINDER_1, MessageKind.REMINDER_2, MessageKind.REMINDER_3]
        for day, kind in enumerate([*kinds, None]):
            for person in order[5 * day : 5 * day + 5]:
                self.answer(person)
            if day == 1:
                correct_level(participant_id=order[0].pk, level="management")
                self.answer(order[1])
                opt_out(participant_id=order[2].pk)
            if day == 2:
                self.answer(order[20], submit=False)
                remove_participant(participant_id=order[20].pk)
            if kind:
                queue_to_unfinished(round_id=self.round.pk, kind=kind)
                _send_the_day_before()  # nobody gets two mails on a day
            yield take_copy(with_files=kind is None)

    def documents(self):
        """Yields each person's answers, a dozen statements at a time, in every spelling that could stand somewhere."""
        for given in self.answers.values():
            for start in range(0, 48, 12):
                part = dict(list(given.items())[start : start + 12])
                yield json.dumps(part)[1:-1].encode()
                yield json.dumps(part, separators=(",", ":"))[1:-1].encode()
                yield "".join(map(str, part.values())).encode()
                yield json.dumps([*part.values()])[1:-1].encode()

    def written(self):
        return [text.encode() for text in self.texts.values()]

    def read_back(self, content: bytes, keys: RoundKeys) -> int:
        """Returns the number of people whose answers open by trying every place after the key of their response."""
        return sum(_opens(content, keys, person.pk) for person in self.people)


def _send_the_day_before():
    yesterday = timezone.now() - timedelta(days=1)
    Message.objects.queued().update(state=MessageState.SENT, sent_at=yesterday)


def _opens(content, keys, some_id):
    key = keys.response_key(some_id)
    for blob in blobs_after(content, key.bytes, NONCE + PAGE + 16):
        try:
            return bool(keys.open(key, blob).answers)
        except Unreadable:
            continue
    return False


@pytest.fixture
def life(request):
    return Life(request.node.name)


@pytest.fixture
def life_as_it_was(request):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {AS_IT_WAS} (key uuid PRIMARY KEY, partner_id bigint, level text, answers text)")
        yield Life(request.node.name, as_it_was=True)
        cursor.execute(f"DROP TABLE {AS_IT_WAS}")


@pytest.mark.smoke
def test_daily_copies_of_an_open_round_and_one_of_the_closed_one_hold_no_answer(life):
    copies = list(life.days())
    assert Response.objects.submitted().count() == 19
    for copy in copies:
        assert [(piece, where) for piece in (*life.documents(), *life.written()) if (where := copy.where(piece))] == []
        for row in copy.rows[Response._meta.db_table]:
            assert set(row) == {"key", "round_id", "open_link_id", "is_submitted", "sealed"}
            assert row["open_link_id"] is None
    close_round(round_id=life.round.pk)
    wipe()
    copy = take_copy()
    assert copy.rows[Response._meta.db_table] == copy.rows[RoundSecret._meta.db_table] == []
    assert [(piece, where) for piece in life.documents() if (where := copy.where(piece))] == []
    texts = copy.rows["assessments_openanswer"]  # what was written is kept, apart from who wrote it and what they chose
    assert len(texts) == 19
    assert set(texts[0]) == {"id", "round_id", "question", "level", "text", "is_cleared", "is_left_out"}


def test_the_same_search_finds_every_answer_as_it_was_kept_before(life_as_it_was):
    *_, copy = life_as_it_was.days()
    found = [copy.where(json.dumps(given).encode()) for given in life_as_it_was.answers.values()]
    assert sum({"data", AS_IT_WAS} <= where for where in found) == 21
    assert sum("pg_wal" in where for where in found) > 15  # some lie over two of its pages


def test_a_log_with_every_parameter_holds_no_answer(life_as_it_was):
    person = life_as_it_was.people[0]
    with all_is_logged():
        life_as_it_was.answer(person)
        copy = take_copy()
    assert "log" in copy.where(
        next(life_as_it_was.documents())
    )  # of the row as it was: the log is written and searched
    signs, text = "".join(map(str, life_as_it_was.answers[person.pk].values())), life_as_it_was.texts[person.pk]
    assert "log" not in copy.where(signs.encode()) | copy.where(text.encode())


def test_programs_that_named_people_by_copies_name_nobody(life_as_it_was):
    copies = list(life_as_it_was.days())
    right = {str(pk): json.dumps(given) for pk, given in life_as_it_was.answers.items()}
    for named in (alone_at_their_place(copies[-1], AS_IT_WAS), between_two_copies(copies, AS_IT_WAS)):
        assert len([one for one in named if right[one.participant] == one.answers]) >= 3
    assert set().union(*map(alone_at_their_place, copies)) == set()
    assert between_two_copies(copies) == set()


def test_the_log_of_the_database_and_a_backup_open_with_the_secret_of_then_and_with_no_other(life):
    """PostgreSQL's log keeps what was erased until it is written over, so the secret of then must go or be guarded."""
    for person in life.people:
        life.answer(person)
    keys, backup = keys_of(life.round), take_copy()
    close_round(round_id=life.round.pk)
    wipe()
    later = take_copy()
    assert keys.round_secret not in later.files["data"]
    assert life.read_back(backup.files["data"], keys) == 21
    assert keys.round_secret in later.files["pg_wal"]
    assert life.read_back(later.files["pg_wal"], keys) > 15
    next_generation = RoundKeys(keys.round_id, b"another secret, with that of then destroyed", keys.round_secret)
    for content in (*backup.files.values(), *later.files.values()):
        assert life.read_back(content, next_generation) == 0


def test_who_came_by_an_open_link_leaves_no_answer_either(life):
    link = OpenLink.objects.create(round=life.round, partner=life.cast.partners["gemeente"], level="uitvoerend", cap=9)
    given, text = life.answers[life.people[0].pk], "Een zin van een gast"
    save_answers(link.pk, given, texts={"open_slot": text}, guest_id=life.people[0].pk, submit=True, browser=MARK)
    copy = take_copy()
    assert [piece for piece in (*life.documents(), text.encode()) if copy.where(piece)] == []
    [row] = copy.rows[Response._meta.db_table]
    assert set(row) == {"key", "round_id", "open_link_id", "is_submitted", "sealed"}
