"""Names the app of networks, rounds and answers."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "netwerken en rondes"

    def ready(self) -> None:
        from assessments import audit, checks  # models are there only now

        audit.register()
        checks.register()
