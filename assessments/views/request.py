"""The request of somebody who has signed in, for the type checker; `login_required` sees to it that it is so."""

from django.http import HttpRequest

from samenwerking.accounts.models import User


class SignedInRequest(HttpRequest):
    user: User
