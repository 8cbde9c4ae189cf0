"""A response keeps the last answer to each statement, and nothing stored tells whose it is or when it was given."""

import threading
import uuid

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.actions.participation import correct_level, opt_out, rejoin, report_wrong_person
from assessments.actions.rounds import close_round
from assessments.anonymity.secrets import keys_of
from assessments.models import DailyCount, OpenLink, Participant, Response
from assessments.rules.workflow import NotAllowed
from assessments.scores.answers import NotAnAnswer
from tests.cast import filled, opened, save_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast):
    return cast.participants()[0]


def test_the_last_value_of_each_statement_counts(anna):
    save_answers(anna.pk, {"VG1": 2, "VG2": 5})
    save_answers(anna.pk, {"VG1": "?"})
    assert filled().answers == {"VG1": "?", "VG2": 5}


def test_an_empty_text_takes_the_earlier_one_back(anna):
    save_answers(anna.pk, {}, texts={"open_slot": "Meer tijd"})
    save_answers(anna.pk, {}, texts={"open_slot": "  "})
    assert filled().texts == {}


@pytest.mark.parametrize("answers", [{"XX1": 3}, {"OU1": 3}, {"VG1": 6}, {"VG1": 0}, {"VG1": True}, {"VG1": "3"}])
def test_what_was_not_asked_is_refused(anna, answers):
    with pytest.raises(NotAnAnswer):
        save_answers(anna.pk, answers)
    assert not Response.objects.exists()


def test_submitting_twice_counts_once(cast, anna):
    cast.answer(anna)
    cast.answer(anna)
    assert Response.objects.count() == 1
    assert DailyCount.objects.get().submitted == 1


def test_a_closed_round_takes_no_answer(cast, anna):
    for participant in cast.participants():
        cast.answer(participant)
    close_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        save_answers(anna.pk, {"VG1": 1})


def test_a_response_has_no_trace_of_the_person(cast, anna):
    cast.answer(anna)
    row = Response.objects.values().get()
    assert set(row) == {"key", "round_id", "open_link_id", "is_submitted", "sealed"}
    assert row["key"] == keys_of(cast.round).response_key(anna.pk)
    assert str(anna.pk) not in str(row)


def test_saving_leaves_no_number_of_its_transaction_on_the_participant(cast, anna):
    def traces():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, xmin::text, xmax::text, ctid::text FROM assessments_participant")
            return sorted(cursor.fetchall())

    before = traces()
    cast.answer(anna)
    assert traces() == before


@pytest.mark.django_db(transaction=True)
def test_who_leaves_does_not_wait_for_mail_to_colleagues_that_is_being_queued(cast, anna):
    """Each new message locks its participant's key until it commits; two who wait for each other would deadlock."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as queueing, connection.cursor() as leaving:
            queueing.execute("SELECT 1 FROM assessments_participant FOR KEY SHARE")
            leaving.execute("SET lock_timeout = '3s'")
            opt_out(participant_id=anna.pk)
            leaving.execute("RESET lock_timeout")
    finally:
        other.rollback()
        other.close()
    anna.refresh_from_db()
    assert anna.has_opted_out


def test_who_sent_and_then_leaves_is_no_longer_counted_among_the_sent(cast, anna):
    cast.answer(anna)
    cast.answer(cast.participants()[1])
    opt_out(participant_id=anna.pk)
    assert DailyCount.objects.get().submitted == Response.objects.count() == 1


def test_nothing_said_is_not_kept_and_not_sent(anna):
    save_answers(anna.pk, {})
    assert not save_answers(anna.pk, {}, texts={"open_slot": " "}, submit=True).is_submitted
    assert not Response.objects.exists()
    assert not DailyCount.objects.exists()


def test_a_participant_who_was_just_removed_gets_a_sentence(anna):
    anna.delete()
    with pytest.raises(NotAllowed):
        opt_out(participant_id=anna.pk)


def test_opting_out_erases_the_answers_and_refuses_new_ones(cast, anna):
    cast.answer(anna)
    opt_out(participant_id=anna.pk)
    assert not Response.objects.exists()
    with pytest.raises(NotAllowed):
        save_answers(anna.pk, {"VG1": 1})
    anna.refresh_from_db()
    assert (anna.has_opted_out, anna.no_reminders, anna.takes_part) == (True, True, False)


def test_who_takes_part_after_all_starts_again(cast, anna):
    cast.answer(anna)
    report_wrong_person(participant_id=anna.pk)
    rejoin(participant_id=anna.pk)
    save_answers(anna.pk, {"VG1": 1})
    assert filled().answers == {"VG1": 1}


def test_correcting_the_level_moves_answers_and_the_number_invited_together(cast, anna):
    cast.answer(anna)
    correct_level(participant_id=anna.pk, level="management")
    invited = Participant.objects.filter(round=cast.round).invited_by_cell()
    assert invited == {("school", "uitvoerend"): 3, ("school", "management"): 4, ("gemeente", "bestuur"): 3}
    save_answers(anna.pk, {"VG1": 1})
    assert Response.objects.count() == 1


class TestOpenLink:
    @pytest.fixture
    def link(self, cast):
        return OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=2)

    def save(self, link, guest, **answers):
        save_answers(link.pk, answers, guest_id=guest)

    def test_a_browser_has_one_response(self, link):
        guest = uuid.uuid4()
        self.save(link, guest, VG1=1)
        self.save(link, guest, VG1=5)
        assert (filled().answers, Response.objects.get().open_link) == ({"VG1": 5}, link)

    def test_the_cap_refuses_new_people_and_not_those_who_are_in(self, link):
        first, second = uuid.uuid4(), uuid.uuid4()
        self.save(link, first, VG1=1)
        self.save(link, second, VG1=1)
        with pytest.raises(NotAllowed):
            self.save(link, uuid.uuid4(), VG1=1)
        self.save(link, first, VG1=2)
        assert Response.objects.count() == 2

    def test_ouders_get_their_own_statements(self, cast):
        link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
        self.save(link, uuid.uuid4(), OU1=4)
        with pytest.raises(NotAnAnswer):
            self.save(link, uuid.uuid4(), VG1=4)
        assert filled().answers == {"OU1": 4}


SAVES = st.lists(
    st.tuples(
        st.sampled_from(["phone", "laptop"]),
        st.dictionaries(
            st.sampled_from(["VG1", "VG2", "PR1", "EF4"]), st.sampled_from([1, 2, 3, 4, 5, "?"]), max_size=3
        ),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(saves=SAVES)
def test_any_interleaving_of_two_devices_ends_with_the_last_write_of_each_statement(cast, anna, saves):
    Response.objects.all().delete()
    expected, is_sent = {}, False
    for _, answers, submit in saves:
        save_answers(anna.pk, answers, submit=submit)
        expected |= answers
        is_sent |= submit and bool(expected)
    stored = Response.objects.filter(round=cast.round)
    sent = [(opened(response)[0].answers, response.is_submitted) for response in stored]
    assert sent == ([(expected, is_sent)] if expected else [])


def at_once(*acts):
    """Runs the acts at the same moment, each on a connection of its own; returns the exceptions that they raised."""
    barrier, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait()
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.django_db(transaction=True)
def test_saves_at_the_same_moment_lose_nothing(cast):
    people = cast.participants()[:4]
    statements = [s.key for f in cast.round.instrument.factors for s in f.statements][:12]

    def device(person, part):
        def act():
            for place, key in enumerate(statements[part::2]):
                save_answers(person.pk, {key: 1 + place % 5}, submit=place >= 2)

        return act

    faults = at_once(*[device(person, part) for person in people for part in (0, 1)])
    assert faults == []
    expected = {key: 1 + place // 2 % 5 for place, key in enumerate(statements)}
    assert [own.answers for own in opened()] == [expected] * len(people)
    assert DailyCount.objects.get().submitted == len(people)


@pytest.mark.django_db(transaction=True)
def test_newcomers_at_the_same_moment_are_no_more_than_the_link_lets_in(cast):
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=2)

    def newcomer():
        save_answers(link.pk, {"VG1": 1}, guest_id=uuid.uuid4())

    faults = at_once(*[newcomer] * 6)
    assert [type(fault) for fault in faults] == [NotAllowed] * 4
    assert Response.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_opting_out_while_colleagues_submit_leaves_no_answers(cast):
    anna, *others = cast.participants()[:4]
    for attempt in range(5):
        rejoin(participant_id=anna.pk)
        save_answers(anna.pk, {"VG1": 1}, submit=True)

        def submit(person):
            return lambda: [save_answers(person.pk, {"VG1": 2}, submit=True) for _ in range(5)]

        assert at_once(lambda: opt_out(participant_id=anna.pk), *map(submit, others)) == []
        assert not Response.objects.filter(key=keys_of(cast.round).response_key(anna.pk)).exists(), attempt
    assert Response.objects.count() == len(others)
