"""The text in which a page says what it showed is read back as it was, and only what differs counts as given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.filling.own_answers import digest
from assessments.filling.shown import Shown

TEXTS = st.dictionaries(st.sampled_from(["open_slot", "open_startcondities"]), st.text(max_size=20))
ANSWERS = st.dictionaries(st.sampled_from(["VG1", "VG2", "PR1"]), st.sampled_from([1, 2, 3, 4, 5, "?"]))


@given(answers=ANSWERS, texts=TEXTS)
def test_what_is_written_is_read_back_and_differs_in_nothing(answers, texts):
    shown = Shown.of(answers, texts)
    assert Shown.from_text(str(shown)) == shown
    assert (shown.other_answers(answers), shown.other_texts(texts)) == ({}, {})


def test_it_is_written_as_the_script_reads_it():
    assert str(Shown.of({"VG1": 4, "VG2": "?"}, {"open_slot": ""})) == "VG1:4 VG2:? open_slot:"
    assert str(Shown.of({}, {"open_slot": "Goed"})) == f"open_slot:{digest('Goed')}"


@pytest.mark.parametrize("text", ["", "onzin", "  ", "VG1"])
def test_what_cannot_be_read_was_not_shown(text):
    assert Shown.from_text(text).other_answers({"VG1": 4}) == {"VG1": 4}


def test_answers_and_texts_that_differ_from_it_were_given():
    shown = Shown.of({"VG1": 4, "VG2": 1}, {"open_slot": "Goed", "open_startcondities": ""})
    assert shown.other_answers({"VG1": 4, "VG2": 2, "VG3": "?", "VG4": None}) == {"VG2": 2, "VG3": "?"}
    assert shown.other_texts({"open_slot": "", "open_startcondities": ""}) == {"open_slot": ""}
