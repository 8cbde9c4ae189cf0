"""Prints what a provider says of itself, what a sign-in sends, and what to ask its administrator."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Toont van elke inlogdienst, of van één, wat die zegt, wat inloggen vraagt en wat er ontbreekt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("provider", nargs="?", help="zoals in SSO_PROVIDERS; zonder dit alle")

    def handle(self, *args: object, provider: str | None, **options: object) -> None:
        from samenwerking.accounts.sso.report import report_on

        if not settings.SSO_PROVIDERS:
            raise CommandError("SSO_PROVIDERS is leeg: niemand logt via een organisatie in. Zie docs/sign-in.md.")
        if provider and provider not in settings.SSO_PROVIDERS:
            raise CommandError(f"‘{provider}’ staat niet in SSO_PROVIDERS: {', '.join(settings.SSO_PROVIDERS)}.")
        for key in [provider] if provider else settings.SSO_PROVIDERS:
            report = report_on(settings.SSO_PROVIDERS[key])
            self.stdout.write("\n".join(report.lines))
            self.stdout.write("\n".join(f"  ! {line}" for line in report.asks) or "  Er ontbreekt niets.")
