"""Holds the filter of who did what in a network."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.running.trail import KINDS


class TrailFilter(forms.Form):
    """Asks for acts of one kind, or in one round; an unknown one is all."""

    soort = forms.ChoiceField(label="Waaraan", required=False)
    ronde = forms.ChoiceField(label="Ronde", required=False)

    def __init__(self, data: Mapping[str, Any], rounds: Mapping[str, str]) -> None:
        super().__init__(data)
        kinds = [(key, called) for key, (_, called) in KINDS.items()]
        self.fields["soort"].choices = [("", "alles"), *kinds]  # type: ignore[attr-defined]
        self.fields["ronde"].choices = [("", "alle rondes"), *rounds.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """Returns what `entries_of` takes."""
        self.full_clean()
        return {"kind": self.cleaned_data.get("soort", ""), "round_id": self.cleaned_data.get("ronde", "")}
