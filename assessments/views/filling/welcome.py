"""Shows the first page behind a link: what this is, and how far the round is."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.participation import correct_level
from assessments.filling import own_answers
from assessments.filling.answering import is_locked_out, stored
from assessments.filling.questionnaire import chapters_in_use, progress
from assessments.models import Level, State
from assessments.rules.workflow import NotAllowed
from assessments.running.one_partner import one_partner_at
from assessments.running.sectors import sector_with
from assessments.views.filling.forms import LevelForm
from assessments.views.filling.reports import offered
from assessments.views.filling.requests import LinkRequest, by_link, show, while_answering


@gzip_page
@require_safe
@by_link
def welcome(request: LinkRequest) -> HttpResponse:
    """Shows, at one address for everything, the page that fits the round and the person."""
    person = request.person
    if person.round.state == State.CONCEPT:
        return show(request, "not_open_yet")
    if person.is_somebody_else:
        return show(request, "left")
    if not person.round.is_open:
        closed = show(request, "closed", reports=offered(person))
        own_answers.forget(closed, person.token)
        return closed
    if person.has_left:
        return show(request, "left")
    response = stored(person)
    if is_locked_out(person, response):
        return show(request, "full")
    book = chapters_in_use(person.round.instrument_version_id, person.level)
    measured = person.measured_minutes
    how_far = progress(book, response.filled.answers, measured)
    return show(
        request,
        "welcome",
        progress=how_far,
        measured_minutes=measured,
        minutes=progress(book, {}).minutes_left,
        first_gap=how_far.gaps[0] if how_far.gaps else None,
        is_submitted=response.is_submitted,
        may_see_own=bool(request.own.still(response.filled.browsers).shown(response.filled.answers)),
        coordinators=_coordinators(request),
        one_partner=None if person.is_ouder else one_partner_at(person.round, person.level),
        sector=None if person.is_ouder else sector_with(person.round, person.partner),
        level_name=Level(person.level).label if not person.is_ouder else "",
    )


def _coordinators(request: LinkRequest) -> list[tuple[str, str]]:
    """Returns whom to ask, by name and address: the round's sender or else the network's coördinators."""
    round = request.person.round
    if round.contact_email:
        return [(round.contact_name or round.contact_email, round.contact_email)]
    members = round.network.memberships.who_run()
    return [(name or email, email) for name, email in members.values_list("user__name", "user__email")]


@require_POST
@by_link
def begin(request: LinkRequest) -> HttpResponse:
    """Gives a browser that came by an open link an id of its own, since each browser has one response.

    Raises NotAllowed where the round is not open.
    """
    person = request.person
    if person.open_link is None or person.id is not None:
        return redirect("questions", person.token, 1)
    if not person.round.is_open:
        raise NotAllowed
    if person.open_link.is_shut:
        return show(request, "full", status=409)
    response = redirect("questions", person.token, 1)
    own_answers.keep(response, person.token, replace(request.own, guest_id=uuid4()))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@while_answering
def level(request: LinkRequest) -> HttpResponse:
    """Corrects the level and the organisation; answers that were given move along."""
    person = request.person
    if person.participant is None:
        return redirect("welcome", person.token)
    initial = {"level": person.level, "partner": person.participant.partner_id}
    form = LevelForm(request.POST or None, initial=initial, network_id=person.round.network_id)
    if form.is_valid():
        partner = form.cleaned_data["partner"]
        correct_level(
            participant_id=person.participant.pk,
            level=form.cleaned_data["level"],
            partner_id=partner.pk if partner else None,
        )
        return redirect("welcome", person.token)
    return show(request, "level", form=form, levels=Level.choices)
