"""Holds the forms of a round's mail: its days, its contact, what came back, and which addresses don't work."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from assessments.forms.rounds import DateField
from assessments.forms.setup import InvitationForm
from assessments.models import Round
from assessments.rules import schedule
from samenwerking.returned_mail import Returned


class ReturnedMailForm(forms.Form):
    use_required_attribute = False
    text = forms.CharField(
        label="Adressen of meldingen",
        help_text=(
            "Plak een lijst met adressen, of hele meldingen. U ziet eerst wat wij vinden; daarna kiest u zelf welke "
            "adressen niet kloppen."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        max_length=500_000,
        error_messages={"required": "Plak hier de adressen waar de mail niet aankwam."},
    )


class DeadAddressesForm(forms.Form):
    """Asks of each address that was found whether mail does not reach it; ticked are those of which that was said."""

    addresses = forms.MultipleChoiceField(
        label="Naar welke adressen gaat geen mail meer?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vink aan welke adressen niet kloppen, of ga terug."},
    )

    def __init__(self, data: object = None, *, found: Sequence[Returned]) -> None:
        failed = [one.address for one in found if one.has_failed]
        super().__init__(data, initial={"addresses": failed})  # type: ignore[arg-type]
        self.fields["addresses"].choices = [(one.address, _label(one)) for one in found]  # type: ignore[attr-defined]


def _label(one: Returned) -> str:
    if one.line.strip("<> ;,.").lower() == one.address:
        return one.address
    return format_html('{} <span class="small">in: {}</span>', one.address, one.line)


class ContactForm(InvitationForm):
    """Asks what mail of an open round may still change: who it is from, and what reminders say."""

    invitation_subject = None  # type: ignore[assignment]
    invitation_text = None  # type: ignore[assignment]


class PlanMailForm(forms.Form):
    """Asks whether one mail goes on its usual day, on another, or not at all."""

    when = forms.ChoiceField(label="Wanneer gaat deze mail uit?", widget=forms.RadioSelect)
    day = DateField(label="Andere dag", required=False, help_text="Een werkdag, voor of op de laatste dag.")

    def __init__(
        self, *args: object, round: Round, usual: date | None, others: Mapping[str, date], **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.round, self.others = round, others
        on_its_day = [("vast", f"op de vaste dag: {date_format(usual, 'l j F')}")] if usual else []
        self.fields["when"].choices = [*on_its_day, ("anders", "op een andere dag"), ("niet", "niet: sla over")]  # type: ignore[attr-defined]

    def clean(self) -> None:
        asked = self.cleaned_data.get("when") == "anders" and "day" not in self.errors
        if asked and (fault := self._fault(self.cleaned_data.get("day"))):
            self.add_error("day", fault)

    def _fault(self, day: date | None) -> str:
        if not day:
            return "Kies de dag waarop deze mail uitgaat."
        if day < schedule.mail_day(timezone.localtime()):
            return "Op deze dag kan de mail niet meer uit. Kies een latere dag."
        if not schedule.is_working_day(day):
            return "Dit is een weekend of feestdag. Kies een werkdag."
        if self.round.closes_on and day > self.round.closes_on:
            return (
                f"De laatste dag om in te vullen is {date_format(self.round.closes_on, 'j F Y')}. Kies een dag ervoor."
            )
        if day in self.others.values():
            return "Op deze dag gaat al een andere mail uit. Kies een andere dag."
        return ""
