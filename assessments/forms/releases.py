"""Asks what only people know of releases, once a backup was put back."""

from django import forms


class ForgottenForm(forms.Form):
    had_release = forms.TypedChoiceField(
        label="Is er in die tijd een uitgave gemaakt?",
        choices=[("nee", "nee, dat weet ik zeker"), ("ja", "ja, of dat weet ik niet zeker")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
