"""Changes the address of an account: its owner asks for another one, and confirms it by a link that is mailed there."""

from datetime import datetime, timedelta

from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from samenwerking.accounts import events
from samenwerking.accounts.mail import Notice, mail_address_link, tell_former_address, tell_owner
from samenwerking.accounts.models import AddressChange, User

KEEP = timedelta(days=7)  # longer than a link works and mail is tried


@transaction.atomic
def ask_for_address(*, user: User, wanted: str) -> None:
    """Queues the link that confirms the address, in place of one that was asked for before, and tells the owner.

    Whether the address has an account is left to the job: neither the answer nor its time tells.
    """
    AddressChange.objects.filter(user=user, changed_at=None).delete()
    change = AddressChange.objects.create(user=user, former=user.email, wanted=wanted)
    events.log_event("address.asked", user)
    mail_address_link(change)
    tell_owner(user, Notice.ADDRESS_ASKED)


@transaction.atomic
def change_address(change: AddressChange) -> bool:
    """Gives the account the address that was confirmed, and tells the former one.

    Returns False where that was done already, or where somebody else has the address by now.
    """
    now = timezone.now()
    if not AddressChange.objects.filter(pk=change.pk, changed_at=None).update(changed_at=now):
        return False
    return _change(change)


@transaction.atomic
def take_over_address(*, user: User, wanted: str) -> bool:
    """Gives the account the address that its provider vouches for, and tells the former one.

    Returns False where somebody else has the address.
    """
    AddressChange.objects.filter(user=user, changed_at=None).delete()
    change = AddressChange.objects.create(user=user, former=user.email, wanted=wanted, changed_at=timezone.now())
    if _change(change):
        return True
    change.delete()
    return False


def _change(change: AddressChange) -> bool:
    try:
        with transaction.atomic():
            User.objects.filter(pk=change.user_id).update(email=change.wanted)
    except IntegrityError:
        return False
    user = change.user
    changes = {"email": ["vorig adres", "nieuw adres"]}  # no addresses: the trail would keep them
    LogEntry.objects.log_create(user, action=LogEntry.Action.UPDATE, changes=changes, actor=user)
    events.log_event("address.changed", user)
    tell_former_address(change)
    return True


def forget_addresses(now: datetime) -> int:
    """Erases addresses that were asked for and not confirmed. Returns their number."""
    count, _ = AddressChange.objects.filter(asked_at__lt=now - KEEP).delete()
    return count
