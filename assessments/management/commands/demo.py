"""Builds the constructed networks of the demo and says what to open."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.build import (
    ALREADY_IN,
    COORDINATOR,
    PASSWORD,
    RESEARCHER,
    build_cases,
    build_demo,
    build_network,
    demo_round,
)
from assessments.keys import link_token
from assessments.models import State


class Command(BaseCommand):
    help = "Bouwt de voorbeeldnetwerken, met bedachte antwoorden. Nog eens bouwen verdubbelt niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", action="store_true", help="ook de vier gevallen van Smeets en Van Veen (2018)")
        parser.add_argument("--networks", type=int, default=0, help="nog zoveel voorbeeldnetwerken erbij")
        parser.add_argument("--respondents", type=int, default=100, help="zoveel deelnemers in elk daarvan")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, cases: bool, networks: int, respondents: int, seed: int, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("Het voorbeeld heeft een wachtwoord dat iedereen kent: alleen met DEBUG=on.")
        if networks < 0 or respondents < 1:
            raise CommandError("--networks is 0 of meer, --respondents 1 of meer.")
        build_demo()
        if cases:
            build_cases()
        for number in range(1, networks + 1):
            name = f"Voorbeeldnetwerk {seed}-{number} ({respondents} deelnemers)"
            build_network(name, respondents=respondents, seed=seed * 10_000 + number)
        self._say_what_to_open()

    def _say_what_to_open(self) -> None:
        published, opened = demo_round(state=State.PUBLISHED), demo_round(state=State.OPEN)
        participant = opened.participants.order_by("pk")[ALREADY_IN]
        base = settings.BASE_URL
        for title, line in (
            ("Invullen als deelnemer", f"{base}/v/{link_token(participant.pk)}/"),
            ("Inloggen als coördinator", f"{base}/account/login/  {COORDINATOR}  wachtwoord {PASSWORD}"),
            ("Inloggen als onderzoeker", f"{base}/account/login/  {RESEARCHER}  wachtwoord {PASSWORD}"),
            ("Rapport (na inloggen)", f"{base}/rondes/{published.pk}/rapport/netwerk/"),
        ):
            self.stdout.write(f"{title + ':':26}{line}")
