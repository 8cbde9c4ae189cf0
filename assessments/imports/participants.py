"""Judges each row of a list of participants: a table and what is known go in, fates come out. Knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from assessments.imports.cells import FORMULA, Table
from assessments.imports.fates import NEW, SAME_AS, Choices, Fate, Judgement, Known, Takes
from assessments.imports.guesses import is_shared
from assessments.imports.headings import Column, is_repeated
from assessments.imports.job_titles import simple
from factors.instrument import LEVELS
from samenwerking.addresses import LONGEST, Unfit, cleaned, judged, readable
from samenwerking.links import holds_link

LEVEL_NAMES: dict[str, str] = {
    "uitvoerend": "uitvoerend", "uitvoering": "uitvoerend", "uitvoerder": "uitvoerend", "u": "uitvoerend",
    "professional": "uitvoerend", "werkvloer": "uitvoerend", "uitvoerende": "uitvoerend", "operationeel": "uitvoerend",
    "management": "management", "manager": "management", "leidinggevend": "management", "tactisch": "management",
    "leidinggevende": "management", "m": "management",
    "bestuur": "bestuur", "bestuurlijk": "bestuur", "bestuurder": "bestuur", "b": "bestuur", "beleid": "bestuur",
    "strategisch": "bestuur",
}  # fmt: skip

# The domains that people mistype, and how often a domain must stand in the list to be taken for right.
COMMON_DOMAINS = ("gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "ziggo.nl", "kpnmail.nl")
OFTEN = 3
MOST_OFTEN = 20  # so many of the list's own domains serve to compare with
MOST_COMPARED = 300  # and so many others are compared with those: with more, no typing error stands out
LONGEST_COMPARED = 60
LONGEST_PARTNER, LONGEST_JOB_TITLE, LONGEST_NAME = 200, 100, 100

Columns = Mapping[Column, int]


def judge(table: Table, header: int, columns: Columns, known: Known, choices: Choices) -> Judgement:
    """Returns the fate of each row under the header; of a hidden row, only where the coördinator wants it."""
    hidden = set() if choices.with_hidden else set(table.facts.hidden_rows)
    below = [(number, cells) for number, cells in table.rows[header + 1 :] if number not in hidden]
    repeated = {number for number, cells in below if number not in choices.edits and is_repeated(cells)}
    rows = [_Row.read(number, cells, columns, choices) for number, cells in below]
    left_out = choices.skipped | repeated
    used = [row for row in rows if row.number not in left_out]
    asked = _Asked.of([row for row in used if not row.fault], known)
    judge_row = _Judge(asked, known, choices, _domains(used))
    fates = [_skipped(row, row.number in repeated) if row.number in left_out else judge_row(row) for row in rows]
    return Judgement(tuple(fates), tuple(asked.partners.values()), asked.job_titles, asked.level_words, asked.people)


@dataclass(frozen=True)
class _Row:
    number: int
    email: str
    partner: str
    level: str
    job_title: str
    name: str
    fault: str  # what is wrong with the address: names in such a row are asked once that is mended

    @classmethod
    def read(cls, number: int, cells: Sequence[str], columns: Columns, choices: Choices) -> _Row:
        edited = choices.edits.get(number, {})

        def cell(column: Column) -> str:
            if column in edited:
                return edited[column]
            place = columns.get(column)
            return cells[place] if place is not None and place < len(cells) else ""

        partner, level, title = cell("partner"), cell("level"), cell("job_title")
        email, fault = _address(cell("email"))
        return cls(
            number,
            email,
            partner or choices.everybody,
            level or ("" if simple(title) else choices.everybodys_level),
            title,
            cell("name"),
            fault,
        )


@dataclass(frozen=True)
class _Asked:
    """Holds the names in a list that the network does not know, each in its first spelling by its simple form."""

    by_name: Mapping[str, int]
    partners: Mapping[str, str]
    job_titles: Mapping[str, str]
    level_words: Mapping[str, str]
    people: Mapping[str, int]

    @classmethod
    def of(cls, rows: Sequence[_Row], known: Known) -> _Asked:
        by_name = {simple(name): pk for pk, name in known.partners.items()}
        spelled = _spelled((row.partner for row in rows), LONGEST_PARTNER)
        partners = {form: name for form, name in spelled.items() if form not in by_name}
        titles = _spelled((row.job_title for row in rows if not row.level), LONGEST_JOB_TITLE)
        words = _spelled((row.level for row in rows if simple(row.level) not in LEVEL_NAMES), LONGEST_JOB_TITLE)
        people = [
            *_people(partners, (row.partner for row in rows)),
            *_people(titles, (row.job_title for row in rows if not row.level)),
            *_people(words, (row.level for row in rows)),
        ]
        return cls(
            by_name,
            partners,
            {name: known.levels.get(form, "") for form, name in titles.items()},
            {name: known.levels.get(form, "") for form, name in words.items()},
            dict(people),
        )


def _people(names: Mapping[str, str], said: Iterable[str]) -> list[tuple[str, int]]:
    """Returns how many rows say each of these names, however they spell it."""
    counts = Counter(map(simple, said))
    return [(name, counts[form]) for form, name in names.items()]


@dataclass
class _Judge:
    asked: _Asked
    known: Known
    choices: Choices
    domains: Counter[str]
    first: dict[str, Fate] = field(default_factory=dict)  # by address, of the rows so far without a fault
    meant: dict[str, str] = field(default_factory=dict)  # by domain, "" where it looks like no other

    def __call__(self, row: _Row) -> Fate:
        partner, level = self._partner(row.partner), self._level(row)
        faults = self._faults(row)
        asks = [] if row.fault else [*self._partner_asks(row, partner), *self._level_asks(row, level)]
        name = self.known.partners.get(partner, row.partner) if isinstance(partner, int) else row.partner
        no_name = _no_name(row.name)
        fate = Fate(row.number, row.email, partner, name, level, row.job_title, "new", said_level=row.level)
        fate = replace(fate, name="" if no_name else row.name) if row.name else fate
        if faults or asks:
            return replace(fate, outcome="fault", faults=(*faults, *asks), asked=not faults)
        return self._beside_others(fate, no_name)

    def _beside_others(self, fate: Fate, no_name: str) -> Fate:
        """Returns the fate of a row that is right by itself, beside those before it and those who take part."""
        if first := self.first.get(fate.email):
            return _double(fate, first)
        self.first[fate.email] = fate
        if before := self.known.participants.get(fate.email):
            return self._beside_before(fate, before)
        remark, shared = " ".join(filter(None, [self._remark(fate.email), no_name])), is_shared(fate.email)
        return replace(fate, remark=remark, is_shared=shared) if remark or shared else fate

    def _beside_before(self, fate: Fate, before: Takes) -> Fate:
        """Returns the fate of a row about somebody who takes part: a corrected list changes who has not sent."""
        moves = (fate.partner, fate.level) != (before.partner, before.level)
        title = [before.job_title or "zonder functie"] if fate.job_title not in ("", before.job_title) else []
        name = [before.name or "zonder naam"] if fate.name not in ("", before.name) else []
        if not moves and not title and not name:
            return replace(fate, outcome="known")
        place = f"{self.known.partners.get(before.partner, '')}, {before.level}"
        if moves and before.has_sent:
            remark = f"Is al klaar, en blijft bij {place}. Vraag op de lijst van deelnemers of dat klopt."
            return replace(fate, outcome="stays", remark=remark)
        was = [place] if moves else [*name, *title]
        return replace(fate, outcome="changed", remark=f"Was: {', '.join(was)}.")

    def _faults(self, row: _Row) -> list[str]:
        """Returns what is wrong with the row itself."""
        faults = [row.fault] if row.fault else []
        if not row.partner:
            faults.append("De partner ontbreekt. Vul die in, of kies bij ‘Kolommen’ waar alle rijen bij horen.")
        if FORMULA in (row.partner, row.level, row.job_title):
            faults += _without_outcome(row)
        elif not row.level and not simple(row.job_title):
            faults.append("Het niveau ontbreekt. Kies het niveau, of vul de functie in.")
        if len(row.email) > LONGEST:
            faults.append(f"Het adres is te lang: hooguit {LONGEST} tekens.")
        if len(row.partner) > LONGEST_PARTNER:
            faults.append(f"De partner is te lang: hooguit {LONGEST_PARTNER} tekens.")
        if len(row.job_title) > LONGEST_JOB_TITLE:
            faults.append(f"De functie is te lang: hooguit {LONGEST_JOB_TITLE} tekens.")
        return faults

    def _partner(self, name: str, tried: frozenset[str] = frozenset()) -> int | str | None:
        """Returns the partner that a name means; names that mean each other mean nothing yet."""
        form = simple(name)
        if form in self.asked.by_name:
            return self.asked.by_name[form]
        spelled = self.asked.partners.get(form, "")
        chosen = self.choices.partners.get(spelled, "")
        if chosen.startswith(SAME_AS):
            return None if form in tried else self._partner(chosen[len(SAME_AS) :], tried | {form})
        if chosen == NEW:
            return spelled
        return int(chosen) if chosen.isdecimal() and int(chosen) in self.known.partners else None

    def _level(self, row: _Row) -> str:
        if not row.level:
            return self.known.levels.get(simple(row.job_title), "")
        form = simple(row.level)
        return LEVEL_NAMES.get(form) or self.known.levels.get(form, "")

    def _partner_asks(self, row: _Row, partner: int | str | None) -> list[str]:
        if partner is None and row.partner and row.partner != FORMULA and len(row.partner) <= LONGEST_PARTNER:
            return [f"‘{row.partner}’ is geen partner van dit netwerk. Kies hierboven wat het moet zijn."]
        return []

    def _level_asks(self, row: _Row, level: str) -> list[str]:
        if level or FORMULA in (row.level, row.job_title):
            return []
        if row.level:
            return [f"‘{row.level}’ is geen niveau. Kies hierboven wat het moet zijn: {', '.join(LEVELS)}."]
        if simple(row.job_title) and len(row.job_title) <= LONGEST_JOB_TITLE:
            return ["Het niveau ontbreekt. Kies hierboven welk niveau bij deze functie hoort."]
        return []

    def _remark(self, email: str) -> str:
        domain = email.partition("@")[2]
        if "xn--" in domain:
            return f"Het domein heeft bijzondere letters: {readable(email)}. Klopt dat?"
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


def _without_outcome(row: _Row) -> list[str]:
    """Returns a sentence for each cell, besides that of the address, with a formula that has no value."""
    cells = (
        ("de partner", row.partner, "Typ de naam zelf."),
        ("het niveau", row.level, "Kies het niveau zelf."),
        ("de functie", row.job_title, "Typ de functie zelf."),
    )
    return [f"In {what} staat een formule zonder uitkomst. {cure}" for what, text, cure in cells if text == FORMULA]


def _no_name(name: str) -> str:
    """Returns why a name is not taken over, or '': mails show it, and it is not needed."""
    if name == FORMULA:
        return "De naam is een formule zonder uitkomst, en nemen wij niet over."
    if len(name) > LONGEST_NAME:
        return f"De naam is langer dan {LONGEST_NAME} tekens, en nemen wij niet over."
    return "In de naam staat een link. Wij nemen die naam niet over." if holds_link(name) else ""


def _skipped(row: _Row, is_heading: bool) -> Fate:
    remark = "Dit zijn weer de namen van de kolommen." if is_heading else ""
    return Fate(
        row.number, row.email, None, row.partner, "", row.job_title, "skipped", remark=remark, said_level=row.level
    )


def _faulty(fate: Fate, sentence: str) -> Fate:
    return replace(fate, outcome="fault", faults=(sentence,))


def _double(fate: Fate, first: Fate) -> Fate:
    """Returns the fate of a row with an address that stood in the list before."""
    same_title = simple(fate.job_title) in ("", simple(first.job_title))
    if (fate.partner, fate.level) == (first.partner, first.level) and same_title:
        return replace(fate, outcome="skipped", remark=f"Hetzelfde als rij {first.number}.")
    if is_shared(fate.email):
        sentence = (
            f"Dit adres staat ook in rij {first.number}, en lijkt een gedeelde mailbox: daarmee kan één mens meedoen."
            " Vul een eigen adres in, of sla deze rij over en maak voor dit team een open link."
        )
    else:
        sentence = (
            f"Dit adres staat ook in rij {first.number} ({first.partner_name}, {first.level})."
            " Met één adres doet iemand één keer mee. Sla een van de twee rijen over."
        )
    rival = first.number if (fate.partner, fate.level) != (first.partner, first.level) else 0
    return replace(_faulty(fate, sentence), is_shared=is_shared(fate.email), rival=rival)


def _address(text: str) -> tuple[str, str]:
    """Returns the address in a cell, and what is wrong with it, or ''."""
    if text == FORMULA:
        return text, "In het e-mailadres staat een formule zonder uitkomst. Typ het adres zelf."
    if not text:
        return text, "Het e-mailadres ontbreekt. Vul het in, of sla deze rij over."
    try:
        return judged(text), ""
    except Unfit as fault:
        return text if "\n" in text else cleaned(text), str(fault)


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
