"""Holds the forms of the steps that set up a round; each step is saved, so it can be left and resumed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone

from assessments.forms.rounds import DateField, check_last_day
from assessments.imports.tables import clean
from assessments.models import Level, Message, Network, Round, ShownBy
from assessments.rules import schedule
from assessments.rules.minimum import LEAST_MINIMUM, MOST_MINIMUM
from assessments.running.pause import Pause
from factors.models import InstrumentVersion
from samenwerking.fields import AddressField
from samenwerking.links import holds_link

DEFAULT_DAYS = 21
LEVEL_CHOICES = [
    (Level.UITVOEREND, "uitvoerend: werkt met kinderen en gezinnen"),
    (Level.MANAGEMENT, "management: geeft leiding aan wie dat doet"),
    (Level.BESTUUR, "bestuur: gaat over beleid en geld"),
]
SUBJECT = "Uitnodiging: hoe werken wij samen in {network}?"
TEXT = (
    "Wij willen weten hoe de samenwerking in {network} gaat."
    " Daarom vragen wij alle partners om een korte vragenlijst in te vullen.\n\n"
    "Uw ervaring telt: ook als u weinig met het netwerk te maken hebt, of het ergens niet mee eens bent."
    " Met de uitkomsten gaan de partners samen in gesprek."
)


class NewRoundForm(forms.Form):
    """Is the first step; it makes the round."""

    name = forms.CharField(
        label="Naam van de ronde",
        max_length=200,
        help_text="Zo herkent u de ronde later. Bijvoorbeeld: Voorjaar 2027.",
    )
    instrument_version = forms.ModelChoiceField(
        label="Vragenlijst",
        queryset=InstrumentVersion.objects.all(),
        empty_label=None,
        help_text="Kies de nieuwste, tenzij u precies dezelfde vragen wilt stellen als vorige keer.",
    )

    def __init__(self, *args: object, network: Network, round: Round | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.network, self.round = network, round

    def clean_name(self) -> str:
        name = mailed_line(self.cleaned_data["name"])
        others = Round.objects.filter(network=self.network, name__iexact=name)
        if self.round:
            others = others.exclude(pk=self.round.pk)
        if others.exists():
            raise forms.ValidationError("Er is al een ronde met deze naam. Kies een andere naam.")
        return name


class NextRoundForm(NewRoundForm):
    """Also asks who comes along of those whom mail of the round before did not reach: `unreached` has one to each."""

    keep = forms.TypedMultipleChoiceField(
        label="Mail aan deze mensen kwam niet aan. Wie neemt u toch mee?",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text="Wie u niet aanvinkt, gaat niet mee. Kent u het goede adres? Voeg dat later toe bij de deelnemers.",
    )

    def __init__(self, *args: object, unreached: Sequence[Message], **options: Any) -> None:
        super().__init__(*args, **options)
        if unreached:
            self.fields["keep"].choices = [(one.participant_id, _label(one)) for one in unreached]  # type: ignore[attr-defined]
        else:
            del self.fields["keep"]


def _label(message: Message) -> str:
    person = message.participant
    name = f"{person.name}, {person.email}" if person.name else person.email
    return f"{name} ({person.partner}): {message.get_state_display()}{f', {message.why}' if message.why else ''}"


class PlanningForm(forms.Form):
    closes_on = DateField(
        label="Laatste dag om in te vullen",
        help_text="Drie weken is meestal genoeg. U kunt dit later nog wijzigen.",
    )
    reminders = forms.TypedChoiceField(
        label="Hoeveel herinneringen?",
        choices=[(0, "geen"), (1, "één"), (2, "twee"), (3, "drie")],
        coerce=int,
        help_text=(
            "Alleen voor wie nog niet klaar is. Nooit in het weekend, op een feestdag of in een schoolvakantie van uw"
            " regio. De dagen ziet u bij ‘Controleren en openen’; daar kunt u ze verplaatsen."
        ),
    )
    minimum = forms.IntegerField(
        label="Kleinste groep die te zien is",
        help_text=(
            "Van een groep met minder antwoorden laten wij geen score zien, ook niet aan u."
            " Dit getal ligt vast zodra de ronde opent."
        ),
        error_messages={"invalid": f"Vul een heel getal in, van {LEAST_MINIMUM} of meer."},
    )

    shown_by = forms.ChoiceField(
        label="Uitkomsten, naast die per niveau",
        choices=[
            (ShownBy.SECTOR, "per sector: onderwijs, jeugdhulp en zorg, gemeente, overig"),
            (ShownBy.PARTNER, "per partner"),
        ],
        widget=forms.RadioSelect,
        help_text="Nooit allebei: dan is een kleine partner uit te rekenen. Ligt vast zodra de ronde opent.",
    )

    in_research = forms.BooleanField(
        label="Deze ronde doet mee aan onderzoek",
        required=False,
        help_text=(
            "Onderzoekers die de beheerder van deze site aanwees, mogen dan de rapporten lezen die u voor onderzoekers"
            " publiceert. De gepubliceerde cijfers komen in uitgaven voor onderzoek, met de naam van het netwerk en de"
            " gemeente; wie die krijgt, mag ze doorgeven. Wat één persoon koos, krijgt niemand. Deelnemers lezen dit in"
            " de uitnodiging en op de eerste pagina. Daarom ligt de keuze vast zodra de ronde opent. Stoppen kan later"
            " wel, voor volgende uitgaven."
        ),
    )

    def clean_closes_on(self) -> date:
        return check_last_day(self.cleaned_data["closes_on"])

    def clean_minimum(self) -> int:
        minimum = self.cleaned_data["minimum"]
        if not LEAST_MINIMUM <= minimum <= MOST_MINIMUM:
            raise forms.ValidationError(
                f"Kies een getal van {LEAST_MINIMUM} tot en met {MOST_MINIMUM}."
                f" Bij minder dan {LEAST_MINIMUM} is te zien wat één persoon antwoordde."
            )
        return minimum


class InvitationForm(forms.Form):
    use_required_attribute = False  # a browser would colour the empty text as a fault before anything is typed
    contact_name = forms.CharField(
        label="Afzender", max_length=100, help_text="Uw naam, en van welke organisatie u bent."
    )
    contact_email = AddressField(
        label="Antwoordadres", help_text="Op dit adres kunnen deelnemers u bereiken. Het staat in elke mail."
    )
    invitation_subject = forms.CharField(label="Onderwerp", max_length=120)
    invitation_text = forms.CharField(
        label="Uw tekst voor de uitnodiging",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=(
            "Hieronder komen vanzelf: de persoonlijke link, hoe lang het invullen duurt, de laatste dag en de"
            " belofte over anonimiteit. Zet zelf geen links of opmaak in de tekst."
        ),
    )
    reminder_text = forms.CharField(
        label="Uw tekst voor de herinnering",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=(
            "Alleen voor wie nog niet klaar is. Laat u dit leeg, dan gebruiken wij een standaardtekst."
            " Die ziet u bij het voorbeeld."
        ),
    )

    def clean_contact_name(self) -> str:
        return mailed_line(self.cleaned_data["contact_name"])

    def clean_invitation_subject(self) -> str:
        return mailed_line(self.cleaned_data["invitation_subject"])

    def clean_invitation_text(self) -> str:
        return without_links(self.cleaned_data["invitation_text"])

    def clean_reminder_text(self) -> str:
        return without_links(self.cleaned_data["reminder_text"])


def one_line(text: str) -> str:
    """Returns the text without line breaks and invisible signs: it goes into the header of a mail, and into names."""
    return clean(text)


def mailed_line(text: str) -> str:
    """Returns one line that mails show under our own address, so without links. Raises ValidationError."""
    return without_links(one_line(text))


def without_links(text: str, instead: str = "De persoonlijke link komt er vanzelf onder.") -> str:
    """Returns the text itself. Raises ValidationError where a mail program would make a link of a part of it."""
    if holds_link(text):
        raise forms.ValidationError(
            f"Zet geen link of webadres in de tekst, ook niet kort, zoals ‘voorbeeld.nl’. {instead}"
        )
    return text


def defaults(network: Network, pause: Pause | None) -> dict[str, object]:
    """Returns what a new round starts with; its last day leaves time to fill in once the `pause` is over."""
    opens = pause.earliest if pause else timezone.localdate()
    return {
        "minimum": settings.MINIMUM_GROUP_SIZE,
        "shown_by": ShownBy.SECTOR,  # most partners are too small to show
        "closes_on": schedule.last_day(opens, DEFAULT_DAYS, network.school_region),
        "invitation_subject": SUBJECT.format(network=network.name)[:120],
        "invitation_text": TEXT.format(network=network.name),
    }
