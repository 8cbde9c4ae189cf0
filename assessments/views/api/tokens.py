"""Shows the API tokens of whoever has signed in, makes one, and takes one back."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.access import takes_data
from assessments.forms.api_tokens import ApiTokenForm
from assessments.views.request import SignedInRequest, signed_in
from samenwerking.accounts.api_tokens import make_token, withdraw
from samenwerking.accounts.models import ApiToken


@signed_in("GET", "POST")
def api_tokens(request: SignedInRequest) -> HttpResponse:
    """Lists them; a new one is in the answer to the form, and nowhere else, so that page can't be asked for again."""
    _check_right(request)
    tokens = list(request.user.api_tokens.all())
    may_be_made = len(tokens) < ApiToken.MOST
    form = ApiTokenForm(request.POST or None)
    if may_be_made and form.is_valid():
        made = make_token(user=request.user, **form.cleaned_data)
        return render(request, "api/api_token_made.html", {"made": made, **form.cleaned_data})
    context = {"tokens": tokens, "form": form, "may_be_made": may_be_made, "most": ApiToken.MOST}
    address = settings.BASE_URL + reverse("api_root")
    return render(request, "api/api_tokens.html", context | {"address": address})


@signed_in("GET", "POST")
def api_token_withdraw(request: SignedInRequest, api_token_id: int) -> HttpResponse:
    _check_right(request)
    token = get_object_or_404(ApiToken, user=request.user, pk=api_token_id)
    if request.method == "POST":
        withdraw(token)
        messages.success(request, f"De API-sleutel ‘{token.name}’ werkt niet meer.")
        return redirect("api_tokens")
    return render(request, "api/api_token_withdraw.html", {"token": token})


def _check_right(request: SignedInRequest) -> None:
    """Raises Http404 for whoever may take no data along: a token would read nothing that is not public."""
    if not takes_data(request.user):
        raise Http404
