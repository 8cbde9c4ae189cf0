"""Says what a beheerder may do in this installation: one table. What a role may do in a network it does not know.

A functioneel beheerder does the daily work. A technical beheerder, Django's superuser, also says who else is one.
"""

from enum import StrEnum
from typing import Any, Literal

from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest

Right = Literal[
    "manage_users",  # make accounts, shut them out, say who is beheerder, onderzoeker or makes networks
    "reset_second_step",
    "give_roles",  # in a network; its coördinators are told
    "see_networks",  # that they are there, and how far their rounds are; no answer and no report
    "erase_networks",  # in which no round was ever opened
    "manage_kinds",  # of partners
    "make_releases",
    "read_trail",
    "manage_jobs",
    "change_addresses",  # of accounts: whoever has the address sets a new password
    "appoint_technical",
    "unlink_accounts",  # from the provider at which their owners sign in
    "close_password_form",  # for a domain, whose people sign in at a provider
]


class Duty(StrEnum):
    FUNCTIONAL = "functioneel beheerder"
    TECHNICAL = "technisch beheerder"


DAILY: frozenset[Right] = frozenset(
    {
        "manage_users",
        "reset_second_step",
        "give_roles",
        "see_networks",
        "erase_networks",
        "manage_kinds",
        "make_releases",
        "read_trail",
        "manage_jobs",
    }
)
RIGHTS: dict[Duty, frozenset[Right]] = {
    Duty.FUNCTIONAL: DAILY,
    Duty.TECHNICAL: DAILY | {"change_addresses", "appoint_technical", "unlink_accounts", "close_password_form"},
}


def duty_of(user: AbstractBaseUser | AnonymousUser) -> Duty | None:
    """Returns which beheerder `user` is, or None: of an account that is shut out nothing counts."""
    if not user.is_active:
        return None
    if getattr(user, "is_superuser", False):
        return Duty.TECHNICAL
    return Duty.FUNCTIONAL if getattr(user, "is_staff", False) else None


def may(user: AbstractBaseUser | AnonymousUser, right: Right) -> bool:
    duty = duty_of(user)
    return duty is not None and right in RIGHTS[duty]


class ByRight(admin.ModelAdmin):
    """Shows a model in the admin to whoever has its right; rows of Django's own permissions don't count."""

    right: Right

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, self.right)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may(request.user, self.right)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return may(request.user, self.right)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, self.right)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, self.right)
