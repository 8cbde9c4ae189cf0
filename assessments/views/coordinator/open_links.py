"""Makes links for teams whose addresses nobody knows, and a sheet for each to hand out."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from assessments.actions.open_links import open_to_team
from assessments.anonymity.keys import open_code
from assessments.filling.links import full_link
from assessments.forms.open_links import OpenLinkForm
from assessments.models import OpenLink, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def open_links(request: SignedInRequest, round: Round) -> HttpResponse:
    if not round.allows(Work.GIVING_OUT_LINKS):
        return redirect("round", round_id=round.pk)
    form = OpenLinkForm(request.POST or None, round.network)
    if form.is_valid():
        found = form.cleaned_data
        try:
            open_to_team(round_id=round.pk, partner_id=found["partner"].pk, level=found["level"], cap=found["cap"])
        except NotAllowed:
            messages.error(request, "De ronde is net gesloten. Er is geen link gemaakt.")
        else:
            messages.success(request, "De open link is klaar. Print het blad en deel het uit.")
        return redirect("open_links", round_id=round.pk)
    links = OpenLink.objects.filter(round=round).select_related("partner")
    context = {"round": round, "network": round.network, "form": form, "links": links}
    return render(request, "coordinator/open_links.html", context)


@round_page("GET", right="run")
def open_link_sheet(request: SignedInRequest, round: Round, link_id: UUID) -> HttpResponse:
    """Shows one page to print and hand out: who asks, the QR code and the link."""
    link = get_object_or_404(OpenLink.objects.select_related("partner"), round=round, pk=link_id)
    address = full_link(link.pk)
    context = {
        "round": round,
        "network": round.network,
        "link": link,
        "qr": qr_code(address),
        "address_for_code": (settings.BASE_URL + reverse("code")).partition("://")[2].rstrip("/"),
        "code_groups": _groups_of_five(open_code(link.pk)),
    }
    return render(request, "coordinator/open_link_sheet.html", context)


def _groups_of_five(code: str) -> list[str]:
    return [code[start : start + 5] for start in range(0, len(code), 5)]


def qr_code(address: str) -> SafeString:
    """Returns a QR code as an SVG that screen readers skip: below it is a code to type, which leads there too."""
    import qrcode  # type: ignore[import-untyped]  # a second to import, for one page
    from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

    image = qrcode.make(address, image_factory=SvgPathImage, border=4)
    svg = image.to_string(encoding="unicode").replace("<svg ", '<svg aria-hidden="true" ', 1)
    return mark_safe(svg)  # noqa: S308 (made here, of an address of ours)
