"""Holds the forms around the list of participants."""

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet

from assessments.forms.addresses import AddressField
from assessments.models import Level, Participant, Partner, Round

SORTS = {
    "partner": ("partner__name", "level", "email"),
    "niveau": ("level", "partner__name", "email"),
    "adres": ("email", "partner__name"),
}


class FilterForm(forms.Form):
    """Asks which participants the list shows, and in what order."""

    zoek = forms.CharField(label="Zoek op adres of functie", required=False, max_length=100)
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

    def narrow(self, rows: QuerySet[Participant], done: Collection[UUID]) -> QuerySet[Participant]:
        asked = self.cleaned_data
        if asked["zoek"]:
            rows = rows.filter(Q(email__icontains=asked["zoek"]) | Q(job_title__icontains=asked["zoek"]))
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


class AddressForm(forms.Form):
    email = AddressField(label="Juiste e-mailadres")

    def __init__(self, *args: object, round: Round, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.round = round

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if Participant.objects.filter(round=self.round, email=email).exists():
            raise forms.ValidationError("Dit adres doet al mee in deze ronde.")
        return email
