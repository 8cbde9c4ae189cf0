"""Says who needs a second step to sign in, who has one, and takes one away from whoever lost it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenwerking.accounts import events
from samenwerking.accounts.api_tokens import withdraw_all
from samenwerking.accounts.mail import Notice, tell_owner
from samenwerking.accounts.models import User
from samenwerking.accounts.sessions import end_sessions

PASSED_AT = "second_step_passed_at"  # in a session: the key of the provider that asked for a second step


def has_second_step(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tells whether `user` signs in with an app or a passkey; recovery codes alone are none."""
    return is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def lacks_second_step(request: HttpRequest) -> bool:
    """Tells whether somebody has signed in and must set up a second step before anything else.

    Who came by a provider that asked for one has had it, in this session.
    """
    user = request.user
    if not settings.STAFF_NEEDS_SECOND_STEP or not user.is_authenticated:
        return False
    return not request.session.get(PASSED_AT) and not has_second_step(user)


def may_have_tokens(user: User) -> bool:
    """Tells whether programs may read for `user`: not for whoever would first have to set up a second step."""
    if not settings.STAFF_NEEDS_SECOND_STEP or has_second_step(user):
        return True
    return SocialAccount.objects.filter(user=user, extra_data__second_step=True).exists()


def asks_for_second_step(request: HttpRequest) -> HttpResponse:
    """Returns the page that says so and leads there."""
    return render(request, "mfa/needed.html", status=403)


@transaction.atomic
def reset_second_step(*, user: User, by: User | None = None) -> bool:
    """Takes away the second step and the recovery codes of whoever lost them; ends all their sessions and API tokens.

    The owner is told by mail, and the audit trail has it; `by` is None where a command did it. Returns False where
    there was nothing to take away.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return False
    end_sessions(user)
    withdraw_all(user)
    changes = {"second_step": ["aan", "opnieuw instellen"]}
    LogEntry.objects.log_create(user, action=LogEntry.Action.UPDATE, changes=changes, actor=by)
    events.log_event("second_step.reset", user, by=by)
    tell_owner(user, Notice.SECOND_STEP_RESET)
    return True
