"""Is the one rule for an e-mail address: how it is cleaned, and whether mail can go there. It knows no Django.

What comes out is how an address is stored, compared and mailed. Its domain is in letters that the mail server knows
(IDNA 2008): the older standard, of Python and Django, makes strasse.de of straße.de, and that is somebody else's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

import idna

LONGEST = 254  # RFC 5321, 4.5.3.1.3
LONGEST_LOCAL, LONGEST_DOMAIN, LONGEST_LABEL = 64, 253, 63
LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
QUOTES = "'\"`\xb4\xab\xbb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2039\u203a"
AROUND = QUOTES + " \t\r\n<>()[]{};,:"
SCHEME = re.compile(r"\s*mailto\s*:\s*", re.IGNORECASE)
IN_BRACKETS = re.compile(r"[<\[(]\s*([^<>\[\]()]*@[^<>\[\]()]*?)\s*[>\])]")
WITH_REMARK = re.compile(r"(\S+@\S+)\s+\([^()@]*\)")
JOINERS = "\u200c\u200d"  # they are invisible, and part of some names of domains in Persian and in Indian scripts
SIGNS = str.maketrans({"\uff20": "@", "\ufe6b": "@", "\u3002": ".", "\uff0e": ".", "\uff61": "."})
BETWEEN = re.compile(r"[\s<>()\[\]\",;:\\]+")
LEADS = re.compile(r"[/=|{}]")  # stand in few addresses, and often before one
PLAIN = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,24}")


class Unfit(ValueError):
    """The text is no address that mail can go to; the message says why, in a Dutch sentence."""


def cleaned(text: str) -> str:
    """Returns the address out of 'Naam <naam@school.nl>', 'mailto:naam@school.nl' and the like, in one spelling.

    Returns what is left of the text where no mail can go there: `judged` says why.
    """
    if _is_plain(text):
        return text
    bare = _bare(text)
    local, at, domain = bare.rpartition("@")
    if not at or not local.isascii():
        return bare
    try:
        return f"{local.lower()}@{_domain(domain)}"
    except Unfit:
        return f"{local.lower()}@{domain.lower()}"


def judged(text: str) -> str:
    """Returns the address as `cleaned` does. Raises Unfit where no mail can go there."""
    if _is_plain(text):
        return text
    bare = _bare(text)
    _check_shape(bare)
    local, _, domain = bare.rpartition("@")
    if not local.isascii():
        raise Unfit(f"‘{bare}’: voor het @-teken mogen geen letters met accenten of andere tekens staan.")
    if len(local) > LONGEST_LOCAL or not LOCAL.fullmatch(local.lower()):
        raise Unfit(f"‘{bare}’ is geen e-mailadres. Controleer de spelling van wat voor het @-teken staat.")
    address = f"{local.lower()}@{_domain(domain)}"
    if len(address) > LONGEST:
        raise Unfit(f"Het adres is te lang: hooguit {LONGEST} tekens.")
    return address


def is_address(text: str) -> bool:
    """Tells whether the text is an address that mail can go to."""
    try:
        return bool(judged(text))
    except Unfit:
        return False


def found_in(text: str) -> set[str]:
    """Returns all addresses in a list or in pasted mails, in one pass however long the text is."""
    return {address for word in set(BETWEEN.split(text)) if "@" in word for address in _of_word(word)}


def readable(address: str) -> str:
    """Returns the address with its domain in the letters that people read, where these are others."""
    local, _, domain = address.rpartition("@")
    if "xn--" not in domain:
        return address
    try:
        return f"{local}@{idna.decode(domain)}"
    except (idna.IDNAError, UnicodeError):
        return address


def _of_word(word: str) -> Iterator[str]:
    """Yields the addresses that a word without spaces may be, with and without what often stands before one."""
    if word.count("@") != 1 or len(word) > 2 * LONGEST:
        return
    local, _, domain = word.partition("@")
    local = local.lstrip(QUOTES)
    for begin in {local, LEADS.split(local)[-1]}:
        address = f"{begin}@{domain.rstrip(QUOTES + '.!?')}"
        if begin and is_address(address):
            yield judged(address)


def _is_plain(text: str) -> bool:
    """Tells whether nothing need be done to an address, as with nearly all in a list: it saves the time of the rest."""
    return len(text) <= LONGEST_LOCAL and PLAIN.fullmatch(text) is not None


def _bare(text: str) -> str:
    """Returns the text without a name, `mailto:`, quotes and invisible signs around or in the address."""
    text = _visible(unicodedata.normalize("NFC", text)).translate(SIGNS).strip()
    if (inside := IN_BRACKETS.findall(text)) and len(inside) == 1:
        text = inside[0]
    elif match := WITH_REMARK.fullmatch(text):
        text = match[1]
    text = text.strip(AROUND)
    if SCHEME.match(text):
        text = unquote(SCHEME.sub("", text, count=1).partition("?")[0])
    return text.strip(AROUND).rstrip(".")


def _visible(text: str) -> str:
    """Returns the text without invisible signs, but for those that a name of a domain may need."""
    return "".join(
        " " if sign in "\xa0\u2007\u202f" else sign
        for sign in text
        if sign in JOINERS or sign.isspace() or unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Cs")
    )


def _check_shape(bare: str) -> None:
    if not bare:
        raise Unfit("Het e-mailadres ontbreekt. Vul het in.")
    if "\n" in bare:
        raise Unfit("Er staan meer regels in de cel. Zet één adres in een cel.")
    if "@" not in bare:
        raise Unfit(f"‘{bare}’ is geen e-mailadres: het @-teken ontbreekt.")
    if len(bare.split()) > 1 or bare.count("@") > 1 or ";" in bare:
        raise Unfit(f"‘{bare}’ is geen e-mailadres: er staat een spatie in, of meer dan één adres.")
    if "," in bare:
        raise Unfit(f"‘{bare}’ is geen e-mailadres: er staat een komma in plaats van een punt.")


def _domain(domain: str) -> str:
    """Returns the domain as the mail server knows it. Raises Unfit."""
    named = domain.translate({ord(sign): None for sign in JOINERS})
    ascii_only = named.isascii()
    labels = named.lower().split(".") if ascii_only else []
    if not ascii_only or any(label.startswith("xn--") for label in labels):
        labels = _international(domain).split(".")
    whole = ".".join(labels)
    if len(labels) < 2 or not all(map(LABEL.fullmatch, labels)) or not TOP.fullmatch(labels[-1]):
        raise Unfit(f"‘{named}’ is geen domein waar mail naartoe kan. Controleer de spelling na het @-teken.")
    if len(whole) > LONGEST_DOMAIN:
        raise Unfit("Het domein na het @-teken is te lang. Controleer de spelling.")
    return whole


def _international(domain: str) -> str:
    """Returns a domain with other letters than a to z by IDNA 2008. Raises Unfit.

    Nothing is mapped to a letter that it only resembles, as browsers do: that may be another owner's domain.
    """
    bare = domain.translate({ord(sign): None for sign in JOINERS})
    for spelling in dict.fromkeys((domain, bare)):
        try:
            encoded = idna.encode(unicodedata.normalize("NFC", spelling.lower())).decode()
            shown = idna.decode(encoded)
        except (idna.IDNAError, UnicodeError):
            continue
        _check_scripts(shown)
        return encoded
    raise Unfit(f"‘{bare}’ is geen geldig domein. Er staat een teken in dat niet in een domein mag: typ het opnieuw.")


def _check_scripts(domain: str) -> None:
    """Refuses a part of a domain with letters that only look like ours: it leads to another owner."""
    for label in domain.split("."):
        scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in label if sign.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            raise Unfit(f"In ‘{domain}’ staan letters van twee schriften door elkaar. Typ het adres zelf opnieuw.")
