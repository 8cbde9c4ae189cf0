"""Words that may be a name are pointed out, and those that are none mostly not."""

from time import monotonic

import pytest

from assessments.running.possible_names import possible_names
from assessments.scores.answers import LONGEST_TEXT

ORGANISATIONS = ["OBS De Regenboog", "Kompas"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wij bellen met Karin van school.", ["Karin"]),
        ("Karin belt ons nooit.", []),  # begins a sentence, as any word does
        ("Dat ging goed. Daarna niet meer! Nu wel? Soms.", []),
        ("meneer postma zegt van wel", ["postma"]),
        ("Juf Els en mevr. van der Berg weten het.", ["Els", "Berg"]),
        ("De IB'er van de JGZ en de POH spreken KARIN.", ["KARIN"]),
        ("Wij spreken OBS de Regenboog en Kompas vaak.", []),
        ("Goed.\n- Vaker bellen\n• Minder mail\n“Samen” doen", []),
        ("Contact: Öznur, of Anne-Marie. En Öznur's moeder.", ["Öznur", "Anne-Marie", "Öznur's"]),
        ("", []),
    ],
)
def test_words_that_may_be_a_name_are_found(text, names):
    assert possible_names(text, ORGANISATIONS) == names


@pytest.mark.parametrize("between", ["\n", "\n-", ". ", "!*", "' "])
def test_a_text_that_is_made_to_take_long_takes_no_second(between):
    text = "ja" + between * (1300 // len(between)) + "nee" + " Aa" * 890
    assert len(text) <= LONGEST_TEXT
    began = monotonic()
    assert possible_names(text, ORGANISATIONS) == ["Aa"]
    assert monotonic() - began < 1
