"""Checks what a participant sends; the page itself is made by a template, from plain data. Knows no person."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import number_format

from assessments.filling.shown import Shown
from assessments.models import Level, Partner
from assessments.scores.answers import LONGEST_TEXT, VALUES, Value

LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Characters that XML can't hold, and so a report as a document can't either; and characters that nobody sees.
NOT_IN_A_TEXT = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class AnswerField(forms.Field):
    """Is one of the values of a statement, or nothing. Not a ChoiceField: 49 of those cost more than all the rest."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Value | None:
        if value in self.empty_values:
            return None
        if value not in VALUES:
            raise forms.ValidationError("Dit antwoord kennen wij niet. Kies een van de antwoorden.")
        return VALUES[value]


class TextField(forms.CharField):
    """Is an open answer, without the control characters that come along from a word processor.

    A text that is too long is refused and not cut off.
    """

    def to_python(self, value: Any) -> str:
        text = NOT_IN_A_TEXT.sub("", LINE_BREAK.sub("\n", super().to_python(value) or "")).strip()
        if len(text) > LONGEST_TEXT:
            given, longest = (
                number_format(len(text), force_grouping=True),
                number_format(LONGEST_TEXT, force_grouping=True),
            )
            raise forms.ValidationError(f"Uw tekst heeft {given} tekens. Er passen er {longest}. Maak hem iets korter.")
        return text


class AnswersForm(forms.Form):
    """Holds answers to any of `statements` and `questions`; what is not sent stays as it was."""

    was = forms.CharField(required=False)

    def __init__(self, data: Mapping[str, Any], statements: Iterable[str], questions: Iterable[str]) -> None:
        super().__init__(data)
        self.statements = [key for key in statements if key in data]
        self.questions = [key for key in questions if key in data]
        self.fields |= {key: AnswerField(required=False) for key in self.statements}
        self.fields |= {key: TextField(required=False) for key in self.questions}

    @cached_property
    def answers(self) -> dict[str, Value]:
        """Returns the valid answers that differ from what the page showed."""
        return self._was.other_answers(self._given(self.statements))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Returns the valid open answers that differ from what the page showed; '' takes an earlier one back."""
        return self._was.other_texts(self._given(self.questions))

    @property
    def faults(self) -> dict[str, str]:
        """Returns by field, in a sentence, what could not be saved."""
        return {key: " ".join(map(str, messages)) for key, messages in self.errors.items()}

    @cached_property
    def _was(self) -> Shown:
        return Shown.from_text(self.cleaned_data.get("was", ""))

    def _given(self, keys: Iterable[str]) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in keys if key in self.cleaned_data}


class LevelForm(forms.Form):
    """Asks where somebody works: at which level and, where they say so, for which of the network's partners."""

    level = forms.ChoiceField(choices=Level, error_messages={"required": "Kies het niveau waarop u werkt."})
    partner = forms.ModelChoiceField(Partner.objects.none(), required=False)

    def __init__(self, *args: Any, network_id: UUID, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner"].queryset = Partner.objects.filter(network=network_id)  # type: ignore[attr-defined]
