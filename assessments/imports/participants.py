"""Says what becomes of each row of a list of participants. It knows no database.

It is pure: a table and what is known go in, fates come out.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal

from assessments.imports.job_titles import USUAL_LEVELS, simple
from assessments.imports.tables import FORMULA, Table
from factors.instrument import LEVELS

Column = Literal["email", "partner", "level", "job_title"]
Outcome = Literal["new", "known", "fault"]

COLUMNS: dict[Column, str] = {
    "email": "e-mailadres",
    "partner": "partner (organisatie)",
    "level": "niveau",
    "job_title": "functie",
}

# How lists call these columns, without capitals, spaces and signs.
NAMES: dict[Column, tuple[str, ...]] = {
    "email": ("email", "emailadres", "mail", "mailadres", "mailadressen", "emailaddress", "epost", "adres"),
    "partner": ("partner", "organisatie", "instelling", "school", "bedrijf", "partij", "werkgever", "organisation"),
    "level": ("niveau", "laag", "level", "rolniveau"),
    "job_title": ("functie", "rol", "functienaam", "functieomschrijving", "beroep", "function", "functietitel"),
}

LEVEL_NAMES: dict[str, str] = {
    "uitvoerend": "uitvoerend", "uitvoering": "uitvoerend", "uitvoerder": "uitvoerend", "u": "uitvoerend",
    "professional": "uitvoerend", "werkvloer": "uitvoerend",
    "management": "management", "manager": "management", "leidinggevend": "management",
    "leidinggevende": "management", "m": "management",
    "bestuur": "bestuur", "bestuurlijk": "bestuur", "bestuurder": "bestuur", "b": "bestuur", "beleid": "bestuur",
}  # fmt: skip

# The domains that people mistype, and how often a domain must stand in the list to be taken for right.
COMMON_DOMAINS = ("gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "ziggo.nl", "kpnmail.nl")
OFTEN = 3
MOST_OFTEN = 20  # so many of the list's own domains serve to compare with
MOST_COMPARED = 300  # and so many others are compared with those: with more, no typing error stands out
LONGEST_COMPARED = 60
LONGEST_PARTNER, LONGEST_JOB_TITLE = 200, 100
ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")

Columns = Mapping[Column, int]


@dataclass(frozen=True)
class Known:
    """Holds what the round and the network have already."""

    partners: Mapping[int, str]  # name by id
    participants: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # (partner id, level) by address
    levels: Mapping[str, str] = field(default_factory=lambda: USUAL_LEVELS)  # by job title in its simple form


@dataclass(frozen=True)
class Choices:
    """Holds what the coördinator said on the page: an id or NEW by the first spelling of an unknown partner."""

    partners: Mapping[str, str] = field(default_factory=dict)


NEW = "nieuw"


@dataclass(frozen=True)
class Fate:
    """Is one row: what it says and what becomes of it. `partner` is an id, or a name that is to be added."""

    number: int
    email: str
    partner: int | str | None
    partner_name: str
    level: str
    job_title: str
    outcome: Outcome
    faults: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Judgement:
    fates: tuple[Fate, ...]
    # In their first spelling: names that are no partner of the network, and the job titles of rows without a level,
    # with the level that they stand for or "" where none is known.
    unknown_partners: tuple[str, ...]
    job_titles: Mapping[str, str]

    def count(self, outcome: Outcome) -> int:
        return sum(fate.outcome == outcome for fate in self.fates)

    @property
    def seal(self) -> str:
        """Returns a checksum of the fates: it is another one as soon as anything else becomes of a row."""
        return hashlib.sha256(repr(self.fates).encode()).hexdigest()


def find_columns(table: Table) -> tuple[int, dict[Column, int]]:
    """Returns the place in the table of the row with the names of columns, and where each column is.

    It is the first of the first rows in which an address column is recognised; above it there may be a title.
    """
    for place, (_, cells) in enumerate(table.rows[:15]):
        named = [simple(cell).replace(" ", "") for cell in cells]
        found: dict[Column, int] = {}
        for column, names in NAMES.items():
            at = [index for index, name in enumerate(named) if name in names and index not in found.values()]
            if at:
                found[column] = at[0]
        if "email" in found:
            return place, found
    return 0, {}


def judge(table: Table, header: int, columns: Columns, known: Known, choices: Choices) -> Judgement:
    """Returns the fate of each row under the header."""
    by_name = {simple(name): pk for pk, name in known.partners.items()}
    rows = [_Row.read(number, cells, columns) for number, cells in table.rows[header + 1 :]]
    spelled = _spelled((row.partner for row in rows), LONGEST_PARTNER)
    unknown = {form: name for form, name in spelled.items() if form not in by_name}
    job_titles = _spelled((row.job_title for row in rows if not row.level), LONGEST_JOB_TITLE)
    levels = {job_title: known.levels.get(form, "") for form, job_title in job_titles.items()}
    judge_row = _Judge(by_name, unknown, known, choices, _domains(rows))
    return Judgement(tuple(judge_row(row) for row in rows), tuple(unknown.values()), levels)


@dataclass(frozen=True)
class _Row:
    number: int
    email: str
    partner: str
    level: str
    job_title: str

    @classmethod
    def read(cls, number: int, cells: Sequence[str], columns: Columns) -> _Row:
        def cell(column: Column) -> str:
            place = columns.get(column)
            return cells[place] if place is not None and place < len(cells) else ""

        return cls(number, _address(cell("email")), cell("partner"), cell("level"), cell("job_title"))


@dataclass
class _Judge:
    by_name: Mapping[str, int]
    unknown: Mapping[str, str]
    known: Known
    choices: Choices
    domains: Counter[str]
    seen: set[str] = field(default_factory=set)
    meant: dict[str, str] = field(default_factory=dict)  # by domain, "" where it looks like no other

    def __call__(self, row: _Row) -> Fate:
        partner = self._partner(row.partner)
        level = (
            LEVEL_NAMES.get(simple(row.level), "") if row.level else self.known.levels.get(simple(row.job_title), "")
        )
        faults = [*self._email_faults(row), *self._partner_faults(row, partner), *self._level_faults(row, level)]
        if row.job_title == FORMULA:
            faults.append("In de functie staat een formule of fout. Typ de functie zelf.")
        faults += [
            f"{what} is te lang: hooguit {most} tekens." for what, text, most in self._lengths(row) if len(text) > most
        ]
        before = self.known.participants.get(row.email)
        if before and not faults and before != (partner, level):
            faults.append(
                "Dit adres doet al mee, maar met een andere partner of een ander niveau."
                " Verwijder eerst de deelnemer met dit adres, of verwijder deze rij."
            )
        is_repeated = row.email in self.seen and not faults
        self.seen.add(row.email)
        if is_repeated:
            faults.append("Dit adres staat al eerder in de lijst. Verwijder deze rij uit uw bestand.")
        outcome: Outcome = "fault" if faults else ("known" if before else "new")
        name = self.known.partners.get(partner, row.partner) if isinstance(partner, int) else row.partner
        shown = Fate(row.number, row.email, partner, name, level, row.job_title, outcome, tuple(faults))
        return shown if faults else replace(shown, remark=self._remark(row))

    def _lengths(self, row: _Row) -> list[tuple[str, str, int]]:
        return [
            ("Het adres", row.email, 254),
            ("De partner", row.partner, LONGEST_PARTNER),
            ("De functie", row.job_title, LONGEST_JOB_TITLE),
        ]

    def _partner(self, name: str) -> int | str | None:
        if simple(name) in self.by_name:
            return self.by_name[simple(name)]
        spelled = self.unknown.get(simple(name), "")
        chosen = self.choices.partners.get(spelled, "")
        if chosen == NEW:
            return spelled
        return int(chosen) if chosen.isdecimal() and int(chosen) in self.known.partners else None

    def _email_faults(self, row: _Row) -> list[str]:
        email = row.email
        if not email:
            return ["Het e-mailadres ontbreekt. Vul het in uw bestand in."]
        if email == FORMULA:
            return ["In het e-mailadres staat een formule of fout. Typ het adres zelf."]
        if ADDRESS.fullmatch(email) and ".." not in email and not email.startswith(".") and ".@" not in email:
            return []
        return [_what_is_wrong(email)]

    def _partner_faults(self, row: _Row, partner: int | str | None) -> list[str]:
        if not row.partner:
            return ["De partner ontbreekt. Vul in uw bestand de organisatie in."]
        if row.partner == FORMULA:
            return ["In de partner staat een formule of fout. Typ de naam zelf."]
        if partner is None and len(row.partner) <= LONGEST_PARTNER:
            return [f"‘{row.partner}’ is geen partner van dit netwerk. Kies hierboven wat het moet zijn."]
        return []

    def _level_faults(self, row: _Row, level: str) -> list[str]:
        if level:
            return []
        if row.level == FORMULA:
            return ["In het niveau staat een formule of fout. Typ het niveau zelf."]
        if row.level:
            return [f"‘{row.level}’ is geen niveau. Kies uit: {', '.join(LEVELS)}."]
        if simple(row.job_title):
            return ["Het niveau ontbreekt. Kies hierboven welk niveau bij deze functie hoort."]
        return ["Het niveau ontbreekt. Vul in uw bestand het niveau of de functie in."]

    def _remark(self, row: _Row) -> str:
        domain = row.email.partition("@")[2]
        if self.domains[domain] >= OFTEN or domain in COMMON_DOMAINS or len(domain) > LONGEST_COMPARED:
            return ""
        if domain not in self.meant:
            self.meant[domain] = self._meant(domain) if len(self.meant) < MOST_COMPARED else ""
        return f"Klopt dit adres? Bedoelt u @{self.meant[domain]}?" if self.meant[domain] else ""

    def _meant(self, domain: str) -> str:
        """Returns the likely domain that this one looks like, or ''.

        Comparing is slow, so it is done once and with few.
        """
        often = [name for name, times in self.domains.most_common(MOST_OFTEN) if times >= OFTEN]
        likely = [name for name in often if len(name) <= LONGEST_COMPARED]
        close = get_close_matches(domain, [*likely, *COMMON_DOMAINS], n=1, cutoff=0.88)
        return close[0] if close else ""


def _address(text: str) -> str:
    """Returns the address out of 'Naam <naam@school.nl>' or 'mailto:naam@school.nl', in lower case."""
    if match := IN_BRACKETS.fullmatch(text):
        text = match[1]
    return text.strip().removeprefix("mailto:").rstrip(";,").strip().lower() if text != FORMULA else text


def _what_is_wrong(email: str) -> str:
    if "\n" in email:
        return "Er staan meer regels in de cel. Zet één adres in een cel."
    if len(email.split()) > 1 or email.count("@") > 1 or ";" in email:
        return f"‘{email}’ is geen e-mailadres: er staat een spatie in, of meer dan één adres."
    if "@" not in email:
        return f"‘{email}’ is geen e-mailadres: het @-teken ontbreekt."
    if "," in email:
        return f"‘{email}’ is geen e-mailadres: er staat een komma in plaats van een punt."
    return f"‘{email}’ is geen e-mailadres. Controleer de spelling."


def _spelled(names: Iterable[str], longest: int) -> dict[str, str]:
    """Returns the first spelling of each name by its simple form, sorted by that form.

    What can be no name is left out: it is a fault of its row.
    """
    spelled: dict[str, str] = {}
    for name in names:
        if name != FORMULA and len(name) <= longest:
            spelled.setdefault(simple(name), name)
    return {form: spelled[form] for form in sorted(spelled) if form}


def _domains(rows: Sequence[_Row]) -> Counter[str]:
    return Counter(row.email.partition("@")[2] for row in rows)
