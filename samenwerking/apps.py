"""Django's admin with our own site, and without what a package would show of secrets."""

from django.apps import apps
from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    default_site = "samenwerking.beheer.BeheerSite"

    def ready(self) -> None:
        """Second steps are their owners', and an address has one place where it can be changed: the account."""
        super().ready()
        from django.contrib.admin import site

        from samenwerking import checks as checks  # registers them

        site.unregister([apps.get_model("mfa.Authenticator"), apps.get_model("account.EmailAddress")])
        # Rights are those of a role or of a superuser, and jobs look after themselves.
        site.unregister([apps.get_model("auth.Group"), apps.get_model("django_tasks_database.DBTaskResult")])
