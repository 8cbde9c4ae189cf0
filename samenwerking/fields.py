"""Holds the field for an e-mail address: every form cleans and judges one by the same rule."""

from typing import Any

from django import forms

from samenwerking.addresses import LONGEST, Unfit, judged


class AddressField(forms.CharField):
    """Asks for one address; it comes out as it is stored and mailed."""

    widget = forms.EmailInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 2 * LONGEST} | options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Returns no longest length: a name around the address is taken off first."""
        return {}

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return judged(text)
        except Unfit as fault:
            raise forms.ValidationError(str(fault)) from None
