"""Holds the forms of a running round: extending, closing, publishing and removing it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from assessments.models import ReaderGroup, Round
from assessments.rules import schedule
from assessments.running.readership import Readership
from assessments.running.timetable import invited_on

EARLY = schedule.FIRST_HOUR + 1


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")  # what <input type=date> needs, whatever the language


class DateField(forms.DateField):
    """Takes a day from a date picker, or typed the Dutch way."""

    widget = DateInput
    default_error_messages = {"invalid": "Vul een dag in, zoals 31-12-2026."}

    def __init__(self, **options: object) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)  # type: ignore[arg-type]


def check_last_day(day: date) -> date:
    """Returns the day itself. Raises ValidationError where nobody could fill in any more, or for another century."""
    today = timezone.localdate()
    if day <= today:
        raise forms.ValidationError("Deze dag is al voorbij of vandaag. Kies een latere dag.")
    if (day - today).days > 366:
        raise forms.ValidationError("Deze dag is meer dan een jaar later. Kies een dag binnen een jaar.")
    return day


def check_until(day: date, last: date) -> date:
    """Returns the day itself. Raises ValidationError where it is over already, or after the `last` one possible."""
    if day < timezone.localdate():
        raise forms.ValidationError("Deze dag is al voorbij. Kies vandaag of een latere dag.")
    if day > last:
        raise forms.ValidationError(f"Dat is te ver vooruit. Kies een dag tot en met {last:%-d-%-m-%Y}.")
    return day


class ExtendForm(forms.Form):
    closes_on = DateField(
        label="Nieuwe laatste dag om in te vullen", help_text="Deelnemers kunnen die dag nog invullen."
    )

    tell = forms.BooleanField(
        label="Laat het weten aan wie nog niet klaar is",
        required=False,
        initial=True,
        help_text=(
            "Alleen als de nieuwe dag later is. Zij krijgen een mail met de nieuwe dag, in werktijd."
            " Wie vandaag al mail kreeg, krijgt die de volgende werkdag."
        ),
    )

    def __init__(self, *args: object, round: Round, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.round = round

    def clean_closes_on(self) -> date:
        day = check_last_day(self.cleaned_data["closes_on"])
        if self.round.invites_later and day <= invited_on(self.round):
            raise forms.ValidationError("De uitnodigingen gaan dan nog niet uit. Kies een latere dag.")
        return day


class OpenForm(forms.Form):
    """Asks when the invitations go out: at once, or on a later working day at a whole hour."""

    when = forms.ChoiceField(
        label="Wanneer gaan de uitnodigingen uit?",
        choices=[("nu", "meteen, zodra ik de ronde open"), ("later", "later, op een werkdag")],
        initial="nu",
        widget=forms.RadioSelect,
    )
    day = DateField(label="Dag", required=False, help_text="Alleen nodig als u ‘later’ kiest.")
    hour = forms.TypedChoiceField(
        label="Uur",
        choices=[(hour, f"{hour}.00 uur") for hour in range(schedule.FIRST_HOUR, schedule.LAST_HOUR)],
        coerce=int,
        initial=EARLY,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, round: Round, **options: Any) -> None:
        super().__init__(data if data is None else {"when": "nu", **data.dict()}, **options)
        self.round = round

    def clean(self) -> None:
        if self.cleaned_data.get("when") != "later" or "day" in self.errors or "hour" in self.errors:
            return
        if fault := self._fault(self.cleaned_data.get("day")):
            self.add_error("day", fault)

    def _fault(self, day: date | None) -> str:
        if not day:
            return "Kies de dag waarop de uitnodigingen uitgaan."
        if not schedule.is_working_day(day):
            return "Dit is een weekend of feestdag. Kies een werkdag."
        if self._moment(day) <= timezone.now():
            return "Dit moment is al voorbij. Kies een later moment, of kies ‘meteen’."
        if self.round.closes_on and day >= self.round.closes_on:
            last = date_format(self.round.closes_on, "j F Y")
            return f"Kies een dag voor de laatste dag om in te vullen, {last}."
        return ""

    def _moment(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(self.cleaned_data["hour"] or EARLY)))

    @property
    def invites_at(self) -> datetime | None:
        day = self.cleaned_data.get("day")
        return self._moment(day) if self.cleaned_data.get("when") == "later" and day else None


class NamedRoundForm(forms.Form):
    """Asks for the round's name before what can't be undone: nobody types that by accident."""

    name = forms.CharField(label="Typ de naam van de ronde", max_length=200)

    def __init__(self, *args: object, round: Round, verb: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.round = round
        self.fields["name"].help_text = format_html(
            "Zo weten wij zeker dat u deze ronde wilt {}: <strong>{}</strong>", verb, round.name
        )
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        typed = self.cleaned_data["name"]
        if " ".join(typed.split()).casefold() != " ".join(self.round.name.split()).casefold():
            raise forms.ValidationError(f"Dit is niet de naam van de ronde. Typ: {self.round.name}")
        return typed


class PublishForm(forms.Form):
    """Shows a box for each group that does not read yet; all but researchers are chosen to begin with."""

    def __init__(self, data: object = None, *, groups: Sequence[Readership]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for group in groups:
            self.fields[group.group.value] = forms.BooleanField(
                label=group.name, help_text=group.text, required=False, initial=group.group != ReaderGroup.RESEARCHERS
            )

    def clean(self) -> None:
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError("Kies voor wie u publiceert.")

    def readers(self) -> list[str]:
        return [name for name, is_chosen in self.cleaned_data.items() if is_chosen]
