"""Shows a round from concept to archive, and takes the steps from one state to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format

from assessments.actions import rounds as actions
from assessments.actions.addresses import erase_addresses
from assessments.actions.releases import lay_beside_nobody, lay_beside_others
from assessments.anonymity.secrets import SecretChanged
from assessments.anonymity.unsealing import CannotClose
from assessments.disclosure.published import Published
from assessments.dutch import listing
from assessments.forms.rounds import ExtendForm, NamedRoundForm, OpenForm, PublishForm
from assessments.models import Improvement, Message, MessageKind, OpenAnswer, ReaderGroup, Round, State
from assessments.national.reference import LEAST_OTHERS, from_json
from assessments.report.load import kept_facts
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.curve import curve, points
from assessments.running.meetings import meeting_of
from assessments.running.one_partner import levels_of_one_partner
from assessments.running.pause import pause_of
from assessments.running.readership import ends_comparison, remaining
from assessments.running.readiness import choices, consequences, unmet
from assessments.running.response import response_of
from assessments.running.timetable import holiday_warning, mail_days, timetable_of
from assessments.scores.groups import Group
from assessments.views.coordinator.next_step import next_step
from assessments.views.coordinator.steps import step_links
from assessments.views.request import SignedInRequest, round_page
from factors.instrument import LEVELS


@round_page("GET", right="run")
def round(request: SignedInRequest, round: Round) -> HttpResponse:
    if round.state == State.CONCEPT:
        return redirect("round_setup", round_id=round.pk, step="gegevens")
    answers = OpenAnswer.objects.filter(round=round)
    unchecked = answers.unchecked().count()
    context = page(round) | {
        "next_step": next_step(round, unchecked=unchecked, participants=round.participants.count()),
        "open_answers": answers.count(),
        "unchecked": unchecked,
        "left_out": answers.filter(is_left_out=True).count(),
    }
    if round.is_open:
        try:
            context |= _live(round, is_by_response=request.GET.get("volgorde") == "respons")
        except SecretChanged:
            return render(request, "coordinator/round_out_of_reach.html", page(round), status=503)
    elif round.is_frozen:
        published = round.frozen.results.published
        context |= {"shown_groups": _shown_groups(round, published), "hidden_groups": _hidden_groups(round, published)}
        context |= {"publications": round.publications.all(), "remaining": _remaining(round)}
        context |= {"improvements": round.improvements.count(), "untold": _untold(round)}
        context |= {"report_links": round.report_links.open_on(timezone.localdate()).count()}
        context |= {"may_give_report_links": round.is_published_to(ReaderGroup.READERS)}
        context |= {"meeting": meeting_of(round), "concept": round.network.rounds.filter(state=State.CONCEPT).first()}
    return render(request, "coordinator/round.html", context)


def _live(round: Round, *, is_by_response: bool) -> dict[str, object]:
    """Returns what the page shows of an open round's response as it is now. Raises SecretChanged."""
    response, days = response_of(round), curve(round)
    response = response.least_first() if is_by_response else response
    return {
        "is_by_response": is_by_response,
        "response": response,
        "curve": days if len(days) > 1 else [],
        "curve_points": points(days, response.total.invited),
        "curve_total": days[-1].total if days else 0,
    }


@round_page("GET", "POST", right="run")
def round_open(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.OPENING):
        return redirect("round", round_id=round.pk)
    requirements = unmet(round)
    form = OpenForm(request.POST if request.method == "POST" else None, round=round)
    if form.is_valid() and not requirements:
        step = partial(actions.open_round, invites_at=form.invites_at)
        return _step(request, round, step, _opened(round, form.invites_at))
    hidden = [group for group in consequences(round, round.minimum) if group.is_hidden]
    context = page(round) | {
        "form": form,
        "timetable": timetable_of(round),
        "unmet": requirements,
        "to_do": [requirement for requirement in requirements if requirement.step != "controle"],
        "pause": pause_of(round.network_id),
        "hidden": hidden,
        "choices": choices(round),
        "of_one_partner": levels_of_one_partner(round),
        "invited": round.participants.count(),
        "steps": step_links(round, "controle"),
    }
    return render(request, "coordinator/round_open.html", context, status=400 if request.method == "POST" else 200)


def _opened(round: Round, invites_at: datetime | None) -> str:
    if invites_at:
        return f"De ronde is open. De uitnodigingen gaan uit op {date_format(invites_at, 'l j F, G.i')} uur."
    return "De ronde is open. Deelnemers kunnen nu invullen."


@round_page("GET", "POST", right="run")
def round_extend(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.MOVING_THE_LAST_DAY):
        return redirect("round", round_id=round.pk)
    form = ExtendForm(request.POST or None, round=round, initial={"closes_on": round.closes_on})
    if form.is_valid():
        try:
            changed = actions.extend_round(round_id=round.pk, **form.cleaned_data)
        except NotAllowed:
            messages.error(request, "De ronde is net gesloten. Er is niets gewijzigd.")
        else:
            messages.success(request, _extended(changed))
            if warning := holiday_warning(changed.closes_on, changed.network.school_region):
                messages.warning(request, warning)
        return redirect("round", round_id=round.pk)
    return render(request, "coordinator/round_extend.html", page(round) | {"form": form})


def _extended(round: Round) -> str:
    said = "De laatste dag om in te vullen is gewijzigd."
    news = mail_days(round).get(MessageKind.EXTENDED)
    if news and news >= timezone.localdate():
        return f"{said} Wie nog niet klaar is, krijgt bericht: {date_format(news, 'l j F')}."
    return said


@round_page("GET", "POST", right="run")
def round_close(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.CLOSING):
        return redirect("round", round_id=round.pk)
    form = NamedRoundForm(request.POST or None, round=round, verb="sluiten")
    if form.is_valid():
        return _step(request, round, actions.close_round, "De ronde is gesloten. Het rapport is er als concept.")
    context = page(round) | {"form": form, "response": response_of(round)}
    return render(request, "coordinator/round_close.html", context)


@round_page("GET", "POST", right="run")
def round_publish(request: SignedInRequest, round: Round) -> HttpResponse:
    """Publishes to the chosen groups of readers; to the groups that are left it can be published later."""
    groups = remaining(round)
    if not groups:
        return redirect("round", round_id=round.pk)
    form = PublishForm(request.POST if request.method == "POST" else None, groups=groups)
    if form.is_valid() or round.readers.intersection(form.data):  # a second click: the action says that it was done
        publish = partial(actions.publish_round, readers=form.readers())
        return _step(request, round, publish, f"De uitkomsten zijn gepubliceerd voor {listing(form.readers())}.")
    answers, without = OpenAnswer.objects.filter(round=round), ends_comparison(round)
    context = page(round) | {
        "form": form,
        "open_answers": answers.count(),
        "unchecked": answers.unchecked().count(),
        "without_previous": listing([group.label for group in without]),
        "may_publish_previous": _may_publish(round.previous, without),
    }
    return render(request, "coordinator/round_publish.html", context)


def _may_publish(round: Round | None, readers: list[ReaderGroup]) -> bool:
    """Tells whether a round that was published already can still be published to all these."""
    return round is not None and round.state == State.PUBLISHED and set(readers) <= set(round.possible_readers)


@round_page("GET", "POST", right="run")
def research_leave(request: SignedInRequest, round: Round) -> HttpResponse:
    """Takes the round out of research for good; figures in releases that were given out stay there."""
    if not (round.takes_part_in_research and round.allows(Work.LEAVING_RESEARCH)):
        return redirect("round", round_id=round.pk)
    if request.method == "POST":
        return _step(request, round, actions.leave_research, "De ronde doet niet meer mee aan onderzoek.")
    return render(request, "coordinator/research_leave.html", page(round))


@round_page("GET", "POST", right="run")
def round_reference(request: SignedInRequest, round: Round) -> HttpResponse:
    """Lays the scores beside those of other networks in the newest release, or takes these out again."""
    if not round.allows(Work.COMPARING):
        return redirect("round", round_id=round.pk)
    if request.method == "POST":
        step = lay_beside_nobody if round.reference else lay_beside_others
        try:
            step(round_id=round.pk)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "De rapporten worden opnieuw gemaakt.")
        return redirect("round_reference", round_id=round.pk)
    context = page(round) | {"reference": from_json(round.reference), "least": LEAST_OTHERS}
    return render(request, "coordinator/round_reference.html", context)


@round_page("GET", "POST", right="run")
def round_archive(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.ARCHIVING):
        return redirect("round", round_id=round.pk)
    if request.method == "POST":
        return _step(request, round, actions.archive_round, "De ronde is gearchiveerd. De rapporten blijven bestaan.")
    context = page(round) | {"remaining": _remaining(round), "meeting": meeting_of(round)}
    return render(request, "coordinator/round_archive.html", context)


@round_page("GET", "POST", right="run")
def addresses_erase(request: SignedInRequest, round: Round) -> HttpResponse:
    """Erases the addresses of a round before their day, once its participants were told of the results."""
    if not (round.keeps_addresses and round.is_published_to(ReaderGroup.PARTICIPANTS)):
        return redirect("round", round_id=round.pk)
    if request.method == "POST":
        erase_addresses(round_id=round.pk, now=timezone.now())
        messages.success(request, "De e-mailadressen, namen en functies staan niet meer in deze ronde.")
        return redirect("round", round_id=round.pk)
    context = page(round) | {"meeting": meeting_of(round), "waiting": Message.objects.of_round(round).queued().count()}
    return render(request, "coordinator/addresses_erase.html", context)


def _remaining(round: Round) -> str:
    return listing([group.group.label for group in remaining(round)])


@dataclass(frozen=True)
class ShownGroup:
    """Is a group that is in the report, by the name that the coördinator knows."""

    name: str
    n: int
    invited: int | None
    at_most: int | None  # invited, where an open link leaves that open


def _shown_groups(round: Round, published: Published) -> list[ShownGroup]:
    names, most = _group_names(round), kept_facts(round).most_invited
    return [ShownGroup(names(own.group), own.n, own.invited, most(own.group)) for own in published.groups]


def _hidden_groups(round: Round, published: Published) -> list[str]:
    names = _group_names(round)
    return [names(group) for group in published.hidden_groups]


def _group_names(round: Round) -> Callable[[Group], str]:
    facts = kept_facts(round)

    def name(group: Group) -> str:
        if group.is_part:
            return facts.part_name(group)
        return {"network": "het hele netwerk", "perspective": "ouders en jongeren"}.get(group.kind, group.key)

    return name


def page(round: Round) -> dict[str, object]:
    """Returns what every page of a round shows."""
    return {"round": round, "network": round.network, "level_names": LEVELS}


def _untold(round: Round) -> int:
    """Returns the number of improvements in this round's report for which nobody has noted yet what came of them."""
    if round.state != State.CLOSED:
        return 0
    return Improvement.objects.untold().filter(round=round.previous_id).count()


def _step(request: SignedInRequest, round: Round, action: actions.Step, done: str) -> HttpResponse:
    """Takes the step and redirects; where somebody else took it a moment ago, the next page says so."""
    try:
        action(round_id=round.pk)
    except actions.NotReady:
        return redirect("round_open", round_id=round.pk)  # that page says what must be done first
    except CannotClose as fault:
        messages.error(request, str(fault))
    except NotAllowed:
        messages.info(request, "Deze stap is al gezet, misschien door een collega of in een ander venster.")
    else:
        messages.success(request, done)
    return redirect("round", round_id=round.pk)
