"""Closes the form with a password for the addresses of one domain, and opens it again."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from samenwerking.accounts import events
from samenwerking.accounts.models import ClosedDomain, User
from samenwerking.accounts.sso.configured import Provider, offered


def closed_for(email: str) -> Provider | None:
    """Returns where whoever has this address signs in instead, or None where the form is open to them.

    A provider that is no longer offered closes nothing: nobody could come in.
    """
    providers = offered(settings.SSO_PROVIDERS)
    domain = User.objects.normalize_email(email).rpartition("@")[2]
    if not providers or not domain:
        return None
    closed = ClosedDomain.objects.filter(domain=domain).first()
    return providers.get(closed.provider) if closed else None


def unlinked_at(domain: str) -> int:
    """Returns how many accounts of a domain are linked to no provider."""
    return User.objects.filter(is_active=True, email__endswith=f"@{domain}", socialaccount=None).count()


@transaction.atomic
def open_again(domain: str | None = None, *, by: AbstractBaseUser | None = None) -> list[str]:
    """Opens the form for one domain, or for all, and returns which; `by` is None where a command did it.

    The audit trail notes each by itself.
    """
    closed = ClosedDomain.objects.select_for_update()
    found = list(closed if domain is None else closed.filter(domain=domain.lower()))
    for one in found:
        one.delete()
        events.log_event("password_form.opened", None, by=by, domain=one.domain)
    return [one.domain for one in found]
