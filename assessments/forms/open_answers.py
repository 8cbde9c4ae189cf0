"""The open answers of one page, each to be kept as it is, rid of a name, or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms

from assessments.answers import LONGEST_TEXT
from assessments.models import OpenAnswer


@dataclass(frozen=True)
class AnswerFields:
    text: forms.BoundField
    leave_out: forms.BoundField


@dataclass(frozen=True)
class Question:
    text: str
    answers: tuple[AnswerFields, ...]


class OpenAnswersForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data: object = None, *, answers: Sequence[OpenAnswer], questions: Mapping[str, str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.answers, self.asked = answers, questions
        for number, answer in enumerate(answers, start=1):
            self.fields[f"tekst-{answer.pk}"] = forms.CharField(
                label=f"Antwoord {number}",
                max_length=LONGEST_TEXT,
                initial=answer.text,
                widget=forms.Textarea(attrs={"rows": min(10, 2 + len(answer.text) // 70)}),
                error_messages={"required": "Laat de tekst staan, of kies ‘Niet in het rapport’."},
            )
            self.fields[f"weg-{answer.pk}"] = forms.BooleanField(
                label=f"Antwoord {number} niet in het rapport zetten", required=False, initial=answer.is_left_out
            )

    def by_question(self) -> list[Question]:
        """The fields as the page shows them, under the question that was answered."""
        groups: dict[str, list[AnswerFields]] = {}
        for answer in self.answers:
            fields = AnswerFields(self[f"tekst-{answer.pk}"], self[f"weg-{answer.pk}"])
            groups.setdefault(answer.question, []).append(fields)
        return [Question(self.asked.get(key, key), tuple(fields)) for key, fields in groups.items()]

    def texts(self) -> dict[UUID, str]:
        return {answer.pk: self.cleaned_data[f"tekst-{answer.pk}"] for answer in self.answers}

    def left_out(self) -> set[UUID]:
        return {answer.pk for answer in self.answers if self.cleaned_data[f"weg-{answer.pk}"]}
