"""Shows what the sign-in package has no page for: changing one's name, and ending one's sessions elsewhere."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samenwerking.accounts import events
from samenwerking.accounts.forms import NameForm
from samenwerking.accounts.models import User
from samenwerking.accounts.sessions import end_sessions


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Signs its owner out in all browsers but this one."""
    ended = end_sessions(request.user, but=request.session.session_key)  # type: ignore[arg-type]
    events.log_event("sessions.ended", request.user, number=ended)  # type: ignore[arg-type]
    said = "U was nergens anders ingelogd." if not ended else "U bent uitgelogd, overal behalve hier."
    messages.success(request, said)
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
