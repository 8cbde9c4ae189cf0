"""Holds the forms of how long a network keeps things, and until which days it keeps a round."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format

from assessments.dutch import in_months
from assessments.forms.rounds import DateField
from assessments.models import Network, Round
from assessments.rules.keeping import LIST_DAYS, UNTOUCHED, Term
from assessments.running.keeping import longest, usual_days

OFFERED = (1, 3, 6, 12, 18, 24, 36, 48, 60, 84, 120, 180, 240, 360, 600)  # months
COLUMNS = {
    "keeps_open_answers": "open_answers",
    "keeps_reports": "reports",
    "keeps_audit": "audit",
    "keeps_empty": "empty_network",
}


def _choice(*, label: str, help_text: str) -> forms.TypedChoiceField:
    """Returns the field of one term, in whole months or days; what may be chosen comes with the network."""
    return forms.TypedChoiceField(label=label, help_text=help_text, coerce=int, empty_value=None, required=False)


class TermsForm(forms.Form):
    """Asks how long a network keeps each kind, between what the installation allows; empty means as usual there."""

    keeps_open_answers = _choice(
        label="Open antwoorden, na het sluiten van de ronde",
        help_text="Wat mensen in eigen woorden schreven. De PDF’s met die teksten maken wij dan opnieuw, zonder.",
    )
    keeps_reports = _choice(
        label="Uitkomsten en rapporten, na het sluiten van de ronde",
        help_text=(
            "De hele ronde gaat dan, met wat is afgesproken. Een volgende ronde vergelijkt er niet meer mee. Doet de"
            " ronde mee aan onderzoek? Dan staan ook de netwerken die tegelijk met het uwe begonnen niet meer in nieuwe"
            " uitgaven, tot er genoeg nieuwe netwerken bij zijn gekomen."
        ),
    )
    keeps_audit = _choice(
        label="Het logboek: wie wat deed in dit netwerk",
        help_text="Kiest u korter, dan wissen wij meteen alle regels die ouder zijn. Daarover komt geen mail.",
    )
    keeps_empty = _choice(
        label="Het netwerk zelf, als er geen rondes meer zijn",
        help_text="Sinds iemand er iets aan veranderde.",
    )
    keeps_lists = _choice(
        label="De lijst met deelnemers van een ronde in voorbereiding, als niemand eraan werkt",
        help_text="Kiest u korter, dan telt die termijn vanaf dat moment. Over een lijst die gaat, komt geen mail.",
    )

    def __init__(self, data: Any, *, network: Network) -> None:
        super().__init__(data, initial={name: getattr(network, name) for name in (*COLUMNS, "keeps_lists")})
        for name, kind in COLUMNS.items():
            term, chosen = settings.RETENTION[kind], getattr(network, name)
            self.fields[name].choices = _choices(term, chosen)  # type: ignore[attr-defined]
            if term.least == term.most:
                self.fields[name].disabled, self.initial[name] = True, None
        days = [(number, f"{number} dagen") for number in LIST_DAYS]
        usual = f"zoals gewoonlijk: {UNTOUCHED.days} dagen"
        self.fields["keeps_lists"].choices = [("", usual), *days]  # type: ignore[attr-defined]


def _choices(term: Term, chosen: int | None) -> list[tuple[int | str, str]]:
    """Returns what can be chosen; what was chosen before stands among it as far as it is still allowed."""
    if term.least == term.most:
        return [("", f"{in_months(term.usual)}: dat ligt vast voor de hele site")]
    own = {chosen} if chosen else set[int]()
    numbers = sorted({number for number in {*OFFERED, term.least, term.most, *own} if term.within(number) == number})
    return [("", f"zoals gewoonlijk: {in_months(term.usual)}"), *((number, in_months(number)) for number in numbers)]


class KeepRoundForm(forms.Form):
    """Asks until which days a round keeps its open answers and its results; empty means as long as usual."""

    texts_until = DateField(label="Open antwoorden bewaren tot en met", required=False)
    results_until = DateField(label="Uitkomsten en rapporten bewaren tot en met", required=False)

    def __init__(self, data: Any, *, round: Round, has_texts: bool) -> None:
        self.round = round
        super().__init__(data, initial={"texts_until": round.texts_until, "results_until": round.results_until})
        self.usual = usual_days(round)
        for name, kind, day in (
            ("texts_until", "open_answers", self.usual.texts),
            ("results_until", "reports", self.usual.results),
        ):
            self.fields[name].help_text = (
                f"Laat leeg voor de gewone termijn: dan wissen wij ze op {_said(day)}."
                f" Kies een dag tot en met {_said(longest(round, kind))}."
            )
        if not has_texts:
            del self.fields["texts_until"]

    def clean_texts_until(self) -> date | None:
        return self._checked("texts_until", self.usual.texts, longest(self.round, "open_answers"))

    def clean_results_until(self) -> date | None:
        return self._checked("results_until", self.usual.results, longest(self.round, "reports"))

    def clean(self) -> dict[str, Any]:
        """Refuses open answers that would be kept longer than the round that they are of."""
        fields = super().clean() or self.cleaned_data
        texts, results = fields.get("texts_until"), fields.get("results_until")
        last = max(filter(None, [results, self.usual.results]))
        if texts and texts > last and not self.errors:
            self.add_error("texts_until", "Open antwoorden gaan met de uitkomsten mee. Bewaar die dan ook zo lang.")
        return fields

    def _checked(self, name: str, usual: date | None, last: date) -> date | None:
        """Returns the day. Raises ValidationError where it is not later than usual, or later than is allowed."""
        day: date | None = self.cleaned_data[name]
        if day and usual and day < usual:
            raise forms.ValidationError("Deze dag valt binnen de gewone termijn. Kies een latere, of laat dit leeg.")
        if day and day > last:
            raise forms.ValidationError(f"Zo lang kan niet op deze site. Kies een dag tot en met {_said(last)}.")
        return day


def _said(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
