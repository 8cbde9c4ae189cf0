"""Makes lists of participants as several programs write them, and the messy one that a gemeente really brings."""

import datetime
import io
import zipfile

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

HEADER = ["E-mailadres", "Organisatie", "Niveau", "Functie"]
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def by_openpyxl(sheets, hidden=()):
    """Returns an .xlsx of these sheets, by name; `hidden` are the numbers of rows of the last one."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    return _saved(book)


def by_xlsxwriter(sheets, hidden=(), prepare=None):
    """Returns an .xlsx as `by_openpyxl` does; `prepare` gets the book and its last sheet."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    for number in hidden:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    if prepare:
        prepare(book, sheet)
    book.close()
    return written.getvalue()


def by_odfpy(sheets, hidden=(), how="filter", blank=0):
    """Returns an .ods; after the heading of its last sheet come `blank` rows that are stored as one."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        is_last = name == list(sheets)[-1]
        for number, row in enumerate(rows, start=1):
            options = {"visibility": how} if is_last and number in hidden else {}
            line = TableRow(**options)
            for cell in row:
                line.addElement(_odf_cell(cell))
            table.addElement(line)
            if blank and is_last and number == 1:
                table.addElement(TableRow(numberrowsrepeated=blank))
        document.spreadsheet.addElement(table)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def by_xlwt(sheets):
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return _saved(book)


def strict(content):
    """Returns the workbook in the strict form of the standard, which Excel can save too."""
    return changed(content, lambda name, part: _strict(part) if name.endswith((".xml", ".rels")) else part)


def changed(content, change):
    """Returns a packed file of which `change` was made to each part."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
        for name in packed.namelist():
            other.writestr(name, change(name, packed.read(name)))
    return written.getvalue()


def by_csv(rows, separator=";", encoding="utf-8-sig"):
    def cell(text):
        return f'"{text}"' if separator in text or "\n" in text or '"' in text else text

    return "\r\n".join(separator.join(cell(text or "") for text in row) for row in rows).encode(encoding)


def messy():
    """Returns a workbook with 62 rows of people, two more that are hidden, and all that went wrong with a real one."""
    book_rows = [["Deelnemers startbijeenkomst", "", "", "", ""], [], [*HEADER, "Opmerking"], *messy_rows()]
    cover = [["Deze lijst is gemaakt voor de startbijeenkomst van 12 november."], ["Niet verspreiden."]]
    sheets = {"Toelichting": cover, "Oud": [["zomaar"], ["iets"]], "Lijst": book_rows}

    def prepare(book, sheet):
        sheet.write_formula(3, 0, '=LOWER("DIRECTIE1@REGENBOOG.EXAMPLE")', None, "directie1@regenboog.example")
        sheet.write(5, 4, "Graag bellen. " * 60)

    last = len(book_rows)
    return by_xlsxwriter(sheets, hidden=(last - 1, last), prepare=prepare)


TITLES = {
    "OBS De Regenboog": ["directeur", "leerkracht groep 6", "Leerkracht gr 3/4", "IB'er"],
    "Zuiderlicht College": ["mentor klas 2", "Teamleider onderbouw", "zorgcoördinator", "docent", "docent", "rector"],
    "Gemeente Zuiderveen": ["Beleidsadviseur Jeugd", "wethouder", "leerplichtambtenaar", "afdelingshoofd jeugd"],
    "SWV Passend Onderwijs Veenland": ["directeur-bestuurder", "onderwijsconsulent", "begeleider passend onderwijs"],
    "De Brug jeugdhulp": ["jeugdhulpverlener", "ambulant werker", "gedragswetenschapper", "manager zorg", "bestuurder"],
    "GGD Veenland": ["jeugdarts", "jeugdverpleegkundige", "Manager JGZ", "doktersassistent"],
    "Wijkteam Zuid": ["gezinswerker", "gezinswerker", "teamleider", "schoolmaatschappelijk werker"],
    "Kompas": ["procesregisseur", "coach", "stafmedewerker"],
    "Stichting Openbaar Onderwijs Zuid": ["bestuurssecretaris", "voorzitter college van bestuur"],
}


def messy_rows():
    rows = []
    for organisation, titles in TITLES.items():
        domain = organisation.lower().replace(" ", "") + ".example"
        rows += [
            [f"{title.split()[0].lower().replace(chr(39), '').replace('ö', 'o')}{n}@{domain}", organisation, "", title]
            for n, title in enumerate(titles, start=1)
        ]
    rows += [[f"gezinswerker{n}@wijkteamzuid.example", "wijkteam zuid", "U", "gezinswerker"] for n in range(3, 17)]
    rows += [
        ["Intern begeleider 9 <IB9@deregenboog.example>", "De Regenboog", "", "intern begeleider"],
        ["leerkracht8@obsderegenboog,example", "OBS De Regenboog", "", "leerkracht"],
        ["info@kinderopvangpip.example", "Kinderopvang Pip", "uitvoerend", "pedagogisch medewerker 1"],
        ["info@kinderopvangpip.example", "Kinderopvang Pip", "uitvoerend", "pedagogisch medewerker 2"],
        ["coach2@kompas.example", "SWV Passend Onderwijs Veenland", "directie", "coach"],
        ["docent4@zuiderlichtcollege.example", "Zuiderlicht College", "", "docent"],
        ["gezinswerker3@wijkteamzuid.example", "Wijkteam Zuid", "uitvoerend", "Gezinswerker"],
        ["", "Wijkteam Zuid", "", "vacature"],
        ["stagiair@wijkteamzuid.example", "", "uitvoerend", ""],
        ["hoofd@kompas.example", "Kompas", "directie", ""],
        ["niveau@kompas.example", "Kompas", "", ""],
        ["Totaal", "", "", "62"],
        ["mailto:conrector@zuiderlichtcollege.example", "Zuiderlicht College", "management", "conrector"],
    ]
    rows += [["uitdienst1@kompas.example", "Kompas", "", "coach"], ["uitdienst2@kompas.example", "Kompas", "", "coach"]]
    return rows


def _odf_cell(cell):
    if cell is None:
        return TableCell()
    if cell == "":
        return CoveredTableCell()
    if isinstance(cell, tuple):  # a text and over how many rows it goes
        made = TableCell(valuetype="string", numberrowsspanned=cell[1], numbercolumnsspanned=1)
        made.addElement(P(text=cell[0]))
        return made
    if isinstance(cell, float | int):
        return TableCell(valuetype="float", value=cell)
    if isinstance(cell, datetime.date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    made = TableCell(valuetype="string")
    made.addElement(P(text=cell))
    return made


def _saved(book):
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _strict(part):
    for ordinary, other in STRICT.items():
        part = part.replace(ordinary, other)
    return part
