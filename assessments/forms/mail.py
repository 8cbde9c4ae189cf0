"""Holds the form for mail that came back."""

from django import forms

from samenwerking.addresses import found_in


class BouncesForm(forms.Form):
    use_required_attribute = False
    text = forms.CharField(
        label="Adressen of meldingen",
        help_text="Plak een lijst met adressen, of de tekst van de meldingen. Wij zoeken de adressen op.",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        max_length=500_000,
        error_messages={"required": "Plak hier de adressen waar de mail niet aankwam."},
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not found_in(text):
            raise forms.ValidationError("In deze tekst staat geen e-mailadres.")
        return text
