"""Puts figures, levels and lists into Dutch words: the only place where a number becomes text. Knows no page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assessments.disclosure.changes import Obstacle
from assessments.disclosure.groups import Why
from assessments.disclosure.published import Difference, Figure
from assessments.scores import readings
from assessments.scores.groups import Group
from assessments.scores.readings import CONCERN, STEP, STRONG

LEVEL = {
    "uitvoerend": "het uitvoerend niveau",
    "management": "het management",
    "bestuur": "het bestuur",
    "ouders": "ouders en jongeren",
}
SHORT = {"uitvoerend": "uitvoerend", "management": "management", "bestuur": "bestuur", "ouders": "ouders en jongeren"}
AT = {
    "uitvoerend": "op het uitvoerend niveau",
    "management": "in het management",
    "bestuur": "in het bestuur",
    "ouders": "bij ouders en jongeren",
}
GAP = {"geen": "klein verschil", "verschil": "verschil", "groot_verschil": "groot verschil"}
WHY_HIDDEN: dict[Why, str] = {
    "small": "te weinig antwoorden",
    "complementary": "anders zijn antwoorden van een kleine groep uit te rekenen",
}
OBSTACLES: dict[Obstacle, str] = {
    "wording": "niet te vergelijken: de stellingen zijn veranderd",
    "partners": "niet te vergelijken: de sector had toen andere partners",
    "absent_before": "niet te vergelijken: deed toen niet mee",
    "hidden_both": "niet te vergelijken: toen en nu niet getoond",
    "hidden_before": "niet te vergelijken: toen niet getoond",
    "hidden_now": "niet te vergelijken: nu niet getoond",
    "limit_before": "niet te berekenen: van toen is alleen een grens bekend",
    "limit_now": "niet te berekenen: van nu is alleen een grens bekend",
    "small": "niet te zeggen of dit toeval is: te weinig mensen",
}
PARTNER_KINDS = {
    "school": "scholen",
    "schoolbestuur": "schoolbesturen",
    "samenwerkingsverband": "samenwerkingsverband",
    "wijkteam": "wijkteams of buurtteams",
    "jeugdhulp": "jeugdhulp",
    "jgz": "jeugdgezondheidszorg",
    "gemeente": "gemeente",
    "overig": "andere organisaties",
    "ouders": "ouders",
}
GROUP_KINDS = {
    "level": "niveau",
    "network": "netwerk",
    "partner": "partner",
    "sector": "sector",
    "perspective": "ouders en jongeren",
}
ITEM_KINDS = {
    "factor": "factor",
    "dimension": "dimensie",
    "outcome": "uitkomst",
    "perspective": "stellingen voor ouders en jongeren",
}
KINDS = {
    "literatuur": "uit de literatuur",
    "praktijk": "uit de praktijk",
    "afgeleid": "afgeleid uit het onderzoek",
}
NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
HIDDEN = "niet getoond"
LONG_WORD = 40
UNKNOWN = "niet te zeggen"


def number(value: Decimal) -> str:
    """Writes a number with one decimal the Dutch way, 3,4, and with a real minus sign where it is below zero."""
    return str(value).replace(".", ",").replace("-", "−")


BANDS = {
    "sterk": f"{number(STRONG)} en hoger",
    "bespreken": f"{number(CONCERN)} tot en met {number(STRONG - STEP)}",
    "zorg": f"lager dan {number(CONCERN)}",
}
LIMITS = {
    "low": f"{number(readings.LIMITS['low'])} of lager",
    "high": f"{number(readings.LIMITS['high'])} of hoger",
}


def signed(value: Decimal) -> str:
    """Writes a change with its sign, also the plus of one that is upward."""
    return f"{'+' if value > 0 else ''}{number(value)}"


def score(figure: Figure) -> str:
    if figure.mean is not None:
        return number(figure.mean)
    return LIMITS["low" if figure.limit == "low" else "high"]


def interval(figure: Figure, invited: int | None) -> str:
    """Returns the bounds of the interval, or why there are none."""
    if figure.interval:
        low, high = figure.interval
        return f"{number(low)} tot {number(high)}"
    return "iedereen deed mee" if figure.n == invited else "groep te klein"


def unknown(figure: Figure) -> str:
    """Returns the share of 'weet ik niet', which is published in steps of ten per cent."""
    if figure.unknown is None:
        return HIDDEN
    return f"rond {int(figure.unknown * 100)} %" if figure.unknown else "onder 5 %"


def split(figure: Figure) -> str:
    if figure.split is None:
        return HIDDEN
    return "ja" if figure.split else "nee"


def gap(difference: Difference) -> str:
    """Returns what a difference is called and, where it has one, its size without the sign."""
    label = gap_word(difference)
    return f"{label} ({number(abs(difference.size))})" if difference.size else label


def gap_word(difference: Difference) -> str:
    """Returns what a difference is called; one that does not count is small, and none only where scores are equal."""
    return "geen verschil" if difference.size == 0 else GAP[difference.label]


def share(part: int, whole: int) -> str:
    per_cent = (Decimal(100 * part) / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{per_cent} %"


def count(value: int) -> str:
    return NUMBERS[value] if value < len(NUMBERS) else str(value)


def both(value: int) -> str:
    """Returns how a sentence about all of them begins: 'Beide', 'Alle elf'."""
    return "Beide" if value == 2 else f"Alle {count(value)}"


def people(value: int) -> str:
    return "1 persoon" if value == 1 else f"{value} mensen"


def listing(names: Sequence[str], *, last: str = "en") -> str:
    """Joins names as in 'a, b en c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def cut(text: str, longest: int) -> str:
    """Cuts a name to at most `longest` characters; the whole name stands on the title page."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def shortened(text: str, longest: int) -> str:
    """Cuts a text to at most `longest` characters, after a whole word unless that is very long, and adds a sign."""
    if len(text) <= longest:
        return text
    whole, _, part = text[:longest].rpartition(" ")
    return f"{whole if whole and len(part) < LONG_WORD else text[:longest]} …"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Writes a name as it stands inside a sentence; one that begins with two capitals keeps them."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def group_name(group: Group, part_name: str = "") -> str:
    """Returns what a group is called in a table or beside a mark."""
    if group.kind == "network":
        return "netwerk"
    return part_name or group.key if group.is_part else SHORT[group.key]


def in_months(months: int) -> str:
    """Returns a term in words: in years where it is whole years, as in '2 jaar' or '18 maanden'."""
    years, rest = divmod(months, 12)
    if not rest:
        return f"{years} jaar"
    return "1 maand" if months == 1 else f"{months} maanden"
