"""Holds the forms around a file of participants: the file, and what its columns, partners and job titles mean."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from assessments.imports.participants import COLUMNS, NEW, Judgement
from assessments.imports.tables import LARGEST_FILE
from assessments.models import Level

LATER = "-"  # no choice yet: one is needed in the end, and all other choices are kept meanwhile
MOST_ASKED = 50  # partners, and job titles, at a time: a list with more has the wrong column, or is done in parts


class FileForm(forms.Form):
    file = forms.FileField(
        label="Bestand met deelnemers",
        help_text="Een Excelbestand (.xlsx) of een CSV-bestand, hooguit 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": "Dit bestand is leeg. Kies een ander bestand.", "required": "Kies eerst een bestand."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Dit bestand is te groot: hooguit 5 MB. Bewaar alleen de lijst zelf.")
        return file


class ColumnsForm(forms.Form):
    """Asks which column holds what; `header` has the names of the columns as they are in the file."""

    def __init__(self, *args: Any, header: Sequence[str], columns: Mapping[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        places = [("", "staat niet in het bestand")]
        places += [(str(place), name or f"kolom {place + 1} (zonder naam)") for place, name in enumerate(header)]
        for key, label in COLUMNS.items():
            is_needed = key in ("email", "partner")
            self.fields[key] = forms.ChoiceField(
                label=f"Kolom met {label}",
                choices=places,
                required=is_needed,
                initial=str(columns[key]) if key in columns else "",
                error_messages={"required": "Kies in welke kolom dit staat."},
            )

    def clean(self) -> dict[str, Any]:
        chosen = [place for place in self.cleaned_data.values() if place]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError("U koos een kolom twee keer. Kies voor elk gegeven een eigen kolom.")
        if not self.errors and not self.cleaned_data.get("level") and not self.cleaned_data.get("job_title"):
            raise forms.ValidationError("Kies een kolom met het niveau, of anders een kolom met de functie.")
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        return {key: int(place) for key, place in self.cleaned_data.items() if place}


class MeaningForm(forms.Form):
    """Asks what each unknown partner is and which level each job title has; fields are numbered, names are data.

    `asked` says which names the numbers stand for: another window may have changed the list meanwhile.
    """

    def __init__(
        self,
        *args: Any,
        judgement: Judgement,
        partners: Mapping[int, str],
        chosen: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.known = judgement.job_titles
        self.partner_names = list(judgement.unknown_partners)[:MOST_ASKED]
        self.job_titles = sorted(self.known, key=lambda job_title: self.known[job_title] != "")[:MOST_ASKED]
        self.more_partners = len(judgement.unknown_partners) - len(self.partner_names)
        self.more_job_titles = max(0, sum(not level for level in self.known.values()) - MOST_ASKED)
        self.asked = sha256(json.dumps([self.partner_names, self.job_titles]).encode()).hexdigest()[:16]
        known = [(LATER, "kies"), (NEW, "nieuwe partner toevoegen")]
        known += [(str(pk), f"hetzelfde als {name}") for pk, name in partners.items()]
        for number, name in enumerate(self.partner_names):
            self.fields[f"partner-{number}"] = forms.ChoiceField(
                label=name, choices=known, initial=chosen.get(name) or LATER
            )
        for number, job_title in enumerate(self.job_titles):
            level = self.known[job_title]
            levels = Level.choices if level else [(LATER, "kies"), *Level.choices]
            self.fields[f"functie-{number}"] = forms.ChoiceField(label=job_title, choices=levels, initial=level)

    def clean(self) -> dict[str, Any]:
        if self.data.get("gevraagd", self.asked) != self.asked:
            raise forms.ValidationError("De lijst is intussen gewijzigd, misschien in een ander venster. Kies opnieuw.")
        return self.cleaned_data

    def partner_fields(self) -> list[forms.BoundField]:
        return [self[f"partner-{number}"] for number in range(len(self.partner_names))]

    def unknown_job_titles(self) -> list[forms.BoundField]:
        return [self[f"functie-{n}"] for n, job_title in enumerate(self.job_titles) if not self.known[job_title]]

    def known_job_titles(self) -> list[forms.BoundField]:
        return [self[f"functie-{n}"] for n, job_title in enumerate(self.job_titles) if self.known[job_title]]

    def partners(self) -> dict[str, str]:
        chosen = {name: self.cleaned_data[f"partner-{n}"] for n, name in enumerate(self.partner_names)}
        return {name: partner for name, partner in chosen.items() if partner != LATER}

    def new_levels(self) -> dict[str, str]:
        """Returns by job title the levels that the coördinator chose other than they were."""
        chosen = {name: self.cleaned_data[f"functie-{n}"] for n, name in enumerate(self.job_titles)}
        return {name: level for name, level in chosen.items() if level not in (LATER, self.known[name])}
