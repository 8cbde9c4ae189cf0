#!/usr/bin/env bash
# WeasyPrint 70.0: where a font draws one letter with two glyphs, the text of the whole document is wrong.
#
# Expected: a font without ń, but with n and a combining acute, draws ń with these two: HarfBuzz does so for every such
#   letter. The text of the PDF there is ń, or n and U+0301, which is the same to Unicode; an n elsewhere is n.
# Seen: where n is first drawn as a part of ń, no n of the document has a text, and each acute has the text ń, also that
#   of ć and ź. 'Gdańsk, nie ma nic' is read as 'Gdań sk, ie ma ic'.
# Why it matters: the page looks right and no validator objects, but a screen reader, a search and a copy get other words,
#   in whole sentences that have no such letter. Fonts for the web come in such parts. Pango 1.50 draws so where no other
#   font has the letter, as below; 1.58 does so as well where another font has it. Issue 2841 of WeasyPrint tells of
#   Arabic glyphs that have no text.
#
# It needs Python 3.11, Pango, npm, and the registries of both. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$folder/npm" --prefix "$folder" \
  @fontsource/source-sans-3@5.3.1
echo "<fontconfig><cachedir>$folder/fonts</cachedir></fontconfig>" > "$folder/fonts.conf" # no font of the machine

cat > "$folder/look.py" <<'PYTHON'
import io
import sys
from pathlib import Path

from pypdf import PdfReader
from weasyprint import HTML

font = Path(sys.argv[1], "node_modules/@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2").as_uri()
STYLE = f"@font-face {{ font-family: Ours; src: url({font}) }} * {{ font-family: Ours }}"

for text in ("nie ma nic", "Gdańsk, nie ma nic", "Gdańsk, znać, źle"):
    html = HTML(string=f'<html lang="pl"><title>Text</title><style>{STYLE}</style><p>{text}')
    pdf = PdfReader(io.BytesIO(html.write_pdf(pdf_variant="pdf/ua-1")))
    print(f"{text} -> {pdf.pages[0].extract_text()}")
PYTHON

seen=$(FONTCONFIG_FILE="$folder/fonts.conf" "$folder/venv/bin/python" -W ignore "$folder/look.py" "$folder")
echo "$seen"
[ "$seen" = "nie ma nic -> nie ma nic
Gdańsk, nie ma nic -> Gdań sk, ie ma ic
Gdańsk, znać, źle -> Gdań sk, zań , zń le" ]
