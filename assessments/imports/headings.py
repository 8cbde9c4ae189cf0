"""Finds the row with the names of columns, and which column holds what; looks at what stands below it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.imports.cells import Rows, Table
from assessments.imports.job_titles import simple
from samenwerking.addresses import is_address

Column = Literal["email", "partner", "level", "job_title", "name"]

COLUMNS: dict[Column, str] = {
    "email": "e-mailadres",
    "partner": "partner (organisatie)",
    "level": "niveau",
    "job_title": "functie",
    "name": "naam (mag ontbreken)",
}

# How lists call these columns, without capitals, spaces and signs; LimeSurvey, Outlook, Google and Teams among them.
# Of two in one list the first name here counts, but for addresses, where the column with most of them does.
NAMES: dict[Column, tuple[str, ...]] = {
    "email": (
        *("email", "emailadres", "mail", "mailadres", "mailadressen", "emailadressen", "emailaddress", "epost"),
        *("adres", "emailadreswerk", "werkmail", "emailwerk", "zakelijkemail", "zakelijkemailadres", "emailadres1"),
        *("email1", "email1value", "emailadres2", "email2", "email2value", "emailadres3", "email3", "privemail"),
        *("emailprive", "contact", "contactemail", "emailcontactpersoon", "participantidupn", "deelnemersidupn"),
        *("upn", "userprincipalname", "gebruikersnaam"),
    ),
    "partner": (
        *("partner", "partnerorganisatie", "organisatie", "naamorganisatie", "organisatienaam", "instelling"),
        *("naaminstelling", "school", "schoolnaam", "naamschool", "bedrijf", "bedrijfsnaam", "partij", "werkgever"),
        *("organisation", "organization", "organization1name", "company", "companyname", "vestiging"),
    ),
    "level": ("niveau", "laag", "level", "rolniveau", "niveauindeling", "organisatieniveau"),
    "job_title": (
        *("functie", "functienaam", "functieomschrijving", "functietitel", "functierol", "rolfunctie", "beroep"),
        *("function", "jobtitle", "job", "title", "titel", "organization1title", "position", "rol", "role"),
    ),
    "name": (
        *("naam", "volledigenaam", "naamdeelnemer", "deelnemer", "naammedewerker", "naamcontactpersoon"),
        *("contactpersoon", "weergavenaam", "name", "fullname", "displayname"),
    ),
}
TEAMS = frozenset({"participantidupn", "deelnemersidupn"})  # in its export 'Rol' is who spoke, and no job title
LOOKED_AT = 40  # rows in which the names of columns may stand
JUDGED = 300  # rows below it that say what a column holds
NO_HEADING = -1


@dataclass(frozen=True)
class Heading:
    """Says in which place of the table the names of columns stand, NO_HEADING where there are none."""

    place: int
    columns: dict[Column, int]


def find_heading(table: Table) -> Heading:
    """Returns the heading of a table: the first row that names a column of addresses, or else what the cells tell."""
    for place, (_, cells) in enumerate(table.rows[:LOOKED_AT]):
        named = [name_of(cell) for cell in cells]
        if any(name in NAMES["email"] for name in named) and not any(map(is_address, cells)):
            return Heading(place, _columns(named, table.rows[place + 1 :]))
    return _without_names(table)


def name_of(cell: str) -> str:
    """Returns how a column is called, as names are compared; LimeSurvey's 'attribute_1 <Functie>' is a functie."""
    if cell.startswith("attribute_") and "<" in cell:
        cell = cell.partition("<")[2]
    return simple(cell).replace(" ", "")


def is_repeated(cells: Sequence[str]) -> bool:
    """Tells whether a row names the columns once more, as below a second table."""
    return not any("@" in cell for cell in cells) and any(name_of(cell) in NAMES["email"] for cell in cells)


def _columns(named: Sequence[str], below: Rows) -> dict[Column, int]:
    found: dict[Column, int] = {"email": _best_address(named, below)}
    is_teams = bool(TEAMS & set(named))
    for column in ("partner", "level", "job_title", "name"):
        names = [name for name in NAMES[column] if not (is_teams and name in ("rol", "role"))]
        places = [place for name in names for place, called in enumerate(named) if called == name]
        if free := [place for place in places if place not in found.values()]:
            found[column] = free[0]
    return found


def _best_address(named: Sequence[str], below: Rows) -> int:
    """Returns the column with most addresses; of two with as many, the one whose name is plainer."""
    counts = _addresses(below)
    candidates = [place for place, name in enumerate(named) if name in NAMES["email"]]
    if counts and max(counts.values()) > 2 * max((counts.get(place, 0) for place in candidates), default=0):
        candidates = list(counts)  # the names mislead: 'adres' is a street, say
    order = NAMES["email"]

    def worth(place: int) -> tuple[int, int]:
        name = named[place] if place < len(named) else ""
        return counts.get(place, 0), -order.index(name) if name in order else -len(order)

    return max(candidates, key=worth)


def _addresses(rows: Rows) -> dict[int, int]:
    """Returns by column how many of the first cells are addresses."""
    counts: dict[int, int] = {}
    for _, cells in rows[:JUDGED]:
        for place, cell in enumerate(cells):
            if "@" in cell and is_address(cell):
                counts[place] = counts.get(place, 0) + 1
    return counts


def _without_names(table: Table) -> Heading:
    """Returns what the cells tell where no row names an address: the row above the first address may be a heading."""
    counts = _addresses(table.rows)
    if not counts:
        return Heading(0, {})
    email = max(counts, key=lambda place: (counts[place], -place))
    first = next(
        place for place, (_, cells) in enumerate(table.rows) if email < len(cells) and is_address(cells[email])
    )
    if first == 0 or first > LOOKED_AT:
        return Heading(NO_HEADING, {"email": email})
    named = [name_of(cell) for cell in table.rows[first - 1][1]]
    if len([name for name in named if name]) < min(2, table.width):
        return Heading(NO_HEADING if first == 1 else first - 1, {"email": email})
    columns = _columns(["email" if place == email else name for place, name in enumerate(named)], table.rows[first:])
    return Heading(first - 1, {**columns, "email": email})
