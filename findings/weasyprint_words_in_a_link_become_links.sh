#!/usr/bin/env bash
# WeasyPrint 70.0: in a PDF/UA-1, a word with emphasis inside a link becomes a second link on top of the first.
#
# Expected: one `<a>` on one line makes one link annotation, whatever elements stand inside it. A screen reader then
#   reads one link with its whole text.
# Seen: an `<em>` inside the link gets a link annotation of its own, which leads to the same place and lies within the
#   first. With `<em>` there are two annotations, without it one.
# Why it matters: who walks through the links with the keyboard or a screen reader meets the same link twice, once with a
#   part of its text; contents, where the number of a page stands in an element of its own, do so on every line.
#
# It needs Python 3.11, Pango and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.0

cat > "$folder/look.py" <<'PYTHON'
import io

from pypdf import PdfReader
from weasyprint import HTML

PAGE = '<html lang="en"><title>Links</title><p>{}</p><h1 id="two">Two</h1>'


def links(content):
    html = HTML(string=PAGE.format(content))
    pdf = PdfReader(io.BytesIO(html.write_pdf(pdf_variant="pdf/ua-1")))
    found = [item.get_object() for item in pdf.pages[0].get("/Annots", [])]
    return [[round(float(side)) for side in link["/Rect"]] for link in found if link["/Subtype"] == "/Link"]


def lies_within(inner, outer):
    return outer[0] <= inner[0] < inner[2] <= outer[2]


plain = links('<a href="#two">To part two</a>')
emphasis = links('<a href="#two">To <em>part</em> two</a>')
widest = max(emphasis, key=lambda box: box[2] - box[0])
print("plain:", len(plain), "link annotation")
print("with em:", len(emphasis), "link annotations, all within the widest:", all(lies_within(b, widest) for b in emphasis))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "plain: 1 link annotation
with em: 2 link annotations, all within the widest: True" ]
