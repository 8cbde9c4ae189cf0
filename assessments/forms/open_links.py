"""Holds the forms of open links: one for a team whose addresses nobody knows, and one to change it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.forms.setup import LEVEL_CHOICES
from assessments.models import Network, Partner


class CapForm(forms.Form):
    """Asks how many people a link lets in."""

    cap = forms.IntegerField(
        label="Maximaal aantal mensen",
        min_value=1,
        max_value=5000,
        initial=30,
        help_text="Zo veel mensen kunnen deze link hoogstens gebruiken. Neem het aantal mensen in het team.",
    )


class OpenLinkForm(CapForm):
    """Asks for which of the network's partners, at which level and for how many people a link is."""

    partner = forms.ModelChoiceField(Partner.objects.none(), label="Partner", empty_label="Kies een partner")
    level = forms.ChoiceField(
        label="Niveau",
        choices=LEVEL_CHOICES,
    )
    field_order = ["partner", "level", "cap"]

    def __init__(self, data: Mapping[str, Any] | None, network: Network) -> None:
        super().__init__(data)
        self.fields["partner"].queryset = network.partners.all()  # type: ignore[attr-defined]  # of this field
