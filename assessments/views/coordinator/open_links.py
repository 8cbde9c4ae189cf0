"""Makes, changes and withdraws links for teams whose addresses nobody knows, and a sheet for each to hand out."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from assessments.actions.open_links import open_to_team, withdraw_link
from assessments.filling.links import full_link
from assessments.forms.open_links import CapForm, OpenLinkForm
from assessments.models import Level, OpenLink, Partner, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.open_links import groups_that_stay_hidden, links_of_teams
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def open_links(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.GIVING_OUT_LINKS):
        return redirect("round", round_id=round.pk)
    form, hidden = OpenLinkForm(request.POST or None, round.network), list[str]()
    if form.is_valid():
        found = form.cleaned_data
        if "toch" not in request.POST:
            hidden = groups_that_stay_hidden(round, found["partner"], found["level"])
        if not hidden and _make(request, round, found["partner"], found["level"], found["cap"], form):
            return redirect("open_links", round_id=round.pk)
    context = {"round": round, "network": round.network, "form": form, "hidden": hidden}
    return render(request, "coordinator/open_links.html", context | {"links": links_of_teams(round)})


def _make(
    request: SignedInRequest, round: Round, partner: Partner, level: Level, cap: int, form: OpenLinkForm | CapForm
) -> bool:
    """Makes the link, or gives it this cap; tells whether that was done. If not, the form says why."""
    try:
        open_to_team(round_id=round.pk, partner_id=partner.pk, level=level, cap=cap)
    except NotAllowed as refusal:
        form.add_error("cap", str(refusal))
        return False
    messages.success(request, f"De open link is klaar: voor hoogstens {cap} mensen. Print het blad en deel het uit.")
    return True


@round_page("GET", "POST", right="run")
def open_link_edit(request: SignedInRequest, round: Round, link_id: UUID) -> HttpResponse:
    """Lets a link in fewer or more people, or nobody new."""
    if not round.allows(Work.GIVING_OUT_LINKS):
        return redirect("round", round_id=round.pk)
    link = get_object_or_404(links_of_teams(round), pk=link_id)
    if "intrekken" in request.POST:
        return withdraw(request, round, link, "open_links")
    form = CapForm(request.POST or None, initial={"cap": link.cap})
    is_made = (
        link.partner
        and form.is_valid()
        and _make(request, round, link.partner, Level(link.level), form.cleaned_data["cap"], form)
    )
    if is_made:
        return redirect("open_links", round_id=round.pk)
    context = {"round": round, "network": round.network, "form": form, "link": link}
    return render(request, "coordinator/open_link_edit.html", context)


def withdraw(request: SignedInRequest, round: Round, link: OpenLink, back: str) -> HttpResponse:
    try:
        withdraw_link(round_id=round.pk, link_id=link.pk)
    except NotAllowed:
        messages.error(request, "De ronde is net gesloten. Er is niets gewijzigd.")
    else:
        messages.success(request, "De link is ingetrokken. Niemand kan er nog mee beginnen.")
    return redirect(back, round_id=round.pk)


@round_page("GET", right="run")
def open_link_sheet(request: SignedInRequest, round: Round, link_id: UUID) -> HttpResponse:
    """Shows one page to print and hand out: who asks, the QR code, and for ouders a code to type."""
    link = get_object_or_404(OpenLink.objects.select_related("partner"), round=round, pk=link_id)
    address = full_link(link.pk)
    context = {
        "round": round,
        "network": round.network,
        "link": link,
        "address": address,
        "qr": qr_code(address),
        "address_for_code": (settings.BASE_URL + reverse("code")).partition("://")[2].rstrip("/"),
        "code_groups": [link.code[:4], link.code[4:]] if link.code else [],
    }
    return render(request, "coordinator/open_link_sheet.html", context)


def qr_code(address: str) -> SafeString:
    """Returns a QR code as an SVG that screen readers skip: whoever can't see the sheet gets the link itself."""
    import qrcode  # type: ignore[import-untyped]  # a second to import, for one page
    from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

    image = qrcode.make(address, image_factory=SvgPathImage, border=4)
    svg = image.to_string(encoding="unicode").replace("<svg ", '<svg aria-hidden="true" ', 1)
    return mark_safe(svg)  # noqa: S308 (made here, of an address of ours)
