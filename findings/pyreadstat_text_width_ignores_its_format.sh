#!/usr/bin/env bash
# pyreadstat 1.3.7 (Python): the width of a text variable in a .sav follows the longest value in this one file; the format
# that was asked for it is left out without a word, while that of a number in the same call is written.
#
# Expected: variable_format={"key": "A20", "n": "F3.0"} gives A20 and F3.0, or an error: the argument takes SPSS formats.
# Seen: "north" gives A5, "northern-district" A17; n has F3.0 in both. A column without any value is A1.
# Why it matters: a key has another width in each file. PSPP 1.6.2 refuses to match them ("different type or width from
#   the same variable in earlier file"), so tables of one data set, or the same table of two years, can't be joined by
#   the key that is there for that. Padding the first value with spaces up to the width does work: SPSS leaves out spaces
#   at the end.
#
# It needs Python 3.11 and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.0.0

cat > "$folder/look.py" <<'PYTHON'
import os
import sys

import pandas as pd
import pyreadstat

path = os.path.join(sys.argv[1], "keys.sav")
for key in ("north", "northern-district", "", "north".ljust(20)):
    frame = pd.DataFrame({"key": [key], "n": [1.0]})
    pyreadstat.write_sav(frame, path, variable_format={"key": "A20", "n": "F3.0"})
    read, meta = pyreadstat.read_sav(path)
    print(repr(key), meta.original_variable_types["key"], meta.original_variable_types["n"], repr(read["key"][0]))
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py" "$folder")
echo "$seen"
[ "$seen" = "'north' A5 F3.0 'north'
'northern-district' A17 F3.0 'northern-district'
'' A1 F3.0 ''
'north               ' A20 F3.0 'north'" ]
