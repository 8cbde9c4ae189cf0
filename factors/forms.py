"""Holds the form that filters the advice bank."""

from typing import Any

from django import forms

from factors.instrument import LEVELS, Advice, Instrument

GENERAL = "algemeen"  # advice that speaks of a situation, not of one factor


class AdviceFilter(forms.Form):
    """Asks which advice to show; a choice that is left open or is not known leaves nothing out."""

    factor = forms.ChoiceField(label="Factor", required=False)
    level = forms.ChoiceField(label="Wie iets kan doen", required=False)

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        factors = [(factor.key, factor.name) for factor in instrument.factors]
        self.fields["factor"].choices = [("", "Alle factoren"), *factors, (GENERAL, "Niet bij één factor")]  # type: ignore[attr-defined]
        levels = [(level, level.capitalize()) for level in LEVELS]
        self.fields["level"].choices = [("", "Alle niveaus"), *levels]  # type: ignore[attr-defined]

    def chosen(self, bank: tuple[Advice, ...]) -> list[Advice]:
        self.is_valid()
        factor, level = self.cleaned_data.get("factor"), self.cleaned_data.get("level")
        return [
            advice
            for advice in bank
            if (not factor or (advice.factor or GENERAL) == factor) and (not level or level in advice.levels)
        ]
