"""Holds the form of a link to a report for somebody without an account."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from assessments.forms.rounds import DateField, check_until
from assessments.forms.setup import one_line
from assessments.models.report_links import LONGEST_TERM, USUAL_TERM
from assessments.report.subjects import Subject


class ReportLinkForm(forms.Form):
    """Asks which of the reports a link opens, for whom, and until when."""

    subject = forms.ChoiceField(label="Welk rapport?")
    audience = forms.CharField(
        label="Voor wie?",
        max_length=60,
        help_text="Een rol, zoals ‘wethouder’ of ‘raad’. Noem geen persoon als dat niet nodig is."
        " Alleen u en de andere coördinatoren zien dit.",
    )
    ends_on = DateField(label="Tot en met welke dag werkt de link?")

    def __init__(self, data: Mapping[str, Any] | None, subjects: Sequence[Subject]) -> None:
        today = timezone.localdate()
        self.last = today + LONGEST_TERM
        super().__init__(data, initial={"ends_on": today + USUAL_TERM})
        choices = [(subject.key, subject.title) for subject in subjects]
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]  # of this field
        self.fields["ends_on"].help_text = f"Uiterlijk {date_format(self.last, 'j F Y')}. Kies niet later dan nodig is."

    def clean_audience(self) -> str:
        if audience := one_line(self.cleaned_data["audience"]):
            return audience
        raise forms.ValidationError("Vul een rol in, zoals ‘wethouder’.")

    def clean_ends_on(self) -> date:
        return check_until(self.cleaned_data["ends_on"], self.last)
