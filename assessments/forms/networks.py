"""Holds the forms of a network, its partners and the colleagues who work in it."""

from typing import Any

from django import forms
from django.utils.html import format_html

from assessments.forms.setup import mailed_line, one_line
from assessments.imports.job_titles import simple
from assessments.models import Membership, Network, Partner, PartnerKind, Role
from samenwerking.accounts.models import User
from samenwerking.fields import AddressField


class NetworkForm(forms.ModelForm[Network]):
    has_jgz_in_team = forms.TypedChoiceField(
        label="Zit de jeugdgezondheidszorg in het wijkteam?",
        choices=[("", "weet ik niet"), ("ja", "ja"), ("nee", "nee")],
        coerce=lambda value: value == "ja",
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Network
        fields = [
            "name",
            "municipalities",
            "description",
            "school_region",
            "scope",
            "inhabitants",
            "team_target_group",
            "has_jgz_in_team",
            "collaboration_form",
        ]
        help_texts = {
            "name": "Zo heet het netwerk in uitnodigingen en rapporten. Bijvoorbeeld: Passend onderwijs Oost.",
            "municipalities": "Meer gemeenten? Zet er een komma tussen.",
            "description": "Waar werkt dit netwerk aan? Eén of twee zinnen is genoeg.",
            "school_region": (
                "In een schoolvakantie gaan dan geen herinneringen uit. Wij waarschuwen als de laatste dag erin valt."
            ),
            "inhabitants": "Van de gemeente, of van de gemeenten samen.",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        instance = self.instance
        if instance.has_jgz_in_team is not None:
            self.initial["has_jgz_in_team"] = "ja" if instance.has_jgz_in_team else "nee"
        for name in ("school_region", "scope", "inhabitants", "team_target_group", "collaboration_form"):
            field = self.fields[name]
            field.choices = [("", "geen keuze"), *field.choices[1:]]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return mailed_line(self.cleaned_data["name"])


class PartnerForm(forms.ModelForm[Partner]):
    kind = forms.ModelChoiceField(
        label="Soort",
        queryset=PartnerKind.objects.all(),
        empty_label="kies een soort",
        help_text="Sommige adviezen in het rapport zijn voor één soort partner.",
    )
    contact_email = AddressField(
        label="E-mailadres van de contactpersoon",
        required=False,
        help_text=Partner._meta.get_field("contact_email").help_text,
    )

    class Meta:
        model = Partner
        fields = ["name", "kind", "local_kind", "contact_email"]
        help_texts = {"name": "De naam van de organisatie, zoals deelnemers die kennen."}

    def __init__(self, *args: Any, network: Network, **options: Any) -> None:
        super().__init__(*args, **options)
        self.network = network

    def clean_name(self) -> str:
        """Refuses a second partner of one name: in a report or a list of participants nobody can tell the two apart."""
        name = one_line(self.cleaned_data["name"])
        others = self.network.partners.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if simple(name) in map(simple, others):
            raise forms.ValidationError("Er is al een partner met deze naam. Zet er bijvoorbeeld de plaats bij.")
        return name


class KindsForm(forms.Form):
    """Asks the kind of each partner of a network at once; `kinds` has them by the partner's id."""

    def __init__(self, *args: Any, network: Network, **options: Any) -> None:
        super().__init__(*args, **options)
        for partner in network.partners.all():
            self.fields[f"soort-{partner.pk}"] = forms.ModelChoiceField(
                label=partner.name, queryset=PartnerKind.objects.all(), empty_label=None, initial=partner.kind_id
            )

    @property
    def kinds(self) -> dict[int, PartnerKind]:
        return {int(name.removeprefix("soort-")): kind for name, kind in self.cleaned_data.items()}


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label="Samenvoegen met",
        queryset=Partner.objects.none(),
        empty_label="kies een partner",
        help_text="De naam en de soort van deze partner blijven.",
    )

    def __init__(self, *args: Any, partner: Partner, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = Partner.objects.filter(  # type: ignore[attr-defined]
            network=partner.network_id
        ).exclude(pk=partner.pk)


ROLES = [
    (Role.READER, "Meelezer: leest de rapporten die u voor meelezers publiceert"),
    (Role.COORDINATOR, "Coördinator: mag alles wat u ook mag"),
    (Role.RESEARCHER, "Onderzoeker: leest de rapporten en cijfers die u voor onderzoekers publiceert"),
]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Wat mag deze collega?", choices=ROLES, initial=Role.READER, widget=forms.RadioSelect
    )


class NamedNetworkForm(forms.Form):
    """Asks for the network's name before what can't be undone: nobody types that by accident."""

    has_export = forms.BooleanField(
        label="Ik heb gedownload wat ik nog nodig heb, of ik heb niets meer nodig",
        error_messages={"required": "Download eerst wat u nodig hebt, en zet dan hier een vinkje."},
    )
    name = forms.CharField(label="Typ de naam van het netwerk", max_length=200)

    def __init__(self, *args: object, network: Network, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.network = network
        self.fields["name"].help_text = format_html(
            "Zo weten wij zeker dat u dit netwerk wilt verwijderen: <strong>{}</strong>", network.name
        )
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        typed = self.cleaned_data["name"]
        if " ".join(typed.split()).casefold() != " ".join(self.network.name.split()).casefold():
            raise forms.ValidationError(f"Dit is niet de naam van het netwerk. Typ: {self.network.name}")
        return typed


class ColleagueForm(forms.Form):
    name = forms.CharField(label="Naam", max_length=200)
    email = AddressField(label="E-mailadres", help_text="Hierheen gaat de uitnodiging.")
    role = forms.ChoiceField(
        label="Wat mag deze collega?", choices=ROLES, initial=Role.READER, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, network: Network, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.network = network

    def clean_name(self) -> str:
        """Returns the name as mails can show it: it becomes the sender of the rounds that this colleague makes."""
        return mailed_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if Membership.objects.filter(network=self.network, user__email=email).exists():
            raise forms.ValidationError("Deze collega heeft al toegang. Wijzig de rol op de pagina van het netwerk.")
        return email
