"""Makes the release of this moment with its bundle, or writes the bundle of one that there is to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.actions.forgotten import tell_of_forgotten
from assessments.actions.releases import make_release
from assessments.dataset.tasks import keep_bundle
from assessments.models import Release
from assessments.rules.workflow import NotAllowed

NONE, MADE = "none", "made"


class Command(BaseCommand):
    help = "Maakt een uitgave voor onderzoek van alle rondes die meedoen, of schrijft een uitgave die er is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", help="een uitgave die er al is, zoals 2027-04")
        parser.add_argument("--out", type=Path, metavar="FILE.zip", help="schrijf de bestanden hierheen")
        parser.add_argument(
            "--constructed", action="store_true", help="van voorbeeldnetwerken, met bedachte antwoorden"
        )
        parser.add_argument(
            "--forgotten",
            choices=[NONE, MADE],
            help="na het terugzetten van een back-up: is er in de tijd die niet in de back-up zit geen uitgave gemaakt"
            f" ({NONE}), of wel, of is dat niet zeker ({MADE})?",
        )

    def handle(self, *args: object, number: str | None, forgotten: str | None, **options: Any) -> None:
        if forgotten:
            self._tell(had_release=forgotten == MADE)
        else:
            self._give(number, options["out"], options["constructed"])

    def _tell(self, *, had_release: bool) -> None:
        if not tell_of_forgotten(had_release=had_release):
            raise CommandError("Dit hoeft niet: er is geen tijd waarvan de site dit moet weten.")
        self.stdout.write("Dat is bewaard.")

    def _give(self, number: str | None, out: Path | None, constructed: bool) -> None:
        release = self._find(number) if number else self._make(constructed)
        if not release.is_ready:
            keep_bundle(release)
        if out:
            with out.open("wb") as file:
                file.writelines(release.read_bundle())
        self.stdout.write(f"{release.number}: {release.networks} netwerken, {release.size} bytes, {release.checksum}")

    def _find(self, number: str) -> Release:
        try:
            return Release.objects.get(pk=number)
        except Release.DoesNotExist:
            raise CommandError(f"Er is geen uitgave {number}.") from None

    def _make(self, is_constructed: bool) -> Release:
        try:
            return make_release(day=timezone.localdate(), is_constructed=is_constructed)
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from None
