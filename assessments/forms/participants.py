"""Holds the forms around the list of participants."""

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from assessments.forms.setup import LEVEL_CHOICES, mailed_line, one_line
from assessments.models import Level, Participant, Partner, Round
from samenwerking.fields import AddressField

SORTS = {
    "partner": ("partner__name", "level", "email"),
    "niveau": ("level", "partner__name", "email"),
    "adres": ("email", "partner__name"),
}


class FilterForm(forms.Form):
    """Asks which participants the list shows, and in what order."""

    zoek = forms.CharField(label="Zoek op adres, naam of functie", required=False, max_length=100)
    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.none(), required=False, empty_label="alle partners"
    )
    niveau = forms.ChoiceField(label="Niveau", required=False, choices=[("", "alle niveaus"), *Level.choices])
    klaar = forms.ChoiceField(
        label="Klaar", required=False, choices=[("", "iedereen"), ("nee", "nog niet klaar"), ("ja", "klaar")]
    )
    volgorde = forms.ChoiceField(
        label="Volgorde",
        required=False,
        choices=[("partner", "op partner"), ("niveau", "op niveau"), ("adres", "op adres")],
    )

    def __init__(self, *args: object, round: Round, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["partner"].queryset = Partner.objects.filter(network=round.network_id)  # type: ignore[attr-defined]
        if not round.is_open:
            del self.fields["klaar"]
        speak_of_no_duty(self)

    def narrow(self, rows: QuerySet[Participant], done: Collection[UUID]) -> QuerySet[Participant]:
        asked = self.cleaned_data
        if asked["zoek"]:
            found = (Q(**{f"{column}__icontains": asked["zoek"]}) for column in ("email", "name", "job_title"))
            rows = rows.filter(reduce(or_, found))
        if asked["partner"]:
            rows = rows.filter(partner=asked["partner"])
        if asked["niveau"]:
            rows = rows.filter(level=asked["niveau"])
        if asked.get("klaar"):
            rows = rows.filter(pk__in=done) if asked["klaar"] == "ja" else rows.exclude(pk__in=done)
        return rows.order_by(*SORTS[asked["volgorde"] or "partner"], "pk")

    def query(self) -> str:
        """Returns the choices as part of an address, for the links to the other pages of the list."""
        chosen = {name: self.data.get(name) for name in self.fields if self.data.get(name)}
        return urlencode(chosen)


class ParticipantForm(forms.Form):
    """Invites one person by hand."""

    email = AddressField(label="E-mailadres")
    name = forms.CharField(
        label="Naam",
        max_length=100,
        required=False,
        help_text="Voor uw lijst, en voor de aanhef van de mail. Wij wissen de naam als wij het adres wissen.",
    )
    partner = forms.ModelChoiceField(label="Partner", queryset=Partner.objects.none(), empty_label="kies een partner")
    level = forms.ChoiceField(
        label="Niveau",
        choices=LEVEL_CHOICES,
        widget=forms.RadioSelect,
    )
    job_title = forms.CharField(label="Functie", max_length=100, required=False)

    def __init__(self, *args: object, round: Round, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.round = round
        self.fields["partner"].queryset = Partner.objects.filter(network=round.network_id)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if self._takes_part(email):
            raise forms.ValidationError("Dit adres doet al mee in deze ronde.")
        return email

    def clean_name(self) -> str:
        return mailed_line(self.cleaned_data["name"])

    def clean_job_title(self) -> str:
        return one_line(self.cleaned_data["job_title"])

    def _takes_part(self, email: str) -> bool:
        return Participant.objects.filter(round=self.round, email=email).exists()


class ChangeForm(ParticipantForm):
    """Changes one person; of whoever has sent, the name and the job title only.

    The page holds what it showed, so that what somebody else changed meanwhile is not changed back.
    """

    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: object = None, *, participant: Participant, has_sent: bool) -> None:
        was = {name: getattr(participant, name) for name in ("email", "name", "level", "job_title")}
        was["partner"] = participant.partner_id
        super().__init__(data, round=participant.round, initial=was | {"seen": was})
        self.was, self.participant = was, participant
        self.fields["email"].help_text = "Bij een ander adres krijgt deze deelnemer een nieuwe link."
        if has_sent:
            for name in ("email", "partner", "level"):
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """Returns what was changed on the page, by the names of columns."""
        seen = self.cleaned_data["seen"]
        shown = self.was | seen if isinstance(seen, dict) else self.was
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        if "partner" in given:
            given["partner"] = given["partner"].pk
        changed = {name: value for name, value in given.items() if value != shown[name]}
        return {"partner_id" if name == "partner" else name: value for name, value in changed.items()}

    def _takes_part(self, email: str) -> bool:
        return email != self.participant.email and super()._takes_part(email)


class ChosenForm(forms.Form):
    """Holds who was chosen in the list, as one field: a form may not have thousands of them."""

    chosen = forms.CharField(widget=forms.HiddenInput)

    def clean_chosen(self) -> list[UUID]:
        try:
            return [UUID(word) for word in self.cleaned_data["chosen"].split()]
        except ValueError:
            raise forms.ValidationError("Kies de deelnemers opnieuw in de lijst.") from None


class ChangeChosenForm(ChosenForm):
    """Asks what all of the chosen get; what is left open stays as it is."""

    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.none(), required=False, empty_label="niet wijzigen"
    )
    level = forms.ChoiceField(label="Niveau", required=False, choices=[("", "niet wijzigen"), *Level.choices])
    job_title = forms.CharField(
        label="Functie", max_length=100, required=False, help_text="Laat u dit leeg, dan blijft de functie wat die is."
    )

    def __init__(self, *args: object, round: Round, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["partner"].queryset = Partner.objects.filter(network=round.network_id)  # type: ignore[attr-defined]
        speak_of_no_duty(self)

    def clean_job_title(self) -> str:
        return one_line(self.cleaned_data["job_title"])

    def clean(self) -> None:
        if not self.errors and not self.changes():
            raise forms.ValidationError("Kies wat u wilt wijzigen: de partner, het niveau of de functie.")

    def changes(self) -> dict[str, Any]:
        """Returns what each of the chosen gets, by the names of columns."""
        fields = {name: self.cleaned_data.get(name) for name in ("level", "job_title")}
        if partner := self.cleaned_data.get("partner"):
            fields["partner_id"] = partner.pk
        return {name: value for name, value in fields.items() if value}


def speak_of_no_duty(form: forms.Form) -> None:
    """Leaves '(niet verplicht)' out beside each field, where nobody would think that all must be filled in."""
    for field in form.fields.values():
        field.hides_optional = True  # type: ignore[attr-defined]
