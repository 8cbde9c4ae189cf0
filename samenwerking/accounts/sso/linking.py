"""Links an account to an identity at a provider, takes that back, and takes over what the provider tells."""

from dataclasses import replace

from allauth.socialaccount.models import SocialAccount
from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from samenwerking.accounts import events
from samenwerking.accounts.address import take_over_address
from samenwerking.accounts.api_tokens import withdraw_all
from samenwerking.accounts.mail import Notice, tell_owner
from samenwerking.accounts.models import User
from samenwerking.accounts.second_step import has_second_step
from samenwerking.accounts.sessions import end_sessions
from samenwerking.accounts.sso.claims import Person
from samenwerking.accounts.sso.configured import Provider, offered


def linked_providers(user: AbstractBaseUser | AnonymousUser) -> list[Provider]:
    """Returns the providers at which the owner of this account can sign in now."""
    providers = offered(settings.SSO_PROVIDERS)
    if not providers or not user.pk:
        return []
    keys = SocialAccount.objects.filter(user_id=user.pk).order_by("pk").values_list("provider", flat=True)
    return [providers[key] for key in keys if key in providers]


def can_come_in(user: User) -> bool:
    """Tells whether this account has a password, or is linked to a provider; else its owner needs a mailed link."""
    return user.has_usable_password() or bool(linked_providers(user))


def is_entered_elsewhere(user: AbstractBaseUser) -> bool:
    """Tells whether a password does not open this account: it is linked, and has no second step of its own.

    Whoever then knew the password, or read the mailbox, would set up the second step, and pass by the provider's.
    """
    return settings.STAFF_NEEDS_SECOND_STEP and not has_second_step(user) and bool(linked_providers(user))


def link(*, user: User, provider: str, person: Person) -> bool:
    """Links the account to who this is at the provider, in place of who it was linked to there.

    Returns False where another account is linked to them.
    """
    try:
        with transaction.atomic():
            SocialAccount.objects.filter(user=user, provider=provider).exclude(uid=person.uid).delete()
            _, is_new = SocialAccount.objects.get_or_create(provider=provider, uid=person.uid, user=user)
    except IntegrityError:
        return False
    if is_new:
        _note(user, "los", provider, by=user)
        events.log_event("provider.linked", user, provider=provider)
        tell_owner(user, Notice.PROVIDER_LINKED)
    return True


@transaction.atomic
def unlink(*, user: User, by: AbstractBaseUser | None = None, but: str | None = None) -> list[str]:
    """Takes away all links of the account; ends its API tokens and all its sessions but the one with the key `but`.

    Returns the keys of the providers; `by` is None where a command did it.
    """
    keys = list(SocialAccount.objects.filter(user=user).values_list("provider", flat=True))
    if not keys:
        return []
    SocialAccount.objects.filter(user=user).delete()
    end_sessions(user, but=but)
    withdraw_all(user)
    for key in keys:
        _note(user, key, "los", by=by)
        events.log_event("provider.unlinked", user, by=by, provider=key)
    tell_owner(user, Notice.PROVIDER_UNLINKED)
    return keys


@transaction.atomic
def give_up_password(*, user: User, but: str | None) -> None:
    """Takes the password away at its owner's wish, and ends all other sessions."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user, but=but)
    events.log_event("password.given_up", user)
    tell_owner(user, Notice.PASSWORD_GIVEN_UP)


@transaction.atomic
def take_over(*, user: User, provider: str, person: Person) -> tuple[Person, list[str]]:
    """Gives the account the address and name that the provider tells; keeps what is to be remembered of the sign-in.

    Returns the person, who lacks a free address where another account has it, and what is new: 'email' and 'name', and
    'lacks' where something is lacking that was not lacking the last time.
    """
    news = []
    if person.email and person.email != user.email:
        if take_over_address(user=user, wanted=person.email):
            user.email = person.email
            news += ["email"]
        else:
            person = replace(person, lacks="email_free")
    if person.name and person.name != user.name:
        User.objects.filter(pk=user.pk).update(name=person.name)
        user.name = person.name
        events.log_event("name.changed", user)
        news += ["name"]
    account = SocialAccount.objects.select_for_update().get(provider=provider, uid=person.uid)
    if person.lacks and account.extra_data.get("lacks") != person.lacks:
        news += ["lacks"]
    SocialAccount.objects.filter(pk=account.pk).update(extra_data=_kept_of(person))
    return person, news


def _kept_of(person: Person) -> dict[str, object]:
    """Returns all that the table keeps of the claims: what was lacking, and whether there was a second step."""
    return {"lacks": person.lacks, "second_step": person.passed_second_step}


def _note(user: User, before: str, after: str, *, by: AbstractBaseUser | None) -> None:
    changes = {"provider": [before, after]}
    LogEntry.objects.log_create(user, action=LogEntry.Action.UPDATE, changes=changes, actor=by)
