"""Mails the owner of an account, through the queue: a link to choose a password, and news of what changed.

A job has the number of an account and no address or link; the link is made when it is sent. While the mail server is
away the job is tried again, as `samenwerking.jobs` says.
"""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from samenwerking.accounts.models import User
from samenwerking.mail import URGENT, deliver, html_of, themed


class Notice(TextChoices):
    """Lists what an owner is told of, each as the sentence that the mail says."""

    PASSWORD_CHANGED = "password_changed", "Het wachtwoord van uw account is gewijzigd."
    SECOND_STEP_ON = "second_step_on", "De tweede stap bij het inloggen is ingesteld voor uw account."
    SECOND_STEP_OFF = "second_step_off", "De tweede stap bij het inloggen is uitgezet voor uw account."
    SECOND_STEP_RESET = (
        "second_step_reset",
        "De beheerder heeft de tweede stap van uw account gewist. U stelt die opnieuw in als u weer inlogt.",
    )
    RECOVERY_CODES_MADE = "recovery_codes_made", "Er zijn nieuwe herstelcodes gemaakt voor uw account."


def tell_owner(user: AbstractBaseUser, notice: Notice) -> None:
    """Queues the mail that says what changed, and when."""
    send_notice.enqueue(user.pk, notice.value, timezone.now().isoformat())


def mail_password_link(user: AbstractBaseUser | None) -> None:
    """Queues a link to choose a password, or nothing for nobody: to whoever asked, the two must look the same."""
    send_password_link.enqueue(user.pk if user else None)


@task(priority=URGENT)
def send_notice(user_id: int, notice: str, at: str) -> None:
    """Sends the news, as a job; does nothing where the account is gone."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    context = {
        "user": user,
        "what": Notice(notice).label,
        "at": timezone.localtime(datetime.fromisoformat(at)),
        "forgotten_link": settings.BASE_URL + reverse("account_reset_password"),
    }
    _send(user, "Er is iets gewijzigd aan uw account", "account_notice", context)


@task(priority=URGENT)
def send_password_link(user_id: int | None) -> None:
    """Sends the link, as a job; does nothing for nobody, or where the account was closed meanwhile."""
    user = User.objects.filter(pk=user_id or 0, is_active=True).first()
    if user is None:
        return
    context = {
        "user": user,
        "password_link": password_link(user),
        "forgotten_link": settings.BASE_URL + reverse("account_reset_password"),
    }
    _send(user, "Kies een wachtwoord", "password_link", context)


def password_link(user: User) -> str:
    """Returns the address at which whoever has it chooses the password of this account, once."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def _send(user: User, subject: str, name: str, context: dict[str, object]) -> None:
    text = render_to_string(f"mail/{name}.txt", context)
    deliver(themed(f"Samenwerking: {subject}", text, html_of(f"mail/{name}.html", context), to=[user.email]))
