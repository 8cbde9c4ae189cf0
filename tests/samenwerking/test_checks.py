"""What the checks tell can be told apart: a beheerder silences one by its id."""

import re
from collections import Counter

from django.conf import settings

ID = re.compile(r"""\bid=["']((?:assessments|factors|samenwerking)\.[CEIW]\d{3})["']""")


def test_no_two_checks_have_one_id():
    ids = Counter(
        found
        for name in ("assessments", "factors", "samenwerking")
        for path in (settings.BASE_DIR / name).rglob("*.py")
        for found in ID.findall(path.read_text())
    )
    assert len(ids) > 10
    assert [found for found, count in ids.items() if count > 1] == []
