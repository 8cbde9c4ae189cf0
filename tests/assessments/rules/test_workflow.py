"""The table of states and work is compared with the same table read the other way round: by state."""

import pytest

from assessments.rules.workflow import ARCHIVED, CLOSED, CONCEPT, OPEN, PUBLISHED, NotAllowed, Work

ALLOWED = {
    CONCEPT: "OPENING DISCARDING SETTING_UP EDITING_THE_LIST GIVING_OUT_LINKS PLANNING_MAIL",
    OPEN: "CLOSING DISCARDING EDITING_THE_LIST GIVING_OUT_LINKS ANSWERING INVITING_AGAIN ASKING_FOR_THE_LEVEL"
    " MOVING_THE_LAST_DAY PLANNING_MAIL CHANGING_THE_CONTACT MAILING",
    CLOSED: "PUBLISHING DISCARDING CHECKING_OPEN_ANSWERS AGREEING_ON_IMPROVEMENTS ERASING_ADDRESSES COMPARING"
    " LEAVING_RESEARCH KEEPING",
    PUBLISHED: "PUBLISHING ARCHIVING CHECKING_OPEN_ANSWERS AGREEING_ON_IMPROVEMENTS READING MAILING ERASING_ADDRESSES"
    " PLANNING_THE_MEETING GIVING_OUT_REPORT_LINKS COMPARING LEAVING_RESEARCH KEEPING",
    ARCHIVED: "AGREEING_ON_IMPROVEMENTS READING ERASING_ADDRESSES GIVING_OUT_REPORT_LINKS LEAVING_RESEARCH KEEPING",
}


def test_each_state_allows_its_work_and_no_other():
    assert {state: {work.name for work in Work if state in work.states} for state in ALLOWED} == {
        state: set(names.split()) for state, names in ALLOWED.items()
    }


def test_work_is_refused_in_a_sentence_in_every_state_that_does_not_allow_it():
    for work in Work:
        for state in ALLOWED:
            if state in work.states:
                work.check(state)
            else:
                with pytest.raises(NotAllowed) as refused:
                    work.check(state)
                assert "{" not in str(refused.value)


def test_only_work_that_nobody_asks_for_has_no_sentence():
    assert {work for work in Work if not work.refusal} == {Work.READING, Work.MAILING, Work.ERASING_ADDRESSES}
