"""Holds the forms around a list of participants: the file, how it is read, and what its columns and names mean."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from assessments.forms.setup import one_line
from assessments.imports.cells import FORMULA, LARGEST_FILE, Facts
from assessments.imports.fates import NEW, SAME_AS, Fate, Judgement
from assessments.imports.guesses import ALIKE, kind_of_partner, level_of, likeness, most_alike
from assessments.imports.headings import COLUMNS, Column
from assessments.imports.marks import letters_of
from assessments.imports.participants import LONGEST_PARTNER
from assessments.imports.texts import ENCODINGS
from assessments.models import Level
from samenwerking.addresses import LONGEST

# What of a row can be edited on the page, under the names of its columns.
EDITED: dict[Column, str] = {
    "email": "E-mailadres", "partner": "Partner", "level": "Niveau", "job_title": "Functie"
}  # fmt: skip
LATER = "-"  # no choice yet: one is needed in the end, and all other choices are kept meanwhile
MOST_ASKED = 50  # partners, job titles, and rows, at a time: a list with more has the wrong column, or is done in parts
MOST_ALIKE = 15  # other new names that may mean the same, besides all partners of the network
MOST_PASTED = 1_000_000  # signs
ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.txt,.tsv"


class FileForm(forms.Form):
    file = forms.FileField(
        label="Bestand met deelnemers",
        help_text="Van Excel (.xlsx, .xls of .xlsb), LibreOffice (.ods) of een CSV-bestand, hooguit 5 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "Dit bestand is leeg. Kies een ander bestand.", "required": "Kies eerst een bestand."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Dit bestand is te groot: hooguit 5 MB. Bewaar alleen de lijst zelf.")
        return file


class PasteForm(forms.Form):
    text = forms.CharField(
        label="Adressen",
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Uit een mail, uit Outlook, of cellen uit Excel. Elk op een regel, of met een puntkomma ertussen.",
        error_messages={"required": "Plak eerst adressen."},
    )


class ReadingForm(forms.Form):
    """Asks how the file is to be read, where there is something to choose."""

    def __init__(self, *args: Any, facts: Facts, with_hidden: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [sheet for sheet in facts.sheets if sheet.rows]
        if len(others) > 1:
            names = [(sheet.name, f"{sheet.name}{' (verborgen)' if sheet.is_hidden else ''}") for sheet in others]
            self.fields["sheet"] = forms.ChoiceField(label="Werkblad", choices=names, initial=facts.sheet)
        if facts.samples:
            signs = [(name, f"{ENCODINGS[name]}: {', '.join(cells)}") for name, cells in facts.samples.items()]
            self.fields["encoding"] = forms.ChoiceField(
                label="Hoe horen deze cellen eruit te zien?",
                choices=signs,
                initial=facts.encoding,
                widget=forms.RadioSelect,
            )
        if facts.hidden_rows:
            self.fields["with_hidden"] = forms.BooleanField(
                label=f"Ook de verborgen rijen meenemen ({len(facts.hidden_rows)})", required=False, initial=with_hidden
            )

    def reading(self) -> dict[str, str]:
        """Returns what must be read anew for: the sheet and the signs, where these are other than they were."""
        names = [name for name in ("sheet", "encoding") if name in self.fields and name in self.changed_data]
        return {name: self.cleaned_data[name] for name in names}


class ColumnsForm(forms.Form):
    """Asks which column holds what, and what holds for all rows where a column lacks."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        columns: Mapping[str, int],
        example: Sequence[str] = (),
        partners: Sequence[str] = (),
        mended: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._ask_columns(header, columns, example)
        self._ask_for_all(partners, mended or {})

    def _ask_columns(self, header: Sequence[str], columns: Mapping[str, int], example: Sequence[str]) -> None:
        places = [("", "staat niet in het bestand")]
        places += [(str(place), _place(place, name, example)) for place, name in enumerate(header)]
        for key, label in COLUMNS.items():
            self.fields[key] = forms.ChoiceField(
                label=f"Kolom met {label}",
                choices=places,
                required=key == "email",
                initial=str(columns[key]) if key in columns else "",
                error_messages={"required": "Kies in welke kolom dit staat."},
            )

    def _ask_for_all(self, partners: Sequence[str], mended: Mapping[str, Any]) -> None:
        everybody, level = mended.get("everybody", ""), mended.get("level", "")
        is_known = everybody in partners
        self.fields["everybody"] = forms.ChoiceField(
            label="Alle rijen zonder partner horen bij",
            choices=[("", "niet van toepassing"), *((name, name) for name in partners)],
            required=False,
            initial=everybody if is_known else "",
            help_text="Voor een lijst van één organisatie.",
        )
        self.fields["new_partner"] = forms.CharField(
            label="Of bij een partner die nog niet in het netwerk staat",
            required=False,
            max_length=LONGEST_PARTNER,
            initial="" if is_known else everybody,
        )
        self.fields["everybodys_level"] = forms.ChoiceField(
            label="Alle rijen zonder niveau en functie horen bij niveau",
            choices=[("", "niet van toepassing"), *Level.choices],
            required=False,
            initial=level,
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = [said[key] for key in COLUMNS if said.get(key)]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError("U koos een kolom twee keer. Kies voor elk gegeven een eigen kolom.")
        if self.errors:
            return said
        if not said.get("partner") and not self.everybody():
            raise forms.ValidationError("Kies een kolom met de partner, of kies bij welke partner alle rijen horen.")
        if not said.get("level") and not said.get("job_title") and not said.get("everybodys_level"):
            raise forms.ValidationError(
                "Kies een kolom met het niveau of met de functie, of kies één niveau voor alle rijen."
            )
        return said

    def columns(self) -> dict[str, int]:
        return {key: int(self.cleaned_data[key]) for key in COLUMNS if self.cleaned_data.get(key)}

    def everybody(self) -> str:
        """Returns the name of the partner to which all rows without one belong, or ''."""
        return one_line(self.cleaned_data.get("new_partner") or "") or self.cleaned_data.get("everybody") or ""

    def mended(self) -> dict[str, str]:
        return {"everybody": self.everybody(), "level": self.cleaned_data["everybodys_level"]}


def _place(place: int, name: str, example: Sequence[str]) -> str:
    shown = name or f"kolom {letters_of(place)} (zonder naam)"
    seen = example[place] if place < len(example) else ""
    return f"{shown}, zoals ‘{seen[:40]}’" if seen and seen != name else shown


@dataclass(frozen=True)
class Line:
    """Is one name of the list that is asked for: how many people have it, its fields, and what we guess of it."""

    name: str
    people: int
    field: forms.BoundField
    kind: forms.BoundField | None = None
    guess: str = ""


class MeaningForm(forms.Form):
    """Asks what each unknown partner is, which level job titles have, and what faulty rows should say.

    Fields are numbered, names are data. `asked` says which names the numbers stand for: another window may have changed
    the list meanwhile.
    """

    def __init__(
        self,
        *args: Any,
        judgement: Judgement,
        partners: Mapping[int, str],
        chosen: Mapping[str, str],
        kinds: Sequence[tuple[str, str]] = (),
        chosen_kinds: Mapping[str, str] | None = None,
        levels: Mapping[str, str] | None = None,
        rows: Sequence[Fate] = (),
        read_at: object = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.judgement, self.known_partners, self.rows = judgement, partners, rows
        self.known = judgement.job_titles
        self.partner_names = list(judgement.unknown_partners)[:MOST_ASKED]
        self.job_titles = sorted(self.known, key=lambda job_title: self.known[job_title] != "")[:MOST_ASKED]
        self.level_words = list(judgement.level_words)[:MOST_ASKED]
        self.more_partners = len(judgement.unknown_partners) - len(self.partner_names)
        self.more_job_titles = max(0, sum(not level for level in self.known.values()) - MOST_ASKED)
        names = [self.partner_names, self.job_titles, self.level_words, str(read_at)]
        self.asked = sha256(json.dumps(names).encode()).hexdigest()[:16]
        self.guesses: dict[str, str] = {}
        self._ask_partners(chosen, kinds, chosen_kinds or {})
        self._ask_levels("functie", self.job_titles, self.known, levels or {})
        self._ask_levels("niveau", self.level_words, judgement.level_words, levels or {})
        for fate in rows:
            self._ask_row(fate)

    def _ask_partners(
        self, chosen: Mapping[str, str], kinds: Sequence[tuple[str, str]], chosen_kinds: Mapping[str, str]
    ) -> None:
        keys = {key for key, _ in kinds}
        for number, name in enumerate(self.partner_names):
            alike = self._more_used_and_alike(name)
            guess = "" if alike else NEW
            if alike:
                self.guesses[f"partner-{number}"] = alike
            self.fields[f"partner-{number}"] = forms.ChoiceField(
                label=name,
                choices=self._partners_for(name),
                initial=chosen.get(name) or guess or LATER,
                widget=_select(f"Wat is {name}?"),
            )
            if kinds:
                kind = chosen_kinds.get(name) or kind_of_partner(name)
                self.fields[f"soort-{number}"] = forms.ChoiceField(
                    label=f"Soort van {name}",
                    choices=kinds,
                    initial=kind if kind in keys else "overig",
                    required=False,
                    widget=_select(f"Soort van {name}, als die nieuw is"),
                )

    def _partners_for(self, name: str) -> list[tuple[str, str]]:
        """Returns what a name may mean; of what is there already, what looks most like it comes first."""
        by_name = {known: str(pk) for pk, known in self.known_partners.items()}
        others = most_alike(name, [other for other in self.partner_names if other != name])
        by_name |= {other: SAME_AS + other for other in others[:MOST_ALIKE]}
        same = [(by_name[other], f"hetzelfde als {other}") for other in most_alike(name, by_name)]
        return [(LATER, "kies"), (NEW, "nieuwe partner toevoegen"), *same]

    def _more_used_and_alike(self, name: str) -> str:
        """Returns a partner of the network, or another name of the list that more people have, that looks like it."""
        people = self.judgement.people

        def rank(other: str) -> tuple[int, int]:
            return people.get(other, 0), -self.partner_names.index(other)

        others = [other for other in self.partner_names if other != name and rank(other) > rank(name)]
        best = most_alike(name, [*self.known_partners.values(), *others])[:1]
        return best[0] if best and likeness(name, best[0]) >= ALIKE else ""

    def _ask_levels(
        self, prefix: str, names: Sequence[str], known: Mapping[str, str], levels: Mapping[str, str]
    ) -> None:
        for number, name in enumerate(names):
            key, guess = f"{prefix}-{number}", known[name] or level_of(name, levels)
            if guess and not known[name]:
                self.guesses[key] = guess
            self.fields[key] = forms.ChoiceField(
                label=name,
                choices=[(LATER, "later"), *Level.choices],
                initial=guess or LATER,
                required=False,
                widget=forms.RadioSelect,
            )

    def _ask_row(self, fate: Fate) -> None:
        """Asks for the cells of one row, and whether to skip it."""
        key, which = f"rij-{fate.number}", f"van rij {fate.number}"
        texts: dict[Column, tuple[str, str, int]] = {
            "email": ("E-mailadres", fate.email, 2 * LONGEST),
            "partner": ("Partner", fate.partner_name, 2 * LONGEST_PARTNER),
            "job_title": ("Functie", fate.job_title, 2 * LONGEST_PARTNER),
        }
        for column, (label, value, longest) in texts.items():
            shown = "" if value == FORMULA else " ".join(value.split("\n"))
            widget = _text(f"{label} {which}", "partners" if column == "partner" else "")
            self.fields[f"{key}-{column}"] = forms.CharField(
                label=f"{label} {which}", max_length=longest, required=False, initial=shown, widget=widget
            )
        said = fate.said_level if fate.said_level != FORMULA else ""
        choices = [("", "geen"), *Level.choices]
        if said and said not in Level.values:
            choices.append((said, said))
        self.fields[f"{key}-level"] = forms.ChoiceField(
            label=f"Niveau {which}", choices=choices, required=False, initial=said, widget=_select(f"Niveau {which}")
        )
        self.fields[f"{key}-skip"] = forms.BooleanField(
            label=f"Sla rij {fate.number} over", required=False, initial=fate.outcome == "skipped"
        )

    def clean(self) -> dict[str, Any]:
        if self.data.get("gevraagd", self.asked) != self.asked:
            raise forms.ValidationError("De lijst is intussen gewijzigd, misschien in een ander venster. Kies opnieuw.")
        return self.cleaned_data

    def partner_lines(self) -> list[Line]:
        return [
            Line(
                name,
                self.judgement.people.get(name, 0),
                self[f"partner-{n}"],
                self[f"soort-{n}"] if f"soort-{n}" in self.fields else None,
                self.guesses.get(f"partner-{n}", ""),
            )
            for n, name in enumerate(self.partner_names)
        ]

    def unknown_job_titles(self) -> list[Line]:
        return [line for line in self._lines("functie", self.job_titles) if not self.known[line.name]]

    def known_job_titles(self) -> list[Line]:
        return [line for line in self._lines("functie", self.job_titles) if self.known[line.name]]

    def unknown_levels(self) -> list[Line]:
        return self._lines("niveau", self.level_words)

    def row_lines(self) -> Iterator[tuple[Fate, list[tuple[str, forms.BoundField]], forms.BoundField]]:
        """Yields each row that can be edited, its fields under the names of their columns, and the one to skip."""
        for fate in self.rows:
            fields = [(head, self[f"rij-{fate.number}-{column}"]) for column, head in EDITED.items()]
            yield fate, fields, self[f"rij-{fate.number}-skip"]

    def _lines(self, prefix: str, names: Sequence[str]) -> list[Line]:
        people, guesses = self.judgement.people, self.guesses
        return [
            Line(name, people.get(name, 0), self[f"{prefix}-{n}"], guess=guesses.get(f"{prefix}-{n}", ""))
            for n, name in enumerate(names)
        ]

    def partners(self) -> dict[str, str]:
        chosen = {name: self.cleaned_data[f"partner-{n}"] for n, name in enumerate(self.partner_names)}
        return {name: partner for name, partner in chosen.items() if partner != LATER}

    def kinds(self) -> dict[str, str]:
        chosen = {name: self.cleaned_data.get(f"soort-{n}", "") for n, name in enumerate(self.partner_names)}
        return {name: kind for name, kind in chosen.items() if kind}

    def new_levels(self) -> dict[str, str]:
        """Returns by job title, or word for a level, the levels that the coördinator chose other than they were."""
        said = {name: self.cleaned_data[f"functie-{n}"] for n, name in enumerate(self.job_titles)}
        words = {name: self.cleaned_data[f"niveau-{n}"] for n, name in enumerate(self.level_words)}
        known = {**self.judgement.level_words, **self.known}
        return {name: level for name, level in {**words, **said}.items() if level not in ("", LATER, known[name])}

    def edits(self) -> dict[str, dict[str, str]]:
        """Returns by the number of a row what its cells say now, where that is something else."""
        found: dict[str, dict[str, str]] = {}
        for fate in self.rows:
            for column in EDITED:
                name = f"rij-{fate.number}-{column}"
                said = one_line(self.cleaned_data[name])
                if said != (self.fields[name].initial or "") and name in self.data:
                    found.setdefault(str(fate.number), {})[column] = said
        return found

    def skips(self) -> tuple[set[int], set[int]]:
        """Returns the rows that were shown and are to be skipped, and those that are not."""
        skipped = {fate.number for fate in self.rows if self.cleaned_data[f"rij-{fate.number}-skip"]}
        return skipped, {fate.number for fate in self.rows} - skipped


def _select(label: str) -> forms.Select:
    return forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select", "aria-label": label})


def _text(label: str, suggestions: str) -> forms.TextInput:
    attrs = {"class": "utrecht-textbox utrecht-textbox--html-input", "aria-label": label}
    return forms.TextInput(attrs=attrs | ({"list": suggestions} if suggestions else {}))
