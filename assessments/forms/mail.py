"""Holds the two forms for mail that came back: what was pasted, and which of the addresses in it don't work."""

from collections.abc import Sequence

from django import forms
from django.utils.html import format_html

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
