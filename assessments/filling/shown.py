"""Holds what a page showed of somebody's answers. Knows no request and no form."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.filling.own_answers import digest
from assessments.scores.answers import Value


@dataclass(frozen=True)
class Shown:
    """Holds by statement the value that a page showed, and by open question a digest of the text.

    The page says it in a hidden field, `was`, and sends it back with its answers: only what differs from it is saved,
    so that an old page does not put back what was changed elsewhere. There it is a text of 'key:mark' with spaces
    between, such as 'VG1:4 VG2:? open_slot:'. Its other reader and writer is `nowShown` in static/js/filling.js.
    """

    marks: Mapping[str, str]

    @classmethod
    def of(cls, answers: Mapping[str, object], texts: Mapping[str, str]) -> "Shown":
        """Returns what a page with these answers and texts shows."""
        values = {key: str(value) for key, value in answers.items()}
        return cls(values | {key: digest(text) for key, text in texts.items()})

    @classmethod
    def from_text(cls, text: str) -> "Shown":
        """Reads what `str` wrote; what can't be read counts as not shown, so that everything posted is saved."""
        return cls(dict(pair.split(":", 1) for pair in text.split() if ":" in pair))

    def __str__(self) -> str:
        return " ".join(f"{key}:{mark}" for key, mark in self.marks.items())

    def other_answers(self, given: Mapping[str, Value | None]) -> dict[str, Value]:
        """Returns the answers among `given` that differ from what was shown; None is no answer."""
        return {key: value for key, value in given.items() if value is not None and self.marks.get(key) != str(value)}

    def other_texts(self, given: Mapping[str, str]) -> dict[str, str]:
        """Returns the texts among `given` that differ from what was shown; '' takes an earlier one back."""
        return {key: text for key, text in given.items() if self.marks.get(key, "") != digest(text)}
