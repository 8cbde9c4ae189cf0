"""Holds the form of a new API token."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from assessments.forms.rounds import DateField, check_until
from assessments.forms.setup import one_line
from samenwerking.accounts.models import ApiToken, Reads


class ApiTokenForm(forms.Form):
    """Asks what a token is for, what it reads, and until when."""

    name = forms.CharField(
        label="Waarvoor is de sleutel?",
        max_length=60,
        help_text="Bijvoorbeeld ‘script op mijn werklaptop’. Zo weet u later welke u kunt intrekken."
        " Alleen u ziet dit.",
    )
    reads = forms.ChoiceField(
        label="Wat mag een programma ermee lezen?",
        choices=[(choice.value, choice.label.capitalize()) for choice in Reads],
        widget=forms.RadioSelect,
        help_text="Altijd alleen wat u zelf mag ophalen. Kies niet meer dan nodig is.",
    )
    ends_on = DateField(label="Tot en met welke dag werkt de sleutel?")

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        today = timezone.localdate()
        self.last = today + ApiToken.LONGEST_TERM
        super().__init__(data, initial={"reads": Reads.PUBLIC, "ends_on": today + ApiToken.USUAL_TERM})
        self.fields["ends_on"].help_text = f"Uiterlijk {date_format(self.last, 'j F Y')}, over 90 dagen."

    def clean_name(self) -> str:
        if name := one_line(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError("Vul in waarvoor de sleutel is, zoals ‘script op mijn werklaptop’.")

    def clean_ends_on(self) -> date:
        return check_until(self.cleaned_data["ends_on"], self.last)
