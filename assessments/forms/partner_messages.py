"""Holds the form for the message to contacts of partners: to whom, and what the coördinator adds to it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.actions.partner_messages import Told
from assessments.forms.setup import without_links


class PartnerMessageForm(forms.Form):
    """Asks which of the partners that can be told now; those below half are ticked."""

    use_required_attribute = False
    partners = forms.TypedMultipleChoiceField(
        label="Naar welke partners?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aangevinkt zijn de partners waar minder dan de helft meedeed.",
        error_messages={
            "required": "Kies ten minste één partner.",
            "invalid_choice": "Een van de partners kan nu geen bericht krijgen, of kreeg er net een. Kies opnieuw.",
        },
    )
    words = forms.CharField(
        label="Uw tekst in het bericht",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Bijvoorbeeld waarom het voor deze partners telt. De rest komt er vanzelf in: hoe de respons is, de laatste"
            " dag, en hoe mensen hun uitnodiging terugvinden. Noem geen mensen die wel of niet meededen."
        ),
    )

    def __init__(self, data: Any = None, *, told: Sequence[Told]) -> None:
        self.told = {one.partner.pk: one for one in told if one.can_be_told}
        below = [pk for pk, one in self.told.items() if one.is_below_half]
        super().__init__(data, initial={"partners": below})
        self.fields["partners"].choices = [(pk, _label(one)) for pk, one in self.told.items()]  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        return without_links(self.cleaned_data["words"], "Een link naar onze uitleg komt er vanzelf onder.")

    def chosen(self) -> list[Told]:
        return [one for pk, one in self.told.items() if pk in self.cleaned_data["partners"]]


def _label(told: Told) -> str:
    return f"{told.partner.name}: {told.words}"
