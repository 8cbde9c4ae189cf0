"""A link that was pasted with signs around it is found again."""

import pytest

from assessments.views.pasted import token_in

TOKEN = "aB3_-" * 8 + "xyz"


@pytest.mark.parametrize(
    "pasted", ["{}", "{}.", "{})", "({}).", "{}/).", "“{}”", "<{}>", "{},", " {} ", "*{}*", "{}/."]
)
def test_what_stands_around_a_token_is_taken_off(pasted):
    assert token_in(pasted.format(TOKEN)) == TOKEN


@pytest.mark.parametrize(
    "pasted", ["", ".", TOKEN[:-1], f"{TOKEN}A", f"{TOKEN}/rapport.pdf", f"{TOKEN} {TOKEN}", "netwerk"]
)
def test_what_is_no_token_is_not_mended(pasted):
    assert token_in(pasted) is None
