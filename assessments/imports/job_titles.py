"""Says at which level people with a job title usually stand, and which spellings of a name are one. It is pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# A network says for itself which of these stand at another level, and adds what is missing.
USUAL: dict[str, tuple[str, ...]] = {
    "uitvoerend": (
        *("docent", "gezinswerker", "ib'er", "intern begeleider", "jeugdarts", "jeugdhulpverlener"),
        *("jeugdverpleegkundige", "leerkracht", "leerplichtambtenaar", "leraar", "mentor", "onderwijsondersteuner"),
        *("orthopedagoog", "schoolmaatschappelijk werker", "zorgcoördinator"),
    ),
    "management": (
        *("afdelingshoofd", "directeur", "locatieleider", "manager", "schooldirecteur", "teamleider", "teammanager"),
    ),
    "bestuur": (
        *("beleidsadviseur", "beleidsmedewerker", "bestuurder", "bestuurssecretaris", "directeur-bestuurder"),
        "wethouder",
    ),
}


@lru_cache(maxsize=10_000)
def simple(text: str) -> str:
    """Returns a name as names are compared: without capitals, accents, signs and double spaces."""
    letters = (sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


USUAL_LEVELS = {simple(job_title): level for level, job_titles in USUAL.items() for job_title in job_titles}


def levels_with(own: Mapping[str, str]) -> dict[str, str]:
    """Returns the level by job title in its simple form: what is usual, and over it the network's `own` table."""
    return {**USUAL_LEVELS, **own}
