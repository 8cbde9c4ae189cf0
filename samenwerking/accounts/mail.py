"""Mails the owner of an account, through the queue: links to choose a password or address, and news of what changed.

A job has the number of a row and no address or link; the link is made when it is sent. While the mail server is
away the job is tried again, as `samenwerking.jobs` says.
"""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone

from samenwerking.accounts.models import AddressChange, User
from samenwerking.accounts.sso.configured import offered
from samenwerking.accounts.tokens import address_key, is_in_use
from samenwerking.mail import deliver, from_templates, mail_task

CHANGED = "Er is iets gewijzigd aan uw account"


class Notice(TextChoices):
    """Lists what an owner is told of, each as the sentence that the mail says."""

    PASSWORD_CHANGED = "password_changed", "Het wachtwoord van uw account is gewijzigd."
    SECOND_STEP_ON = "second_step_on", "De tweede stap bij het inloggen is ingesteld voor uw account."
    SECOND_STEP_OFF = "second_step_off", "De tweede stap bij het inloggen is uitgezet voor uw account."
    SECOND_STEP_RESET = (
        "second_step_reset",
        "De beheerder heeft de tweede stap van uw account gewist. U stelt die opnieuw in als u weer inlogt.",
    )
    PASSKEY_ADDED = "passkey_added", "Er is een passkey toegevoegd aan uw account."
    PASSKEY_REMOVED = "passkey_removed", "Er is een passkey van uw account verwijderd."
    RECOVERY_CODES_MADE = "recovery_codes_made", "Er zijn nieuwe herstelcodes gemaakt voor uw account."
    PROVIDER_LINKED = (
        "provider_linked",
        "Uw account is gekoppeld: u logt er voortaan ook mee in via uw organisatie.",
    )
    PROVIDER_UNLINKED = "provider_unlinked", "Uw account is losgekoppeld van het inloggen via uw organisatie."
    PASSWORD_GIVEN_UP = "password_given_up", "Uw account heeft geen wachtwoord meer. U logt in via uw organisatie."
    ADDRESS_ASKED = "address_asked", "Er is gevraagd om een ander e-mailadres voor uw account."
    ADDRESS_CHANGED = "address_changed", "Uw account heeft nu een ander e-mailadres. Daar gaat alle mail voortaan heen."


def tell_owner(user: AbstractBaseUser, notice: Notice) -> None:
    """Queues the mail that says what changed, and when."""
    send_notice.enqueue(user.pk, notice.value, timezone.now().isoformat())


def mail_password_link(user: AbstractBaseUser | None) -> None:
    """Queues a link to choose a password, or nothing for nobody: to whoever asked, the two must look the same."""
    send_password_link.enqueue(user.pk if user else None)


def mail_address_link(change: AddressChange) -> None:
    """Queues the link that confirms the address, to that address."""
    send_address_link.enqueue(change.pk)


def tell_former_address(change: AddressChange) -> None:
    """Queues the mail to the former address that says that the account has another one."""
    send_to_former_address.enqueue(change.pk)


@mail_task
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
    _send(user.email, CHANGED, "account_notice", context)


@mail_task
def send_password_link(user_id: int | None) -> None:
    """Sends the link, as a job; does nothing for nobody, or where the account was closed meanwhile."""
    user = User.objects.filter(pk=user_id or 0, is_active=True).first()
    if user is None:
        return
    context = {
        "user": user,
        "is_new": not is_in_use(user),  # then nobody asked for another password, and the link lives longer
        "password_link": password_link(user),
        "providers": provider_names(),
        "forgotten_link": settings.BASE_URL + reverse("account_reset_password"),
    }
    _send(user.email, "Kies een wachtwoord", "password_link", context)


@mail_task
def send_address_link(change_id: int) -> None:
    """Sends the link, as a job; whoever has an account with that address already is told so instead."""
    change = AddressChange.objects.select_related("user").filter(pk=change_id, changed_at=None).first()
    if change is None:
        return
    if User.objects.filter(email=change.wanted).exists():
        _send(change.wanted, "Dit e-mailadres heeft al een account", "address_taken", {})
        return
    link = settings.BASE_URL + reverse("account_address_confirm", args=[address_key(change)])
    _send(change.wanted, "Bevestig uw e-mailadres", "address_link", {"user": change.user, "address_link": link})


@mail_task
def send_to_former_address(change_id: int) -> None:
    """Tells the former address, as a job, and then forgets it."""
    change = AddressChange.objects.select_related("user").filter(pk=change_id).first()
    if change is None or change.changed_at is None:
        return
    at = timezone.localtime(change.changed_at)
    context = {"user": change.user, "what": Notice.ADDRESS_CHANGED.label, "at": at}
    _send(change.former, CHANGED, "account_notice", context)
    change.delete()


def provider_names() -> str:
    """Returns the names of where staff can sign in, as mail says them; nothing where that is here only."""
    return " of ".join(provider.name for provider in offered(settings.SSO_PROVIDERS).values())


def password_link(user: User) -> str:
    """Returns the address at which whoever has it chooses the password of this account, once."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


def _send(to: str, subject: str, name: str, context: dict[str, object]) -> None:
    deliver(from_templates(name, context, subject=f"Samenwerking: {subject}", to=to))
