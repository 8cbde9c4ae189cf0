"""Holds the forms of the conversation about a report: planning, changing and cancelling it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from assessments.forms.rounds import DateField
from assessments.forms.setup import one_line
from assessments.models import Level, Meeting, Round
from assessments.running.meetings import to_invite
from samenwerking.links import holds_link

EARLIEST, LATEST = time(7), time(23)
ASKED = ("day", "begins", "ends", "place", "words")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TimeField(forms.TimeField):
    """Takes a time from a picker, or typed the Dutch way."""

    widget = TimeInput
    default_error_messages = {"invalid": "Vul een tijd in, zoals 14.30."}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"], **options)


class WordsField(forms.CharField):
    """Takes what mails say under our own address, so without links."""

    def clean(self, value: Any) -> str:
        text: str = "".join(sign for sign in super().clean(value) if sign.isprintable() or sign in "\r\n")
        if holds_link(text):
            raise forms.ValidationError(
                "Zet hier geen link of webadres in, ook niet kort, zoals ‘voorbeeld.nl’. Een link voor een gesprek"
                " online stuurt u zelf, uit uw eigen agenda."
            )
        return text


class MeetingForm(forms.Form):
    """Asks when and where; of a first one also whom, of one that is planned whom else."""

    use_required_attribute = False
    day = DateField(label="Dag")
    begins = TimeField(label="Begint om")
    ends = TimeField(label="Eindigt om", help_text="Voor een eerste gesprek is anderhalf uur meestal genoeg.")
    place = WordsField(
        label="Plaats",
        max_length=200,
        help_text="Bijvoorbeeld: gemeentehuis, zaal 2. Is het online? Schrijf dat dan hier, en stuur de link zelf.",
    )
    words = WordsField(
        label="Uw tekst in de uitnodiging",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dag, tijd, plaats en de link naar het rapport komen er vanzelf in.",
    )

    def __init__(self, data: Any = None, *, round: Round, meeting: Meeting | None = None) -> None:
        initial = {name: getattr(meeting, name) for name in ASKED} if meeting else {}
        super().__init__(data, initial=initial)
        self.meeting, self.round = meeting, round
        self.people = list(to_invite(round).select_related("partner"))
        if meeting is None:
            self._ask_whom()
        elif self.people:
            self._ask_whom_else()

    def _ask_whom(self) -> None:
        levels, partners = self._levels(), self._partners()
        label = "Wie nodigt u uit? Niveaus"
        self.fields["levels"] = _boxes(label, levels, initial=[key for key, _ in levels])
        self.fields["partners"] = _boxes(
            "En van welke partners?",
            partners,
            initial=[key for key, _ in partners],
            help_text="U nodigt iedereen uit die bij een gekozen niveau én een gekozen partner hoort.",
        )
        for name, what in (("levels", "één niveau"), ("partners", "één partner")):
            self.fields[name].error_messages["required"] = f"Kies ten minste {what}."

    def _ask_whom_else(self) -> None:
        self.fields["partners"] = _boxes(
            "Ook uitnodigen",
            self._partners(),
            required=False,
            help_text="Deze mensen kregen nog geen uitnodiging. Wie al is uitgenodigd, blijft dat.",
        )

    def _levels(self) -> list[tuple[str, str]]:
        counted = Counter(person.level for person in self.people)
        return [(level.value, f"{level.label} ({counted[level]})") for level in Level if counted[level]]

    def _partners(self) -> list[tuple[str, str]]:
        counted = Counter(person.partner for person in self.people)
        return [(str(partner.pk), f"{partner.name} ({count})") for partner, count in counted.items()]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if (day - timezone.localdate()).days > 366:
            raise forms.ValidationError("Deze dag is meer dan een jaar later. Kies een dag binnen een jaar.")
        return day

    def clean_begins(self) -> time:
        return _in_the_day(self.cleaned_data["begins"])

    def clean_ends(self) -> time:
        return _in_the_day(self.cleaned_data["ends"])

    def clean_place(self) -> str:
        return one_line(self.cleaned_data["place"])

    def clean(self) -> None:
        day, begins, ends = (self.cleaned_data.get(name) for name in ASKED[:3])
        if begins and ends and ends <= begins:
            self.add_error("ends", "Het gesprek eindigt voor het begint. Kies een latere tijd.")
        if day and begins and datetime.combine(day, begins, timezone.get_current_timezone()) <= timezone.now():
            self.add_error("day", "Dit moment is al voorbij. Kies een later moment.")
        if self.meeting is None and not self.errors and not self.invited():
            self.add_error("levels", "Bij deze niveaus en partners hoort niemand die u kunt uitnodigen.")

    def facts(self) -> dict[str, Any]:
        """Returns when and where, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ASKED}

    def guests(self) -> Q:
        """Returns whom was chosen, as the action takes it."""
        chosen = Q(partner__in=self.cleaned_data.get("partners", []))
        return chosen & Q(level__in=self.cleaned_data["levels"]) if "levels" in self.fields else chosen

    def invited(self) -> int:
        """Returns how many people would get a first invitation."""
        return to_invite(self.round).filter(self.guests()).count()

    def is_changed(self) -> bool:
        """Tells whether something is new for whoever was invited before."""
        return self.meeting is not None and any(
            getattr(self.meeting, name) != self.cleaned_data[name] for name in ASKED
        )

    def preview(self) -> Meeting:
        """Returns the conversation as it would be, without saving it."""
        return Meeting(round=self.round, **self.facts())


class CancelMeetingForm(forms.Form):
    use_required_attribute = False
    words = WordsField(
        label="Wilt u er iets bij zeggen?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld dat er een nieuwe datum komt.",
    )


def _boxes(label: str, choices: list[tuple[str, str]], **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options)


def _in_the_day(moment: time) -> time:
    if not EARLIEST <= moment <= LATEST:
        raise forms.ValidationError(f"Kies een tijd van {EARLIEST:%-H.%M} tot {LATEST:%-H.%M} uur.")
    return moment
