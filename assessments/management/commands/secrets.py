"""Says which of the server's secrets have changed, and takes note of one that is lost for good."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from assessments.anonymity.secrets import accept_secret, changed_secrets, complaints, generations


class Command(BaseCommand):
    help = "Zegt welke geheimen van de server zijn veranderd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accept", choices=generations(), help="neem de nieuwe waarde aan; de vorige is verloren")

    def handle(self, *, accept: str | None, **options: object) -> None:
        if accept:
            self._accept(accept)
        if found := complaints():
            raise CommandError("\n".join(found.values()))
        self.stdout.write("Geen geheim is veranderd.")

    def _accept(self, name: str) -> None:
        """Notes the secret. Raises CommandError where open rounds need the former one: nothing can take its place."""
        if name in changed_secrets():
            raise CommandError(f"Open rounds need the former {name}: put it back, or remove these rounds first.")
        accept_secret(name)
