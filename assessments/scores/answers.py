"""Says which values an answer can have, and checks a page of answers. Knows no person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from factors.instrument import Instrument

UNKNOWN = "?"  # 'weet ik niet'
UNANSWERED = "."
Value = int | str  # 1 to 5, or UNKNOWN

VALUES: dict[str, Value] = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, UNKNOWN: UNKNOWN}
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Filled:
    """Holds what one person filled in: values by statement, texts by open question.

    `browsers` has, by the random mark of a browser, the keys that it was the last to write. What somebody filled in
    there is shown to no other browser.
    """

    answers: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    browsers: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """Holds what one person sent, as it is counted: keys of statements with blanks between, and a sign for each.

    A sign is '1' to '5', or UNKNOWN. A dictionary would have to be made and taken apart again for each person.
    """

    statements: str
    signs: str
    texts: Mapping[str, str] = field(default_factory=dict)


class NotAnAnswer(ValueError):
    """Is raised for a statement that was not asked, or a value that is not on the scale."""


def asked_of(instrument: Instrument, level: str) -> tuple[str, ...]:
    """Returns the keys of the statements that somebody at `level` is asked: ouders their own, the others the rest."""
    own = {statement.key for statement in instrument.ouders.statements}
    ask_own = level == instrument.ouders.key
    return tuple(key for key in instrument.statements if (key in own) == ask_own)


def check_answers(answers: Mapping[str, Value], asked: tuple[str, ...]) -> None:
    """Raises NotAnAnswer where `answers` holds anything but values of statements that were asked."""
    for key, value in answers.items():
        if key not in asked:
            raise NotAnAnswer(f"{key} is geen stelling van deze vragenlijst")
        if value not in VALUES.values() or isinstance(value, bool | float):
            raise NotAnAnswer(f"{value!r} is geen antwoord op {key}")
