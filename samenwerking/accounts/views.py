"""Shows what the sign-in package has no page for: ending one's sessions elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from samenwerking.accounts import events
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
