"""Says in Dutch what a backup holds, to whoever makes or restores it: counts and fingerprints, and no names."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from assessments.actions.backups import KEEP, NAMED, Settled, missing_secrets
from assessments.actions.due import ERASES
from assessments.actions.forgotten import Question
from samenwerking.backups.archive import Receipt


def moment_of(told: Receipt) -> datetime:
    return timezone.localtime(datetime.fromisoformat(told["made_at"]))


def lines_of(told: Receipt, differ: Iterable[str] | None = None) -> Iterator[str]:
    """Yields what is in a backup; with `differ`, what was restored, and whether each is as it was."""
    yield f"Back-up van {_in_words(moment_of(told))}, van versie {told['version'] or 'onbekend'}."
    same = None if differ is None else {*told["tables"], "frozen", "instruments"} - {*differ}
    for table, name in NAMED.items():
        rows = told["tables"].get(table, {"rows": 0})["rows"]
        yield f"  {name}: {rows}{_answer(same, table)}"
    yield f"  controlegetallen van uitkomsten gelijk: {_yes(not told['frozen_differ'])}{_answer(same, 'frozen')}"
    versions = ", ".join(sorted(told["instruments"])) or "geen"
    yield f"  instrument, versies: {versions}{_answer(same, 'instruments')}"
    yield f"  alle tabellen: {len(told['tables'])}"


def advice_on_keeping(told: Receipt) -> Iterator[str]:
    """Yields what somebody who keeps a backup has to do."""
    yield "Bewaar deze geheimen apart van de back-up. Van elk staat hier alleen een afdruk, niet de waarde:"
    for name, prints in told["secrets"].items():
        yield f"  {name}: {', '.join(prints)}"
    if told["open_rounds"]:
        until = date_format((moment_of(told) + KEEP).date(), "j F Y")
        yield (
            "Er staat een ronde open. Wie deze back-up heeft en het RESPONSE_SECRET van nu, kan de antwoorden lezen."
            f" Gooi deze back-up weg op uiterlijk {until}."
        )
    yield "Wat na dit moment wordt ingevoerd, staat er niet in. Maak daarom vaak een back-up."


def lines_of_secrets(told: Receipt) -> Iterator[str]:
    """Yields whether this server has the secrets that the backup needs."""
    lacking = missing_secrets(told)
    for name in told["secrets"]:
        prints = ", ".join(lacking.get(name, []))
        yield f"  {name}: {f'nee, hier ontbreekt de waarde met afdruk {prints}' if prints else 'ja, hetzelfde'}"


def lines_after(told: Receipt, done: Settled) -> Iterator[str]:
    """Yields what was put to rest, and what else must be done, after a restore."""
    yield f"Teruggezet: de stand van {_in_words(moment_of(told))}. Alles van daarna is weg."
    yield "Mail die misschien al weg is, gaat niet vanzelf nog een keer uit:"
    yield f"  tegengehouden berichten aan deelnemers: {done.messages}. De coördinator kan ze versturen bij Mail."
    yield f"  overgeslagen herinneringen sinds de back-up: {done.skipped}. De coördinator kan dat terugdraaien."
    yield f"  tegengehouden andere mails: {done.jobs}. Ze staan in beheer bij de taken, als mislukt."
    yield "  Wel opnieuw: berichten over wat gewist gaat worden. Want wat iemand sindsdien langer bewaart,"
    yield "  staat niet in de back-up."
    yield f"  beëindigde API-sleutels: {done.tokens}. Iedereen logt opnieuw in: sessies gaan niet mee in een back-up."
    for what, count in done.erased.items():
        yield f"Opnieuw gewist wat al gewist moest zijn: {ERASES[what]}: {count}."
    if done.failed:
        yield "Niet alles kon nu gewist worden. Het log zegt wat; `due` probeert het opnieuw."
    if done.forgotten and done.forgotten.is_answered:
        yield f"Na de back-up is uitgave {_numbers(done.forgotten)} gemaakt. Die staat hier niet meer. Een volgende kan"
        yield f"vanaf {date_format(done.forgotten.next_day, 'j F Y')}, met alleen rondes die vanaf nu worden gemaakt."
    yield "Doe dit nog zelf:"
    yield "  1. Wis opnieuw wat iemand na de back-up met de hand liet wissen of liet blokkeren. Dat is terug."
    yield "  2. Neem opnieuw weg welke rollen in netwerken en rechten van beheerders sindsdien zijn weggenomen."
    yield "  3. Koppel accounts opnieuw los die sindsdien zijn losgekoppeld, en kijk na welke domeinen zonder"
    yield "     wachtwoord inloggen: dat is weer als toen."
    yield "  4. Links uit mails om een wachtwoord te kiezen of een account te koppelen werken weer, ook als ze"
    yield "     sindsdien gebruikt zijn. Vraag de eigenaren om in te loggen: dan vervalt zo'n link."
    yield "  5. Stond een ronde open die daarna sloot? Lees eerst docs/backup.md: publiceer haar niet nog een keer."
    yield "  6. Start de site, de worker (db_worker) en due. Kijk daarna op /gezond/klaar/ en /gezond/geheimen/."
    if done.forgotten and not done.forgotten.is_answered:
        yield f"  7. Is na de back-up uitgave {_numbers(done.forgotten)} gemaakt? Die staat hier niet meer. Vraag het"
        yield "     na, en zeg het bij Nieuwe uitgave maken of met manage.py release --forgotten. Eerder komt er geen"
        yield "     nieuwe uitgave."


def _numbers(forgotten: Question) -> str:
    return " of ".join(forgotten.numbers)


def _answer(same: set[str] | None, name: str) -> str:
    return "" if same is None else f", gelijk: {_yes(name in same)}"


def _yes(is_so: bool) -> str:
    return "ja" if is_so else "nee"


def _in_words(moment: datetime) -> str:
    return date_format(moment, r"j F Y \o\m H.i \u\u\r")
