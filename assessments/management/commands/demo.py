"""Builds the constructed networks of the demo and says what to open."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from auditlog.context import disable_auditlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from assessments.anonymity.keys import link_token
from assessments.demo.answers import write_answers
from assessments.demo.build import (
    COORDINATOR,
    MINIMUM,
    PASSWORD,
    RESEARCHER,
    RESPONDENTS,
    SEED,
    build_cases,
    build_demo,
    build_network,
    demo_round,
)
from assessments.demo.case import people
from assessments.filling.links import link_url
from assessments.models import Participant, Round
from assessments.report.subjects import NETWORK_REPORT
from assessments.running.response import finished
from factors.documents import FOLDER, build, read
from samenwerking.commands import USAGE_FAULT


class Command(BaseCommand):
    help = "Bouwt de voorbeeldnetwerken, met bedachte antwoorden. Nog eens bouwen verdubbelt niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", action="store_true", help="ook de vier gevallen van Smeets en Van Veen (2018)")
        parser.add_argument("--networks", type=int, default=0, help="nog zoveel voorbeeldnetwerken erbij")
        parser.add_argument("--rounds", type=int, default=1, help="zoveel gepubliceerde rondes in elk daarvan")
        parser.add_argument("--open", action="store_true", help="in elk daarvan ook een open ronde")
        parser.add_argument("--respondents", type=int, default=100, help="zoveel deelnemers in elk daarvan")
        parser.add_argument("--seed", type=int, default=1)
        said = "schrijf ook op wat de mensen in de eerste ronde antwoordden, als bestand voor manage.py score"
        parser.add_argument("--answers", type=Path, metavar="ANSWERS.csv", help=said)

    def handle(self, *args: object, cases: bool, networks: int, respondents: int, seed: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Het voorbeeld heeft een wachtwoord dat iedereen kent: alleen met DEBUG=on.")
        if networks < 0 or options["rounds"] < 1 or respondents < MINIMUM:
            raise CommandError(f"--networks is 0 of meer, --rounds 1 of meer, --respondents {MINIMUM} of meer.")
        if options["answers"]:
            self._write_answers(options["answers"])
        with (
            disable_auditlog()
        ):  # its accounts are nobody's, and the log would fill the screen of whoever comes to look
            build_demo()
            if cases:
                build_cases()
            for number in range(1, networks + 1):
                name = f"Voorbeeldnetwerk {seed}-{number} ({respondents} deelnemers)"
                build_network(
                    name,
                    respondents=respondents,
                    seed=seed * 10_000 + number,
                    rounds=options["rounds"],
                    is_open=options["open"],
                    varied=True,
                )
        self._say_what_to_open()

    def _write_answers(self, path: Path) -> None:
        try:
            write_answers(path, people(build(read(FOLDER)), respondents=RESPONDENTS, seed=SEED))
        except OSError as error:
            raise CommandError(f"{path} is niet te schrijven: {error.strerror}.", returncode=USAGE_FAULT) from error

    def _say_what_to_open(self) -> None:
        login = reverse("account_login")
        lines = [
            ("Inloggen als coördinator", f"{login}  {COORDINATOR}  wachtwoord {PASSWORD}"),
            ("Inloggen als onderzoeker", f"{login}  {RESEARCHER}  wachtwoord {PASSWORD}"),
        ]
        if participant := self._somebody_to_be():
            lines.insert(0, ("Invullen als deelnemer", link_url("welcome", link_token(participant.pk))))
        if published := demo_round(Round.objects.published()):
            lines.append(("Rapport (na inloggen)", reverse("report", args=[published.pk, NETWORK_REPORT])))
        for title, line in lines:
            self.stdout.write(f"{title + ':':26}{settings.BASE_URL}{line}")

    def _somebody_to_be(self) -> Participant | None:
        """Returns a participant who has not finished yet, or None: visitors may have answered for all of them."""
        opened = demo_round(Round.objects.open())
        if opened is None:
            return None
        done = finished(opened)
        willing = opened.participants.filter(has_opted_out=False, is_wrong_person=False).order_by("pk")
        return next((participant for participant in willing if participant.pk not in done), None)
