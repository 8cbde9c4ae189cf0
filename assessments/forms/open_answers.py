"""Holds the form for the open answers of one page, each to be looked through, rid of a name, or left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django import forms
from django.utils.text import Truncator

from assessments.models import OpenAnswer
from assessments.running.possible_names import possible_names
from assessments.scores.answers import LONGEST_TEXT


@dataclass(frozen=True)
class AnswerFields:
    """Holds the fields of one answer, and what in it may be a name.

    `seen` marks what it says now: an older page sends another in `seen_name`.
    """

    text: forms.BoundField
    is_read: forms.BoundField
    leave_out: forms.BoundField
    names: tuple[str, ...]
    seen_name: str
    seen: str


@dataclass(frozen=True)
class Question:
    text: str
    answers: tuple[AnswerFields, ...]


class OpenAnswersForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        data: object = None,
        *,
        answers: Sequence[OpenAnswer],
        questions: Mapping[str, str],
        first: int = 1,
        organisations: Collection[str] = (),
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.answers, self.asked, self.organisations = answers, questions, organisations
        for number, answer in enumerate(answers, start=first):
            self.fields[f"tekst-{answer.pk}"] = forms.CharField(
                label=f"Antwoord {number}",
                max_length=LONGEST_TEXT,
                initial=answer.text,
                widget=forms.Textarea(attrs={"rows": min(10, 2 + len(answer.text) // 70)}),
                error_messages={"required": "Laat de tekst staan, of kies ‘Niet in het rapport’."},
            )
            self.fields[f"klaar-{answer.pk}"] = forms.BooleanField(
                label=f"Antwoord {number} is nagekeken", required=False, initial=answer.is_cleared
            )
            self.fields[f"weg-{answer.pk}"] = forms.BooleanField(
                label=f"Antwoord {number} niet in het rapport zetten", required=False, initial=answer.is_left_out
            )

    def clean(self) -> None:
        """Says once what was changed in another window meanwhile: a name that went out must not come back unseen."""
        for answer in self.answers:
            text, leave_out = (self.cleaned_data.get(f"{name}-{answer.pk}") for name in ("tekst", "weg"))
            is_as_seen = self.data.get(f"gezien-{answer.pk}", _mark(answer)) == _mark(answer)
            if not is_as_seen and text is not None and (text, leave_out) != (answer.text, answer.is_left_out):
                self.add_error(
                    f"tekst-{answer.pk}", f"{_done_meanwhile(answer)} Sla op als het moet worden wat hier staat."
                )

    def by_question(self) -> list[Question]:
        """Returns the fields as the page shows them, under the question that was answered."""
        groups: dict[str, list[AnswerFields]] = {}
        for answer in self.answers:
            text, is_read, leave_out = (self[f"{name}-{answer.pk}"] for name in ("tekst", "klaar", "weg"))
            names = tuple(possible_names(answer.text, self.organisations))
            fields = AnswerFields(text, is_read, leave_out, names, f"gezien-{answer.pk}", _mark(answer))
            groups.setdefault(answer.question, []).append(fields)
        return [Question(self.asked.get(key, key), tuple(fields)) for key, fields in groups.items()]

    def texts(self) -> dict[UUID, str]:
        return {answer.pk: self.cleaned_data[f"tekst-{answer.pk}"] for answer in self.answers}

    def left_out(self) -> set[UUID]:
        return {answer.pk for answer in self.answers if self.cleaned_data[f"weg-{answer.pk}"]}

    def unread(self) -> set[UUID]:
        return {answer.pk for answer in self.answers if not self.cleaned_data[f"klaar-{answer.pk}"]}


def _mark(answer: OpenAnswer) -> str:
    return sha256(f"{answer.is_left_out} {answer.text}".encode()).hexdigest()[:16]


def _done_meanwhile(answer: OpenAnswer) -> str:
    if answer.is_left_out:
        return "Dit antwoord is intussen weggelaten, door een collega of in een ander venster."
    return f"Dit antwoord is intussen gewijzigd. Nu is opgeslagen: ‘{Truncator(answer.text).chars(200)}’."
