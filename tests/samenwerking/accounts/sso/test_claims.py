"""What a provider says of somebody is read in every shape that it comes in, and nothing else of it goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenwerking.accounts.sso.claims import SENTENCES, person_of, uid_of
from samenwerking.accounts.sso.configured import Provider

ISSUER = "https://inloggen.voorbeeld.nl"
PLAIN = Provider("gemeente", "Gemeente Voorbeeld", ISSUER)
OURS = Provider(
    "gemeente",
    "Gemeente Voorbeeld",
    ISSUER,
    domains=frozenset({"voorbeeld.nl"}),
    second_step=(("amr", "mfa"), ("acr", "hoog")),
)


def read(claims, provider=PLAIN):
    return person_of({"sub": "1"} | claims, provider)


# The address that is taken over, and what the log says that is lacking.
SHAPES = {
    "all there": ({"email": "ada@voorbeeld.nl", "email_verified": True}, "ada@voorbeeld.nl", ""),
    "other case": ({"email": "Ada@Voorbeeld.NL"}, "ada@voorbeeld.nl", ""),
    "no e-mail": ({"name": "Ada"}, "", "email"),
    "empty e-mail": ({"email": " "}, "", "email"),
    "no text": ({"email": ["ada@voorbeeld.nl"]}, "", "email"),
    "only upn": ({"upn": "ada@voorbeeld.nl"}, "", "email_only_upn"),
    "only preferred name": ({"preferred_username": "ada"}, "", "email_only_upn"),
    "not verified": ({"email": "ada@voorbeeld.nl", "email_verified": False}, "", "email_verified"),
    "no address": ({"email": "ada"}, "", "email_fit"),
    "guest": ({"email": "ada@elders.nl", "upn": "ada_elders.nl#EXT#@voorbeeld.nl"}, "", "email_of_guest"),
    "groups overage": ({"email": "ada@voorbeeld.nl", "_claim_names": {"groups": "src1"}}, "ada@voorbeeld.nl", ""),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_gives_an_address_or_says_what_it_lacks(shape):
    claims, address, lacks = SHAPES[shape]
    person = read(claims, OURS)
    assert (person.email, person.lacks) == (address, lacks)
    assert person.overlooked == ("groups" if "_claim_names" in claims else "")
    assert not lacks or "Gemeente Voorbeeld" in SENTENCES[lacks].format(OURS)


def test_a_guest_has_any_address_where_the_provider_may_give_all():
    assert read({"email": "ada@elders.nl"}).email == "ada@elders.nl"


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada  Eerste\n"}, "Ada Eerste"),
        ({"given_name": "Ada", "family_name": "Eerste"}, "Ada Eerste"),
        ({"family_name": "Eerste"}, "Eerste"),
        ({"name": "Win op www.voorbeeld.nl"}, ""),
        ({"name": "x" * 201}, ""),
        ({"name": 3}, ""),
    ],
)
def test_a_name_is_one_line_without_a_link(claims, name):
    assert read(claims).name == name


@pytest.mark.parametrize(
    ("claims", "passed"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"acr": "hoog"}, True),
        ({"acr": "laag", "amr": ["pwd"]}, False),
        ({"amr": ["hoog"]}, False),
        ({"amr": {"mfa": True}}, False),
        ({}, False),
    ],
)
def test_the_second_step_counts_where_the_provider_says_what_was_agreed(claims, passed):
    assert read(claims, OURS).passed_second_step is passed
    assert not read(claims).passed_second_step


def test_who_somebody_is_follows_from_issuer_and_subject_alone():
    assert read({"email": "a@voorbeeld.nl"}).uid == read({"email": "b@voorbeeld.nl"}).uid == uid_of(ISSUER, "1")
    assert len({uid_of(ISSUER, "1"), uid_of(ISSUER, "2"), uid_of(f"{ISSUER}/", "1"), uid_of(f"{ISSUER}\n1", "")}) == 4
    assert len(uid_of(ISSUER, "x" * 255)) == 64


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from(["email", "email_verified", "name", "given_name", "upn", "amr", "acr", "_claim_names"])


@given(st.dictionaries(names, anything, max_size=6))
def test_no_value_of_a_claim_makes_it_fail(claims):
    person = read(claims, OURS)
    assert not (person.email and person.lacks)
