"""The forms of the table of functions and levels."""

from django import forms

from assessments.forms.setup import LEVEL_CHOICES, one_line
from assessments.imports.functions import simple
from assessments.models import FunctionLevel, Network


class LevelForm(forms.Form):
    level = forms.ChoiceField(label="Niveau", choices=LEVEL_CHOICES, widget=forms.RadioSelect)


class FunctionForm(LevelForm):
    function = forms.CharField(
        label="Functie",
        max_length=100,
        help_text="Zoals de functie in uw lijst staat. Hoofdletters, accenten en leestekens maken niet uit.",
    )
    field_order = ["function", "level"]

    def __init__(self, *args: object, network: Network, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.network = network

    def clean_function(self) -> str:
        function = one_line(self.cleaned_data["function"])
        if not simple(function):
            raise forms.ValidationError("Vul een functie in met letters.")
        if FunctionLevel.objects.filter(network=self.network, simple_form=simple(function)).exists():
            raise forms.ValidationError("Deze functie staat al in de lijst. Wijzig de functie daar.")
        return function
