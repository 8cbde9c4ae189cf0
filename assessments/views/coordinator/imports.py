"""Adds participants from a list: choose or paste it, say what is in it, mend its rows, and only then add them."""

from collections.abc import Callable
from itertools import chain
from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.imports import (
    Changed,
    NotAllGood,
    add_from_file,
    change_reading,
    judge_file,
    keep_file,
    keep_pasted,
    levels_of,
    mend,
    read_again,
    skip_broken,
    table_of,
)
from assessments.actions.job_titles import set_levels
from assessments.actions.mail import queue_invitations
from assessments.actions.participants import AlreadyInvited
from assessments.forms.imports import LATER, MOST_ASKED, ColumnsForm, FileForm, MeaningForm, PasteForm, ReadingForm
from assessments.imports.fates import Fate, Judgement
from assessments.imports.notes import KINDS, notes_on
from assessments.imports.tables import Table, Unreadable
from assessments.imports.template import template_workbook
from assessments.imports.texts import ENCODINGS
from assessments.models import ParticipantFile, PartnerKind, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

PER_PAGE = 200


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_file(request: SignedInRequest, round: Round) -> HttpResponse:
    """Asks for the file, or for addresses that somebody pastes."""
    is_pasted = request.POST.get("formulier") == "plakken"
    form = FileForm(None if is_pasted else request.POST or None, request.FILES or None)
    paste = PasteForm(request.POST if is_pasted else None)
    if form.is_valid():
        file = cast(UploadedFile, form.cleaned_data["file"])
        done = _tried(form, "file", lambda: keep_file(round_id=round.pk, name=file.name or "", content=file.read()))
    else:
        done = paste.is_valid() and _tried(
            paste, "text", lambda: keep_pasted(round_id=round.pk, text=paste.cleaned_data["text"])
        )
    if done:
        return redirect("participants_preview", round_id=round.pk)
    return render(request, "coordinator/participants_file.html", page(round) | {"form": form, "paste": paste})


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_preview(request: SignedInRequest, round: Round) -> HttpResponse:
    """Shows how the list was read and what becomes of each row; a post says how to read it, or mends it."""
    files = ParticipantFile.objects.filter(round=round).select_related("round__network").defer("content")
    if (kept := files.first()) is None:
        return redirect("participants_file", round_id=round.pk)
    table = table_of(kept)
    reading = ReadingForm(
        _posted(request, "lezen"), facts=table.facts, with_hidden=kept.mended.get("with_hidden", False)
    )
    columns = _columns(request, round, kept, table)
    if _was_read_otherwise(reading, kept) or _has_columns(columns, kept):
        return redirect("participants_preview", round_id=round.pk)
    judgement = judge_file(kept)
    meaning = _meaning(request, round, kept, judgement)
    if meaning.is_valid():
        _mend(request, round, kept, meaning)
        return redirect("participants_preview", round_id=round.pk)
    forms = {"reading": reading, "columns": columns, "meaning": meaning}
    context = _preview(request, round, kept, table, judgement) | forms
    return render(request, "coordinator/participants_preview.html", context)


@round_page("POST", right="run", work=Work.EDITING_THE_LIST)
def participants_add(request: SignedInRequest, round: Round) -> HttpResponse:
    """Adds all participants in the file or, where something changed since the preview, none."""
    try:
        with transaction.atomic():
            count, changed = add_from_file(round_id=round.pk, seal=request.POST.get("gezien"))
            queue_invitations(round_id=round.pk)
    except ParticipantFile.DoesNotExist:
        messages.info(
            request,
            "Er is niets toegevoegd: deze lijst is al verwerkt of verlopen."
            " Mist u deelnemers? Lees het bestand opnieuw in.",
        )
    except Changed:
        messages.error(
            request,
            "Er is niets toegevoegd: de lijst is intussen veranderd, misschien in een ander venster. Kijk nog eens.",
        )
        return redirect("participants_preview", round_id=round.pk)
    except NotAllowed:
        messages.error(request, "De ronde is net gesloten. Er is niets toegevoegd.")
        return redirect("round", round_id=round.pk)
    except (NotAllGood, AlreadyInvited):
        messages.error(request, "Er is niets toegevoegd: de lijst klopt nog niet. Kijk hieronder wat er moet gebeuren.")
        return redirect("participants_preview", round_id=round.pk)
    else:
        messages.success(request, _told(count, changed))
    return redirect("participants", round_id=round.pk)


@round_page("GET", right="run", work=Work.EDITING_THE_LIST)
def participants_template(request: SignedInRequest, round: Round) -> HttpResponse:
    partners = list(round.network.partners.values_list("name", flat=True))
    response = HttpResponse(
        template_workbook(partners),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = 'attachment; filename="deelnemers.xlsx"'
    return response


def _tried(form: FileForm | PasteForm | ReadingForm, field: str | None, read: Callable[[], object]) -> bool:
    """Tells whether the list could be read; if not, the form says why."""
    try:
        read()
    except Unreadable as fault:
        form.add_error(field, str(fault))
        return False
    return True


def _posted(request: SignedInRequest, form: str) -> object:
    return request.POST if request.method == "POST" and request.POST.get("formulier") == form else None


def _columns(request: SignedInRequest, round: Round, kept: ParticipantFile, table: Table) -> ColumnsForm:
    names = table.rows[kept.header][1] if kept.header >= 0 else []
    below = table.rows[kept.header + 1 : kept.header + 30]
    filled = [[row[place] for _, row in below if place < len(row) and row[place]] for place in range(table.width)]
    return ColumnsForm(
        _posted(request, "kolommen"),
        header=[*names, *[""] * (table.width - len(names))],
        columns=kept.columns,
        example=[cells[0] if cells else "" for cells in filled],
        partners=list(round.network.partners.values_list("name", flat=True)),
        mended=kept.mended,
    )


def _was_read_otherwise(form: ReadingForm, kept: ParticipantFile) -> bool:
    """Reads the list as was asked; tells whether it was."""
    if not form.is_valid():
        return False
    if (reading := form.reading()) and not _tried(form, None, lambda: read_again(round_id=kept.pk, reading=reading)):
        return False
    if "with_hidden" in form.fields and "sheet" not in reading:
        mend(round_id=kept.pk, mended={"with_hidden": form.cleaned_data["with_hidden"]})
    return True


def _has_columns(form: ColumnsForm, kept: ParticipantFile) -> bool:
    """Notes which column holds what, and tells whether it did."""
    if not form.is_valid():
        return False
    change_reading(round_id=kept.pk, fields={"columns": form.columns()})
    mend(round_id=kept.pk, mended=form.mended())
    return True


def _meaning(request: SignedInRequest, round: Round, kept: ParticipantFile, judgement: Judgement) -> MeaningForm:
    return MeaningForm(
        _posted(request, "betekenis"),
        judgement=judgement,
        partners=dict(round.network.partners.values_list("pk", "name")),
        chosen=kept.partners,
        kinds=list(PartnerKind.objects.values_list("key", "name")),
        chosen_kinds=kept.mended.get("kinds", {}),
        levels=levels_of(round),
        rows=_rows_to_edit(request, judgement),
        read_at=kept.read_at,
    )


def _rows_to_edit(request: SignedInRequest, judgement: Judgement) -> list[Fate]:
    """Returns the rows with fields: those that were posted, or the one that was asked for and the faulty ones.

    Before an address that stands at two partners comes the other row with it.
    """
    by_number = {str(fate.number): fate for fate in judgement.fates}
    if request.method == "POST":
        return [by_number[number] for number in request.POST.getlist("rij") if number in by_number][: 3 * MOST_ASKED]
    asked = by_number.get(request.GET.get("rij", ""))
    pairs = [(by_number.get(str(fate.rival)), fate) for fate in judgement.broken[:MOST_ASKED]]
    return list(dict.fromkeys(fate for fate in (asked, *chain(*pairs)) if fate))


def _mend(request: SignedInRequest, round: Round, kept: ParticipantFile, form: MeaningForm) -> None:
    """Saves all that was said, and then skips what is still wrong, or nothing any more, where that was asked."""
    skipped, wanted = form.skips()
    before = set(kept.mended.get("skipped", []))
    all_skipped = set() if request.POST.get("doe") == "herstellen" else (before | skipped) - wanted
    mended = {"edits": form.edits(), "kinds": form.kinds(), "skipped": sorted(all_skipped)}
    mend(round_id=round.pk, mended=mended, partners=form.partners())
    set_levels(network_id=round.network_id, levels=form.new_levels())
    if request.POST.get("doe") == "overslaan":
        _tell_of_skipped(request, *skip_broken(round_id=round.pk))


def _tell_of_skipped(request: SignedInRequest, skipped: int, rivals: int) -> None:
    if skipped or not rivals:
        messages.success(request, f"{skipped} {'rij wordt' if skipped == 1 else 'rijen worden'} overgeslagen.")
    if rivals:
        stand = "1 adres staat" if rivals == 1 else f"{rivals} adressen staan"
        messages.warning(request, f"{stand} bij twee partners of niveaus. Kies hieronder welke rij u overslaat.")


def _told(count: int, changed: int) -> str:
    """Returns what became of the list, in a sentence or two."""
    added = "1 deelnemer is toegevoegd." if count == 1 else f"{count} deelnemers zijn toegevoegd."
    if not changed:
        return added
    return f"{added} {changed} {'is' if changed == 1 else 'zijn'} gewijzigd."


def _preview(
    request: SignedInRequest, round: Round, kept: ParticipantFile, table: Table, judgement: Judgement
) -> dict[str, object]:
    """Returns what the preview shows; rows with a fault come first, since something must be done about them."""
    order = {"fault": 0, "changed": 1, "stays": 2, "new": 3, "known": 4, "skipped": 5}
    fates = sorted(judgement.fates, key=lambda fate: (order[fate.outcome], fate.asked, not fate.remark, fate.number))
    has_whose = "partner" in kept.columns or bool(kept.mended.get("everybody"))
    has_level = bool({"level", "job_title"} & set(kept.columns)) or bool(kept.mended.get("level"))
    with_hidden = kept.mended.get("with_hidden", False)
    return page(round) | {
        "file": kept,
        "kind": KINDS[table.facts.kind],
        "encoding": ENCODINGS.get(table.facts.encoding, ""),
        "notes": notes_on(table, kept.header, kept.columns, with_hidden=with_hidden),
        "judgement": judgement,
        "fates": Paginator(fates, PER_PAGE).get_page(request.GET.get("bladzijde")),
        "new": judgement.count("new"),
        "changed": judgement.count("changed"),
        "stays": judgement.count("stays"),
        "known": judgement.count("known"),
        "skipped": judgement.count("skipped"),
        "asked": judgement.asked,
        "faults": len(judgement.broken),
        "can_skip": any(not fate.rival for fate in judgement.broken),
        "more_faults": max(0, len(judgement.broken) - MOST_ASKED),
        "shared": sum(fate.is_shared for fate in judgement.fates),
        "later": LATER,
        "has_names": "name" in kept.columns,
        "has_columns": "email" in kept.columns and has_whose and has_level,
    }
