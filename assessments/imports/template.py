"""Makes the empty list that a coördinator downloads and fills in."""

import io
from collections.abc import Sequence

from factors.instrument import LEVELS

HEADER = ("e-mailadres", "partner", "niveau", "functie", "naam")
EXPLANATION = (
    "Zet op het eerste blad één deelnemer in een rij. Laat de eerste rij staan.",
    "e-mailadres: elk adres één keer.",
    "partner: een naam uit de lijst hieronder. Een nieuwe naam mag ook; bij het inlezen kiest u de soort.",
    f"niveau: {', '.join(LEVELS)}. Weet u het niet? Vul dan de functie in.",
    "functie: mag leeg blijven als het niveau is ingevuld.",
    "naam: mag leeg blijven. Alleen voor uw lijst en de aanhef van de mail.",
)


def template_workbook(partners: Sequence[str]) -> bytes:
    """Returns an Excel file with the names of the columns, and on a second sheet what goes in them."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None  # noqa: S101 (a new workbook has a sheet)
    sheet.title = "deelnemers"
    sheet.append(HEADER)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (36, 36, 16, 30, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    explanation = workbook.create_sheet("uitleg")
    explanation.column_dimensions["A"].width = 90
    for line in (*EXPLANATION, "", "Partners van dit netwerk:", *(harmless(name) for name in partners)):
        explanation.append([line])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def harmless(text: str) -> str:
    """Returns the text in a form that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
