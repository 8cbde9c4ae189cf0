"""Guesses what a list leaves open: a level, a kind of partner, which names are alike. A guess is shown as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from assessments.imports.job_titles import simple

# Words in the name of an organisation, and the kind that it then is; the first that is found counts.
KINDS: tuple[tuple[str, str], ...] = (
    ("samenwerkingsverband", r"swv|samenwerkingsverband|passend onderwijs"),
    ("jgz", r"jgz|ggd|jeugdgezondheid\w*|consultatiebureau"),
    ("schoolbestuur", r"schoolbestuur|scholengroep|scholenstichting|onderwijsgroep|schoolvereniging|bestuur"),
    ("schoolbestuur", r"stichting (?:\w+ )*\w*onderwijs\w*|openbaar onderwijs"),
    ("wijkteam", r"\w*wijkteam\w*|buurtteam\w*|jeugdteam\w*|gebiedsteam\w*|sociaal team|gezinsteam\w*|cjg"),
    ("vo", r"vo|voortgezet onderwijs|\w*college|lyceum|gymnasium|mavo|havo|vmbo|praktijkonderwijs"),
    ("mbo", r"mbo|roc|mbo college"),
    ("kinderopvang", r"kinderopvang|kinderdagverblijf|peuterspeelzaal|peuteropvang|bso"),
    ("school", r"obs|cbs|rkbs|pcbs|kbs|ods|sbo|so|vso|ikc|kc|\w*school|kindcentrum|isk"),
    ("veilig-thuis", r"veilig thuis"),
    ("huisarts", r"huisarts\w*"),
    ("leerplicht", r"leerplicht\w*"),
    ("jeugdhulp", r"\w*jeugdhulp\w*|jeugdzorg\w*|jeugdbescherming\w*|ggz|pleegzorg|gezinshuis"),
    ("gemeente", r"gemeente\w*|ambtelijk\w*|sociaal domein"),
)
KIND_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in KINDS)
OTHER = "overig"

# Parts of job titles beside those that a network's table knows, and the level at which these people usually stand.
TITLE_WORDS: tuple[tuple[str, str], ...] = (
    ("uitvoerend", r"case ?manager|zorgmanager|\w*begeleid\w*"),
    ("bestuur", r"bestuur\w*|\w*bestuurder|wethouder|burgemeester|raadslid|gemeentesecretaris|toezichthouder"),
    ("bestuur", r"beleid\w*|strateg\w+ adviseur|concerncontroller"),
    ("management", r"\w*directeur|directrice|\w*manager|management|\w*leider|\w*leidinggevende|\w*hoofd|rector"),
    ("management", r"conrector|\w*coordinator jgz|mt lid|praktijkleider"),
    (
        "uitvoerend",
        r"ib|ib er|\w*leerkracht\w*|\w*docent\w*|\w*leraar|\w*lerares|\w*mentor\w*|\w*verpleegkundige"
        r"|\w*arts|\w*werker|\w*hulpverlener|\w*psycholoog|\w*pedagoog|pedagogisch \w+|\w*consulent\w*|\w*therapeut"
        r"|\w*coach|\w*regisseur|\w*ondersteuner|\w*assistent\w*|logopedist\w*|\w*medewerker|juf|meester"
        r"|\w*specialist|\w*ambtenaar|\w*coordinator|\w*concierge|\w*jongerenwerk\w*",
    ),
)
TITLE_PATTERNS = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in TITLE_WORDS)

# What stands before the @ of a mailbox that several people read.
SHARED = re.compile(
    r"(?:info|informatie|secretariaat|secr|administratie|admin|directie|ib|ib-?team|contact|algemeen|receptie|kantoor"
    r"|balie|post|postbus|mail|mailbox|office|school|team|zorg|zorgteam|bestuur|bestuurssecretariaat|loket|helpdesk"
    r"|support|service|klantenservice|hr|aanmelding|aanmelden|leerplicht|wijkteam|jeugdteam|jeugd|onderwijs|no-?reply"
    r"|intern\.?begeleiders?|leerkrachten|medewerkers|allen|iedereen)(?:[._-].{0,20})?"
)
ALIKE = 0.6


def kind_of_partner(name: str) -> str:
    """Returns the key of the kind that an organisation of this name seems to be."""
    form = simple(name)
    return next((kind for kind, words in KIND_WORDS if words.search(form)), OTHER)


def level_of(job_title: str, known: Mapping[str, str]) -> str:
    """Returns the level that a job title seems to have, or ''.

    The longest known title that stands in it decides, and else the words in it.
    """
    form = simple(job_title)
    padded = f" {form} "
    within = [title for title in known if len(title) > 2 and (f" {title} " in padded)]
    if within:
        return known[max(within, key=len)]
    return next((level for level, words in TITLE_PATTERNS if words.search(form)), "")


def is_shared(address: str) -> bool:
    """Tells whether several people seem to read the mail to an address."""
    return SHARED.fullmatch(address.partition("@")[0]) is not None


def most_alike(name: str, others: Collection[str]) -> list[str]:
    """Returns the other names, those that look most like this one first."""
    return sorted(others, key=lambda other: (-likeness(name, other), other))


def likeness(one: str, other: str) -> float:
    """Returns from 0 to 1 how much two names are alike; 1 where all words of one stand in the other."""
    own, others = _words(one), _words(other)
    if own and others and (own <= others or others <= own):
        return 1.0
    pairs, other_pairs = _pairs(one), _pairs(other)
    return 2 * len(pairs & other_pairs) / (len(pairs) + len(other_pairs) or 1)


@lru_cache(maxsize=2_000)
def _words(name: str) -> frozenset[str]:
    """Returns the words of a name that tell it apart: 'de' and 'school' are in too many."""
    common = {"de", "het", "van", "en", "the", "stichting", "school", "obs", "cbs", "basisschool", "college"}
    return frozenset(simple(name).split()) - common


@lru_cache(maxsize=2_000)
def _pairs(name: str) -> frozenset[str]:
    form = f" {simple(name)} "
    return frozenset(form[place : place + 2] for place in range(len(form) - 1))
