"""A code of eight signs is drawn at random, and read however it is typed."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.codes import SIGNS, as_typed, is_code, new_code


def sloppy(code):
    return f"{code[:4]} - {code[4:]}".lower().replace("0", "o").replace("1", "l")


def test_a_code_has_eight_signs_that_nobody_takes_for_another_and_is_never_the_same():
    drawn = {new_code() for _ in range(500)}
    assert len(drawn) == 500
    assert {len(code) for code in drawn} == {8}
    assert set("".join(drawn)) == set(SIGNS)
    assert not set(SIGNS) & set("ILOU")
    assert all(as_typed(sloppy(code)) == as_typed(sloppy(code).replace("l", "I")) == code for code in drawn)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text):
    assert is_code(as_typed(text)) == (len(as_typed(text)) == 8 and set(as_typed(text)) <= set(SIGNS))
