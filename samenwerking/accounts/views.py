"""Shows what the sign-in package has no page for: one's own name and address, and ending one's sessions elsewhere."""

from typing import cast

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samenwerking.accounts import events
from samenwerking.accounts.address import ask_for_address, change_address
from samenwerking.accounts.forms import AddressForm, NameForm
from samenwerking.accounts.models import User
from samenwerking.accounts.sessions import end_sessions
from samenwerking.accounts.tokens import change_by


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Signs its owner out in all browsers but this one, or in the one that a button of the page names."""
    user, marked = cast(User, request.user), request.POST.get("session")
    ended = end_sessions(user, but=request.session.session_key, marked=marked)
    events.log_event("sessions.ended", user, number=ended)
    messages.success(request, _said_of_ended(ended, only_one=bool(marked)))
    return redirect("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_name(request: HttpRequest) -> HttpResponse:
    """Changes one's own name: it greets in mails, and becomes the sender of new rounds."""
    user = cast(User, request.user)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if form.is_valid():
        User.objects.filter(pk=user.pk).update(name=form.cleaned_data["name"])
        events.log_event("name.changed", user)
        messages.success(request, "Uw naam is gewijzigd.")
        return redirect("mfa_index")
    return render(request, "account/name.html", {"form": form})


def _said_of_ended(number: int, *, only_one: bool) -> str:
    if not number:
        return "U was daar al uitgelogd." if only_one else "U was nergens anders ingelogd."
    return "U bent daar uitgelogd." if only_one else "U bent uitgelogd, overal behalve hier."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@rate_limit(action="manage_email")
def account_address(request: HttpRequest) -> HttpResponse:
    """Asks for another address of one's own; nothing changes until the link that is mailed there was used."""
    user = cast(User, request.user)
    form = AddressForm(request.POST or None, user=user)
    if form.is_valid():
        ask_for_address(user=user, wanted=form.cleaned_data["email"])
        messages.success(
            request,
            f"Kijk in de mail van {form.cleaned_data['email']}. Met de link daarin bevestigt u het nieuwe adres."
            " Tot dan blijft uw oude adres gelden.",
        )
        return redirect("mfa_index")
    return render(request, "account/address.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_address_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Changes the address by the mailed link, on POST: programs that look into mail open links too."""
    change = change_by(key, cast(User, request.user))
    if change and request.method == "POST" and change_address(change):
        messages.success(request, f"Uw e-mailadres is gewijzigd. U logt voortaan in met {change.wanted}.")
        return redirect("mfa_index")
    still = change if request.method != "POST" else None
    return render(request, "account/address_confirm.html", {"change": still})
