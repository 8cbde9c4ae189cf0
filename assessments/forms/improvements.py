"""Holds the forms of what is agreed on a report, and of what came of it."""

from typing import Any

from django import forms

from assessments.forms.rounds import DateField
from assessments.forms.setup import one_line
from assessments.models import Improvement, Round


class ImprovementForm(forms.ModelForm[Improvement]):
    factor = forms.ChoiceField(label="Bij welke factor hoort dit?", required=False)
    due_on = DateField(label="Wanneer is het klaar?", required=False)

    class Meta:
        model = Improvement
        fields = ["what", "who", "due_on", "factor"]
        labels = {"what": "Wat spreekt u af?", "who": "Wie doet het?"}
        help_texts = {
            "what": "Eén zin. Bijvoorbeeld: elke school heeft een vaste gezinswerker die ouders kunnen bellen.",
            "who": "Een organisatie of een functie. Noem geen namen van personen.",
        }

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        factors = [(factor.key, factor.name) for factor in round.instrument.factors]
        self.fields["factor"].choices = [("", "geen keuze"), *factors]  # type: ignore[attr-defined]

    def clean_what(self) -> str:
        return one_line(self.cleaned_data["what"])

    def clean_who(self) -> str:
        return one_line(self.cleaned_data["who"])


class OutcomeForm(ImprovementForm):
    """Asks what came of it in one form with what is agreed, which may have to be put in other words."""

    class Meta(ImprovementForm.Meta):
        fields = [*ImprovementForm.Meta.fields, "outcome", "remark"]
        labels = ImprovementForm.Meta.labels | {
            "outcome": "Wat is ervan gekomen?",
            "remark": "Wat leverde het op, of waarom lukte het niet?",
        }
        help_texts = ImprovementForm.Meta.help_texts | {
            "outcome": "Vul dit in voordat u de volgende ronde publiceert: het komt in het rapport daarvan.",
            "remark": "Eén zin. Noem geen namen van personen.",
        }

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, round=round, **options)
        outcome = self.fields["outcome"]
        outcome.choices = [("", "nog niet ingevuld"), *outcome.choices[1:]]  # type: ignore[attr-defined]

    def clean_remark(self) -> str:
        return one_line(self.cleaned_data["remark"])
