"""Gives the app its name in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samenwerking.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from django.core.checks import register

        from samenwerking.accounts import events, tries
        from samenwerking.accounts.models import RIGHTS, User
        from samenwerking.accounts.sso.checks import check_providers

        register(check_providers)
        tries.count_in_the_database()
        events.log_changed_rights(User, "pk", RIGHTS)
