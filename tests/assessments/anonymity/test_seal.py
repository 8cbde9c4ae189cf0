"""Only the keys of its round open what is sealed, which tells nothing but how many kilobytes it has."""

import json
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.anonymity.seal import NONCE, PAGE, RoundKeys, Unreadable
from assessments.scores.answers import LONGEST_TEXT, Filled

KEYS = RoundKeys(uuid.uuid4(), b"a secret of the server, long enough", bytes(range(32)))
KEY = uuid.uuid4()
TAG = 16
SOMETHING = Filled({"VG1": 4, "VG2": "?"}, {"open_slot": "Café 😀, regel\nander"}, {"mark": ["VG1", "VG2"]})

values = st.sampled_from([1, 2, 3, 4, 5, "?"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_TEXT)


@given(
    answers=st.dictionaries(st.text("VGPR0123456789", min_size=3), values, max_size=49),
    written=st.dictionaries(st.just("open_slot"), texts),
)
def test_what_was_sealed_is_opened_unchanged_and_fills_whole_kilobytes(answers, written):
    filled = Filled(answers, written, {"m": list(answers)} if answers else {})
    sealed = KEYS.seal(KEY, filled)
    assert KEYS.open(KEY, sealed) == filled
    assert (len(sealed) - NONCE - TAG) % PAGE == 0
    assert len(sealed) > PAGE


def test_a_whole_questionnaire_is_as_long_as_its_first_answer():
    everything = {f"{letters}{number}": 5 for letters in ("VG", "PR", "PB", "LE") for number in range(1, 13)}
    first = KEYS.seal(KEY, Filled({"VG1": 1}, {}, {"0123456789ab": ["VG1"]}))
    last = KEYS.seal(KEY, Filled(everything, {}, {"0123456789ab": list(everything)}))
    assert len(first) == len(last) == NONCE + PAGE + TAG


def test_the_same_answers_are_sealed_differently_each_time():
    sealed = {KEYS.seal(KEY, SOMETHING) for _ in range(100)}
    assert len({one[:NONCE] for one in sealed}) == len({one[NONCE:] for one in sealed}) == 100


def test_nothing_that_was_answered_stands_in_what_is_sealed():
    sealed = KEYS.seal(KEY, SOMETHING)
    assert not [
        word for word in (b"VG1 VG2", b"statements", b"Caf\xc3\xa9", b"open_slot", b"        ") if word in sealed
    ]


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        (replace(KEYS, round_id=uuid.uuid4()), KEY),
        (replace(KEYS, server_secret=b"another"), KEY),
        (replace(KEYS, round_secret=bytes(32)), KEY),
        (KEYS, uuid.uuid4()),
    ],
    ids=["round", "secret of the server", "secret of the round", "response"],
)
def test_with_anything_else_it_is_not_opened(keys, key):
    sealed = KEYS.seal(KEY, SOMETHING)
    with pytest.raises(Unreadable):
        keys.open(key, sealed)


@pytest.mark.parametrize("damage", [lambda s: s[:-1], lambda s: b"", lambda s: s[:5], lambda s: s[:-1] + b"\0\0"])
def test_what_was_damaged_is_not_opened(damage):
    with pytest.raises(Unreadable):
        KEYS.open(KEY, damage(KEYS.seal(KEY, SOMETHING)))


def test_the_key_and_the_cipher_are_those_that_are_written_down():
    """The key is HMAC-SHA256(RESPONSE_SECRET, "seal" + the round's secret); AES-256-GCM binds to round and key."""
    import hmac

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = KEYS.seal(KEY, SOMETHING)
    cipher = AESGCM(hmac.digest(KEYS.server_secret, b"seal" + KEYS.round_secret, "sha256"))
    plain = cipher.decrypt(sealed[:12], sealed[12:], KEYS.round_id.bytes + KEY.bytes)
    assert json.loads(plain)["signs"] == "4?"
