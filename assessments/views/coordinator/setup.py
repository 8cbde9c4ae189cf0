"""Shows the steps that set up a round; each is saved on its own, so they can be resumed, or done in another order."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import Truncator

from assessments.actions.setup import change_round, create_round, unreached
from assessments.forms.setup import InvitationForm, NewRoundForm, NextRoundForm, PlanningForm, defaults, one_line
from assessments.models import Network, Round, State
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.one_partner import levels_of_one_partner
from assessments.running.pause import pause_of
from assessments.running.readiness import STEPS, choices, consequences
from assessments.running.timetable import holiday_warning
from assessments.views.coordinator.rounds import page
from assessments.views.coordinator.steps import first_steps, step_links
from assessments.views.request import SignedInRequest, network_page, round_page
from factors.models import InstrumentVersion

FORMS: dict[str, Callable[..., forms.Form]] = {
    "gegevens": NewRoundForm,
    "planning": PlanningForm,
    "uitnodiging": InvitationForm,
}


@network_page("GET", "POST", right="run")
def round_new(request: SignedInRequest, network: Network) -> HttpResponse:
    """Makes a round with its first step; where there was a round before, as a copy of the last one."""
    previous = network.rounds.exclude(state=State.CONCEPT).first()
    version = InstrumentVersion.objects.first()
    dead = unreached(previous) if previous else []
    initial = {"instrument_version": version}
    form = NextRoundForm(request.POST or None, network=network, initial=initial, unreached=dead)
    pause = pause_of(network.pk)
    if made := _made_before(form, network):
        messages.info(request, f"De ronde ‘{made.name}’ was al gemaakt. U gaat ermee verder.")
        return redirect("round_setup", round_id=made.pk, step="gegevens")
    if form.is_valid():
        keep = form.cleaned_data.pop("keep", [])
        fields = defaults(network, pause) | form.cleaned_data | _sender(request)
        before = previous.pk if previous else None
        round = create_round(network_id=network.pk, previous_id=before, fields=fields, keep=keep)
        return redirect("round_setup", round_id=round.pk, step="planning")
    context = {"network": network, "form": form, "previous": previous, "steps": first_steps(), "pause": pause}
    return render(request, "coordinator/round_new.html", context)


@round_page("GET", "POST", right="run")
def round_setup(request: SignedInRequest, round: Round, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if not round.allows(Work.SETTING_UP) or step not in FORMS:
        if request.method == "POST" and step in FORMS:
            messages.error(request, "De ronde is al open. De instellingen liggen vast: er is niets gewijzigd.")
        return redirect("participants" if step == "deelnemers" else "round_open", round_id=round.pk)
    form, seen = _form(step, round, request), _seen(step, round)
    if form.is_valid() and request.POST.get("gezien", seen) != seen:
        _point_out_changes(form, round)
    if form.is_valid():
        return _save(request, round, step, form)
    context = page(round) | {
        "form": form,
        "step": step,
        "step_name": STEPS[step],
        "steps": step_links(round, step),
        "seen": seen,
        "pause": pause_of(round.network_id),
        "consequences": consequences(round, round.minimum),
        "choices": choices(round),
        "of_one_partner": levels_of_one_partner(round),
    }
    return render(request, "coordinator/round_setup.html", context)


def _sender(request: SignedInRequest) -> dict[str, str]:
    return {"contact_name": one_line(request.user.name)[:100], "contact_email": request.user.email}


def _made_before(form: NewRoundForm, network: Network) -> Round | None:
    """Returns the concept that a second click, or the browser's back button, would make again, or None."""
    if not form.is_bound:
        return None
    return network.rounds.filter(state=State.CONCEPT, name__iexact=one_line(form.data.get("name", ""))).first()


def _names(step: str) -> list[str]:
    return list(FORMS[step].base_fields)  # type: ignore[attr-defined]


def _form(step: str, round: Round, request: SignedInRequest) -> forms.Form:
    options: dict[str, Any] = {"network": round.network, "round": round} if step == "gegevens" else {}
    initial = {name: getattr(round, name) for name in _names(step)}
    return FORMS[step](request.POST or None, initial=initial, **options)


def _seen(step: str, round: Round) -> str:
    """Returns a mark of what is stored for the step; a page from before a change brings back another mark."""
    return sha256("\0".join(str(getattr(round, name)) for name in _names(step)).encode()).hexdigest()[:16]


def _point_out_changes(form: forms.Form, round: Round) -> None:
    """Keeps what was typed and says once, as an error, what has changed meanwhile; the next time it is saved."""
    changed = [name for name, value in form.cleaned_data.items() if value != getattr(round, name)]
    if changed:
        now = "; ".join(f"{form.fields[name].label}: {_short(getattr(round, name))}" for name in changed)
        form.add_error(
            None,
            "Deze stap is intussen gewijzigd, in een ander venster of door een collega."
            f" Nu is opgeslagen: {now}. Sla nog eens op als het moet worden wat hieronder staat.",
        )


def _short(value: object) -> str:
    text = date_format(value, "j F Y") if isinstance(value, date) else one_line(str(value))
    return Truncator(text).chars(60) or "(leeg)"


def _save(request: SignedInRequest, round: Round, step: str, form: forms.Form) -> HttpResponse:
    try:
        change_round(round_id=round.pk, fields=form.cleaned_data)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("round", round_id=round.pk)
    if step == "planning" and (warning := holiday_warning(form.cleaned_data["closes_on"], round.network.school_region)):
        messages.warning(request, warning)
    if "later" in request.POST:
        messages.success(request, "Opgeslagen. U kunt later verder.")
        return redirect("network", network_id=round.network_id)
    if "bekijken" in request.POST:
        return redirect("invitation_preview", round_id=round.pk)
    steps = list(STEPS)
    following = step if "rekenen" in request.POST else steps[steps.index(step) + 1]  # type: ignore[arg-type]
    return redirect("round_setup", round_id=round.pk, step=following)
