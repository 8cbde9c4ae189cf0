#!/usr/bin/env bash
# icalendar 7.3.2 (Python): the VTIMEZONE that it makes of Europe/Amsterdam has summer time begin an hour too late.
#
# Expected: RFC 5545, 3.6.5: the onset of an observance is its DTSTART, in the local time of TZOFFSETFROM, the offset
#   before it. On 29 March 2026 the clock goes forward at 02:00 of +0100, which is 01:00 UTC.
# Seen: DAYLIGHT has DTSTART:20260329T030000 with TZOFFSETFROM:+0100, which is 02:00 UTC; autumn is right. Another
#   program, python-dateutil 2.9.0, that reads this definition has 01:30 UTC at 02:30, a moment that no clock there shows.
# Why it matters: an entry that carries its time zone, as an invitation by mail does, is read by it: in the hour after
#   the change an appointment stands an hour off, and a program that counts from UTC disagrees with one that knows the zone
#   by its name. Whoever sends invitations has to write the two rules by hand.
#
# It needs Python 3.11 and PyPI. It ends with 1 as soon as this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icalendar==7.3.2 python-dateutil==2.9.0.post0 tzdata

cat > "$folder/look.py" <<'PYTHON'
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar import Calendar, Timezone

name = "Europe/Amsterdam"
made = Timezone.from_tzinfo(ZoneInfo(name), first_date=date(2026, 1, 1), last_date=date(2027, 1, 1))
for part in made.subcomponents:
    print(part.name, part["DTSTART"].to_ical().decode(), part["TZOFFSETFROM"].to_ical())

calendar = Calendar()
calendar.add_component(made)
read = tzical(io.StringIO(calendar.to_ical().decode())).get(name)
for hour, minute in ((0, 30), (1, 30), (2, 30)):
    moment = datetime(2026, 3, 29, hour, minute, tzinfo=UTC)
    told, true = (moment.astimezone(zone).strftime("%H:%M") for zone in (read, ZoneInfo(name)))
    print(f"{moment:%H:%M} UTC is {told} by the file, {true} in the zone")
PYTHON

seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "STANDARD 20260101T000000 +0100
DAYLIGHT 20260329T030000 +0100
STANDARD 20261025T030000 +0200
00:30 UTC is 01:30 by the file, 01:30 in the zone
01:30 UTC is 02:30 by the file, 03:30 in the zone
02:30 UTC is 04:30 by the file, 04:30 in the zone" ]
