"""Holds the forms of the table of job titles and levels."""

from django import forms

from assessments.forms.setup import LEVEL_CHOICES, one_line
from assessments.imports.job_titles import simple
from assessments.models import JobTitleLevel, Network


class LevelForm(forms.Form):
    level = forms.ChoiceField(label="Niveau", choices=LEVEL_CHOICES, widget=forms.RadioSelect)


class JobTitleForm(LevelForm):
    job_title = forms.CharField(
        label="Functie",
        max_length=100,
        help_text="Zoals de functie in uw lijst staat. Hoofdletters, accenten en leestekens maken niet uit.",
    )
    field_order = ["job_title", "level"]

    def __init__(self, *args: object, network: Network, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.network = network

    def clean_job_title(self) -> str:
        job_title = one_line(self.cleaned_data["job_title"])
        if not simple(job_title):
            raise forms.ValidationError("Vul een functie in met letters.")
        if JobTitleLevel.objects.filter(network=self.network, simple_form=simple(job_title)).exists():
            raise forms.ValidationError("Deze functie staat al in de lijst. Wijzig de functie daar.")
        return job_title
