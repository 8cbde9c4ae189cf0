"""Adds participants from a file: choose it, say what is in it, see what becomes of each row, and only then add them."""

from typing import cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.imports import Changed, NotAllGood, add_from_file, change_reading, judge_file, keep_file
from assessments.actions.job_titles import set_levels
from assessments.actions.mail import queue_invitations
from assessments.actions.participants import AlreadyInvited
from assessments.forms.imports import ColumnsForm, FileForm, MeaningForm
from assessments.imports.participants import Judgement
from assessments.imports.tables import Unreadable
from assessments.imports.template import template_workbook
from assessments.models import ParticipantFile, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

PER_PAGE = 200


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_file(request: SignedInRequest, round: Round) -> HttpResponse:
    """Asks for the file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = cast(UploadedFile, form.cleaned_data["file"])
        try:
            keep_file(round_id=round.pk, name=file.name or "", content=file.read())
        except Unreadable as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("participants_preview", round_id=round.pk)
    return render(request, "coordinator/participants_file.html", page(round) | {"form": form})


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participants_preview(request: SignedInRequest, round: Round) -> HttpResponse:
    """Shows what becomes of each row; a post says what the columns, partners and job titles mean."""
    kept = ParticipantFile.objects.filter(round=round).select_related("round__network").first()
    if kept is None:
        return redirect("participants_file", round_id=round.pk)
    columns = ColumnsForm(_posted(request, "kolommen"), header=_header(kept), columns=kept.columns)
    if columns.is_valid():
        change_reading(round_id=round.pk, fields={"columns": columns.columns()})
        return redirect("participants_preview", round_id=round.pk)
    judgement = judge_file(kept)
    meaning = _meaning(request, round, kept, judgement)
    if meaning.is_valid():
        change_reading(round_id=round.pk, fields={"partners": kept.partners | meaning.partners()})
        set_levels(network_id=round.network_id, levels=meaning.new_levels())
        return redirect("participants_preview", round_id=round.pk)
    context = _preview(request, round, kept, judgement) | {"columns": columns, "meaning": meaning}
    return render(request, "coordinator/participants_preview.html", context)


@round_page("POST", right="run", work=Work.EDITING_THE_LIST)
def participants_add(request: SignedInRequest, round: Round) -> HttpResponse:
    """Adds all participants in the file or, where something changed since the preview, none."""
    try:
        with transaction.atomic():
            count = add_from_file(round_id=round.pk, seal=request.POST.get("gezien"))
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
        messages.success(
            request, "1 deelnemer is toegevoegd." if count == 1 else f"{count} deelnemers zijn toegevoegd."
        )
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


def _posted(request: SignedInRequest, form: str) -> object:
    return request.POST if request.method == "POST" and request.POST.get("formulier") == form else None


def _header(kept: ParticipantFile) -> list[str]:
    width = max(len(cells) for _, cells in kept.rows)
    names = kept.rows[kept.header][1]
    return [*names, *[""] * (width - len(names))]


def _meaning(request: SignedInRequest, round: Round, kept: ParticipantFile, judgement: Judgement) -> MeaningForm:
    partners = dict(round.network.partners.values_list("pk", "name"))
    return MeaningForm(_posted(request, "betekenis"), judgement=judgement, partners=partners, chosen=kept.partners)


def _preview(request: SignedInRequest, round: Round, kept: ParticipantFile, judgement: Judgement) -> dict[str, object]:
    """Returns what the preview shows; rows with a fault come first, since something must be done about them."""
    order = {"fault": 0, "new": 1, "known": 2}
    fates = sorted(judgement.fates, key=lambda fate: (order[fate.outcome], not fate.remark, fate.number))
    return page(round) | {
        "file": kept,
        "judgement": judgement,
        "fates": Paginator(fates, PER_PAGE).get_page(request.GET.get("bladzijde")),
        "new": judgement.count("new"),
        "known": judgement.count("known"),
        "faults": judgement.count("fault"),
        "has_columns": "email" in kept.columns and "partner" in kept.columns,
    }
