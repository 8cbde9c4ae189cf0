"""docs/advice.md lays each advice beside its study, and is complete."""

import re

from django.conf import settings

from tests.instrument import DOCUMENT

PAGE = settings.BASE_DIR / "docs" / "advice.md"


def test_the_page_lays_each_advice_beside_its_study():
    """docs/advice.md has a row for each advice, with a verdict, and with the sections that the advice cites."""
    rows = re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \| (so|in part|not) \| [^|]+ \| [^|]+ \|$", PAGE.read_text())
    cited = {
        advice["key"]: "; ".join(dict.fromkeys(f"{s['source']} {short(s['section'])}" for s in advice["sources"]))
        for advice in DOCUMENT["advice"]
    }
    assert len(rows) == len(cited)
    assert {key: sections for key, sections, _ in rows} == cited


def short(section):
    """Returns the number of a section, or its name where it has none."""
    return section.split(" ")[0] if section.startswith("§") else section
