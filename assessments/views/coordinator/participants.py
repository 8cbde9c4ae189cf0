"""Shows who takes part in a round: a list to filter, to download and to change many in. Shows no personal link."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from assessments.actions.invitations import may_be_asked, may_be_invited_again
from assessments.actions.participants import Changes, change_participants, remove_participants, undo_changes
from assessments.forms.participants import ChangeChosenForm, ChosenForm, FilterForm
from assessments.models import Message, MessageState, Participant, Round, State
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished
from assessments.running.response_list import response_list
from assessments.views.coordinator.rounds import page
from assessments.views.coordinator.steps import step_links
from assessments.views.request import SignedInRequest, round_page
from samenwerking.downloads import file_name, file_response

PER_PAGE = 100
UNDO = "undo"  # in a session: the last change of many, until the list was shown with a button to undo it
ANYBODY = UUID(int=0)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Row:
    """Is one participant in the list, with the mail to them, the last one last, and what can be done."""

    participant: Participant
    is_done: bool
    messages: Sequence[Message]
    addresses: "Addresses"

    @property
    def last(self) -> Message | None:
        return self.messages[-1] if self.messages else None

    @property
    def can_have_bounced(self) -> bool:
        return not self.is_done and self.last is not None and self.last.state == MessageState.SENT

    @property
    def can_be_invited_again(self) -> bool:
        return not self.is_done and may_be_invited_again(self.participant, self.messages)

    @property
    def can_be_asked(self) -> bool:
        return self.is_done and may_be_asked(self.participant, self.messages)

    @property
    def edit(self) -> str:
        return self.addresses.of("participant_edit", self.participant.pk)

    @property
    def ask(self) -> str:
        return self.addresses.of("participant_ask", self.participant.pk)

    @property
    def invite_again(self) -> str:
        return self.addresses.of("participant_invite_again", self.participant.pk)

    @property
    def remove(self) -> str:
        return self.addresses.of("participant_remove", self.participant.pk)

    @property
    def note_bounce(self) -> str:
        return self.addresses.of("message_bounced", self.last.pk) if self.last else ""


class Addresses:
    """Gives the rows the addresses of their actions, with what the list was asked for.

    Each name is looked up once for all rows: that takes as long as ten lines of a template.
    """

    def __init__(self, round: Round, kept: str) -> None:
        self.round, self.query = round, f"?{kept}" if kept else ""
        self.known: dict[str, str] = {}

    def of(self, name: str, row: UUID) -> str:
        """Returns the address of this name for a row of the list."""
        if name not in self.known:
            self.known[name] = reverse(name, args=[self.round.pk, ANYBODY])
        return self.known[name].replace(str(ANYBODY), str(row)) + self.query


@round_page("GET", right="run")
def participants(request: SignedInRequest, round: Round) -> HttpResponse:
    form, found = _filtered(request, round)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
    ids = [participant.pk for participant in shown]
    done, mail = finished(round, among=ids), defaultdict(list)
    for message in Message.objects.filter(participant__in=ids).order_by("queued_at", "id"):
        mail[message.participant_id].append(message)
    kept = kept_query(request, round)
    addresses = Addresses(round, kept)
    context = page(round) | {
        "steps": step_links(round, "deelnemers") if round.state == State.CONCEPT else None,
        "filter": form,
        "participants": shown,
        "rows": [Row(one, one.pk in done, mail[one.pk], addresses) for one in shown],
        "total": round.participants.count(),
        "can_change": round.allows(Work.EDITING_THE_LIST),
        "query": form.query(),
        "kept": kept,
        "undo": _undo(request, round),
    }
    return render(request, "coordinator/participants.html", context)


@round_page("GET", right="run")
def participants_xlsx(request: SignedInRequest, round: Round) -> HttpResponse:
    """Gives what the list shows as an Excel file, for whoever calls round; not once the addresses are erased."""
    if round.addresses_erased_at:
        raise Http404
    _, rows = _filtered(request, round)
    content = response_list(rows, finished(round) if round.is_open else None)
    return file_response(content, XLSX, file_name(round.network.name, round.name, "deelnemers en respons", kind="xlsx"))


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_change(request: SignedInRequest, round: Round) -> HttpResponse:
    """Gives all who were chosen in the list another partner, level or job title; the first post only asks which."""
    chosen = _chosen(request, round)
    if not chosen:
        return _none_chosen(request, round)
    asks = "chosen" in request.POST
    form = ChangeChosenForm(request.POST if asks else None, round=round, initial={"chosen": _joined(chosen)})
    if form.is_valid():
        given = form.changes()
        try:
            done = change_participants(round_id=round.pk, changes=dict.fromkeys(form.cleaned_data["chosen"], given))
        except NotAllowed:
            messages.error(request, "De ronde is net gesloten. Er is niets gewijzigd.")
        else:
            if done.former:
                former = {str(pk): fields for pk, fields in done.former.items()}
                request.session[UNDO] = {"round": str(round.pk), "given": given, "former": former}
            _tell(request, done, "gewijzigd")
        return back_to_list(request, round)
    return _ask(request, round, "coordinator/participants_change.html", form, chosen)


@round_page("POST", right="run", work=Work.EDITING_THE_LIST)
def participants_undo(request: SignedInRequest, round: Round) -> HttpResponse:
    """Puts back what the last change of many took away, from the signed form on the list that followed it."""
    try:
        undo = signing.loads(request.POST.get("terug", ""), salt=f"{UNDO} {round.pk}")
    except signing.BadSignature:
        raise Http404 from None
    former = {UUID(pk): fields for pk, fields in undo["former"].items()}
    try:
        count = undo_changes(round_id=round.pk, former=former, given=undo["given"])
    except NotAllowed:
        messages.error(request, "De ronde is net gesloten. Er is niets gewijzigd.")
        return back_to_list(request, round)
    if count:
        messages.success(request, f"{_people(count, 'is', 'zijn')} weer zoals voor de wijziging.")
    if left := len(former) - count:
        messages.warning(
            request, f"{_people(left, 'is', 'zijn')} niet teruggezet: intussen klaar, opnieuw gewijzigd of verwijderd."
        )
    return back_to_list(request, round)


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_remove(request: SignedInRequest, round: Round) -> HttpResponse:
    """Takes out all who were chosen in the list and have not sent; the first post only asks whether that is meant."""
    chosen = _chosen(request, round)
    if not chosen:
        return _none_chosen(request, round)
    asks = "chosen" in request.POST
    form = ChosenForm(request.POST if asks else None, initial={"chosen": _joined(chosen)})
    if form.is_valid():
        try:
            done = remove_participants(round_id=round.pk, ids=form.cleaned_data["chosen"])
        except NotAllowed:
            messages.error(request, "De ronde is net gesloten. Er is niemand verwijderd.")
        else:
            _tell(request, done, "verwijderd")
        return back_to_list(request, round)
    return _ask(request, round, "coordinator/participants_remove.html", form, chosen)


def kept_query(request: SignedInRequest, round: Round) -> str:
    """Returns what the list was asked for, as part of an address: an action leads back to the same rows."""
    number = request.GET.get("bladzijde", "")
    page_of_list = {"bladzijde": number} if number.isdecimal() else {}
    return "&".join(filter(None, [FilterForm(request.GET, round=round).query(), urlencode(page_of_list)]))


def back_to_list(request: SignedInRequest, round: Round, row: UUID | None = None) -> HttpResponseRedirect:
    """Returns to the list as it was filtered, at the `row` of a participant."""
    query = kept_query(request, round)
    place = f"#deelnemer-{row}" if row else ""
    return HttpResponseRedirect(reverse("participants", args=[round.pk]) + (f"?{query}" if query else "") + place)


def _filtered(request: SignedInRequest, round: Round) -> tuple[FilterForm, QuerySet[Participant]]:
    form = FilterForm(request.GET or None, round=round)
    rows = round.participants.select_related("partner")
    if not form.is_valid():
        return form, rows
    return form, form.narrow(rows, finished(round) if form.cleaned_data.get("klaar") else ())


def _chosen(request: SignedInRequest, round: Round) -> list[Participant]:
    """Returns whom the post is about: those on the page that asks, those ticked, or all that the list shows."""
    people = round.participants.select_related("partner")
    if "chosen" in request.POST:
        form = ChosenForm(request.POST)
        ids = set(form.cleaned_data["chosen"]) if form.is_valid() else set()
    elif "alle" in request.POST:
        return list(_filtered(request, round)[1])
    else:
        ids = {UUID(some_id) for some_id in request.POST.getlist("kies") if _is_id(some_id)}
    return [person for person in people if person.pk in ids]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _undo(request: SignedInRequest, round: Round) -> str:
    """Returns the last change of many, signed for a form on this page, and forgets it; '' where there was none."""
    undo = request.session.pop(UNDO, None)
    if not undo or undo.pop("round") != str(round.pk) or not round.allows(Work.EDITING_THE_LIST):
        return ""
    return signing.dumps(undo, salt=f"{UNDO} {round.pk}", compress=True)


def _joined(people: list[Participant]) -> str:
    return " ".join(str(person.pk) for person in people)


def _none_chosen(request: SignedInRequest, round: Round) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, "Kies eerst één of meer deelnemers in de lijst.")
    return back_to_list(request, round)


def _ask(
    request: SignedInRequest, round: Round, template: str, form: ChosenForm, chosen: list[Participant]
) -> HttpResponse:
    done = finished(round, among=[person.pk for person in chosen])
    context = page(round) | {
        "form": form,
        "chosen": chosen,
        "done": sum(person.pk in done for person in chosen),
        "back": back_to_list(request, round).url,
    }
    return render(request, template, context)


def _tell(request: SignedInRequest, done: Changes, what: str) -> None:
    count, stayed = len(done.changed), len(done.stayed)
    if count or not stayed:
        messages.success(request, f"{_people(count, 'is', 'zijn')} {what}.")
    if stayed:
        messages.warning(
            request, f"{_people(stayed, 'was', 'waren')} al klaar en {'is' if stayed == 1 else 'zijn'} niet {what}."
        )


def _people(count: int, one: str, more: str) -> str:
    return f"1 deelnemer {one}" if count == 1 else f"{count or 'Geen'} deelnemers {more}"
