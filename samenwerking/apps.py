"""Sets up Django's admin with our own site, without the tables in which packages would show secrets."""

from django.apps import apps
from django.contrib.admin.apps import AdminConfig

SOCIAL = ("SocialAccount", "SocialApp", "SocialToken")


class BeheerConfig(AdminConfig):
    default_site = "samenwerking.beheer.BeheerSite"

    def ready(self) -> None:
        """Takes out of the admin what nobody manages there.

        Second steps belong to their owners, and an address can be changed in one place: the account.
        """
        super().ready()
        from django.contrib.admin import site

        from samenwerking import checks as checks  # registers them

        site.unregister([apps.get_model("mfa.Authenticator"), apps.get_model("account.EmailAddress")])
        # Providers stand in the environment, and who is linked to what belongs to the account.
        site.unregister([apps.get_model(f"socialaccount.{name}") for name in SOCIAL])
        site.unregister(apps.get_model("auth.Group"))  # rights come with a role or with being a superuser
        from samenwerking.workers.admin import JobAdmin

        apps.get_app_config("django_tasks_database").verbose_name = "Werk op de achtergrond"
        jobs = apps.get_model("django_tasks_database.DBTaskResult")
        site.unregister(jobs)  # the package's own page shows what jobs are about, and on what they failed
        site.register(jobs, JobAdmin)
