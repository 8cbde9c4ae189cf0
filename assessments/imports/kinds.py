"""Says from its content what kind of file this is, whatever it is called, and the cure where it is no list."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from assessments.imports.cells import Unreadable

Kind = Literal["xlsx", "xlsb", "ods", "xls", "csv"]

DAMAGED = "Dit bestand is beschadigd. Open het in Excel of LibreOffice en sla het opnieuw op."
LOCKED = "Dit bestand is beveiligd met een wachtwoord. Open het, haal het wachtwoord eraf en sla het opnieuw op."
AS_EXCEL = "Zet de lijst in Excel of LibreOffice, en bewaar die als .xlsx of .csv."

# How a file begins, and what it is then.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Dit is een PDF. Vraag om de lijst in Excel, of kopieer de tabel naar Excel en bewaar die als .xlsx."),
    (b"\x89PNG", f"Dit is een afbeelding (PNG). {AS_EXCEL}"),
    (b"\xff\xd8\xff", f"Dit is een foto (JPEG). {AS_EXCEL}"),
    (b"GIF8", f"Dit is een afbeelding (GIF). {AS_EXCEL}"),
    (b"BM", f"Dit is een afbeelding (BMP). {AS_EXCEL}"),
    (b"II*\0", f"Dit is een afbeelding (TIFF). {AS_EXCEL}"),
    (b"MM\0*", f"Dit is een afbeelding (TIFF). {AS_EXCEL}"),
    (b"{\\rtf", f"Dit is een tekstdocument (RTF). {AS_EXCEL}"),
    (b"7z\xbc\xaf", "Dit is een ingepakt bestand (7z). Pak het uit en kies de lijst zelf."),
    (b"Rar!", "Dit is een ingepakt bestand (RAR). Pak het uit en kies de lijst zelf."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand (gzip). Pak het uit en kies de lijst zelf."),
    (b"$FL", "Dit is een SPSS-bestand. Bewaar het in SPSS als .xlsx of .csv."),
    (b"SQLite format 3", f"Dit is een database (SQLite). {AS_EXCEL}"),
    (b"\0\1\0\0Standard", "Dit is een Access-database. Exporteer de tabel in Access naar Excel en kies dat bestand."),
    (b"!BDN", "Dit is een Outlookbestand (.pst). Exporteer in Outlook de contactpersonen als .csv."),
)
# What text begins with, without capitals, that is no table of cells.
TEXTS: tuple[tuple[str, str], ...] = (
    (
        r"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|table|meta)\b",
        "Dit is een webpagina (HTML), ook al heet het misschien .xls. Open het in Excel en sla het op als .xlsx.",
    ),
    (
        r"<\?xml.*?(?:mso-application|urn:schemas-microsoft-com:office:spreadsheet)",
        "Dit is een Excelbestand in een oude vorm (XML-werkblad 2003). Open het in Excel en sla het op als .xlsx.",
    ),
    (
        r"<\?xml.*?office:document",
        "Dit is een LibreOffice-bestand in één stuk XML. Open het in LibreOffice en sla het op als .ods of .xlsx.",
    ),
    (r"<\?xml|<[a-z]+[ >/]", f"Dit is een XML-bestand. {AS_EXCEL}"),
    (r"begin:vcard", "Dit zijn visitekaartjes (vCard). Exporteer de contactpersonen als .csv en kies dat bestand."),
    (r"begin:vcalendar", f"Dit is een agendabestand. {AS_EXCEL}"),
    (r"[\[{]\s*[\"{\[\]}]", f"Dit is een JSON-bestand. {AS_EXCEL}"),
    (r"id;p[a-z0-9;]*\r?\n[bcfop];", "Dit is een SYLK-bestand. Open het in Excel en sla het op als .xlsx."),
    (r"table\r?\n0,1\r?\n", "Dit is een DIF-bestand. Open het in Excel en sla het op als .xlsx."),
    (
        r"(?:received|return-path|mime-version|delivered-to|x-[a-z-]+): ",
        "Dit is een bewaarde e-mail. Kopieer de adressen eruit en plak ze hieronder.",
    ),
)


def kind_of(content: bytes) -> Kind:
    """Returns the kind of a file that can be read. Raises Unreadable, which names the kind and the cure."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("Dit bestand is leeg. Kies een ander bestand.")
    if content.startswith(b"PK"):
        return _packed_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound_kind(content)
    if content[4:8] == b"ftyp":
        raise Unreadable(f"Dit is een foto of film. {AS_EXCEL}")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise Unreadable(f"Dit is een afbeelding (WebP). {AS_EXCEL}")
    if content[:2] == b"\t\x08" or re.match(rb"\t[\0\2\4]\x06\0", content):
        raise Unreadable("Dit is een heel oud Excelbestand. Open het in Excel en sla het op als .xlsx.")
    for beginning, sentence in BEGINNINGS:
        if content.startswith(beginning) and (len(beginning) > 2 or b"\0" in content[:64]):
            raise Unreadable(sentence)
    return _text_kind(content)


def _text_kind(content: bytes) -> Kind:
    begin = content[:4000].replace(b"\0", b"").decode("latin-1").removeprefix("ï»¿").removeprefix("ÿþ").lstrip()
    for pattern, sentence in TEXTS:
        if re.match(pattern, begin, re.IGNORECASE | re.DOTALL):
            raise Unreadable(sentence)
    return "csv"


def _packed_kind(content: bytes) -> Kind:
    """Returns what is in a zip file. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            is_locked = any(part.flag_bits & 1 for part in packed.infolist())
            media_type = _media_type(packed, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as fault:
        raise Unreadable(DAMAGED) from fault
    if is_locked:
        raise Unreadable(LOCKED)
    if media_type.startswith("application/vnd.oasis.opendocument."):
        return _open_document_kind(media_type)
    if "[Content_Types].xml" in names:
        return _office_kind(names)
    if any(name.endswith(".iwa") or name.startswith("Index") for name in names):
        raise Unreadable("Dit is een Numbers-bestand van Apple. Kies in Numbers: exporteer naar Excel.")
    raise Unreadable("Dit is een zipbestand, geen Excelbestand. Pak het uit en kies de lijst zelf.")


def _media_type(packed: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" not in names or packed.getinfo("mimetype").file_size > 200:
        return ""
    return packed.read("mimetype").decode("ascii", "replace").strip()


def _open_document_kind(media_type: str) -> Kind:
    if "spreadsheet" in media_type:
        return "ods"
    what = "tekstdocument" if "text" in media_type else "document"
    raise Unreadable(f"Dit is een {what} van LibreOffice, geen rekenblad. {AS_EXCEL}")


def _office_kind(names: set[str]) -> Kind:
    if any(name.startswith("word/") for name in names):
        raise Unreadable("Dit is een Word-document. Kopieer de tabel naar Excel en bewaar die als .xlsx.")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("Dit is een presentatie (PowerPoint). Kopieer de tabel naar Excel en bewaar die als .xlsx.")
    return "xlsb" if any(name.lower().endswith("workbook.bin") for name in names) else "xlsx"


def _compound_kind(content: bytes) -> Kind:
    """Returns what is in a file of Office before 2007, which holds named streams. Raises Unreadable."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Unreadable(LOCKED)
    if holds("Workbook") or holds("Book\0"):
        return "xls"
    if holds("WordDocument"):
        raise Unreadable("Dit is een oud Word-document. Kopieer de tabel naar Excel en bewaar die als .xlsx.")
    if holds("PowerPoint Document"):
        raise Unreadable("Dit is een oude presentatie. Kopieer de tabel naar Excel en bewaar die als .xlsx.")
    if holds("__properties_version"):
        raise Unreadable("Dit is een bericht uit Outlook. Kopieer de adressen eruit en plak ze hieronder.")
    raise Unreadable("Dit is een oud of beschadigd Office-bestand. Open de lijst in Excel en sla die op als .xlsx.")
