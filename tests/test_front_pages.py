"""docs/front-pages.md argues what stands up front in the demo and the four cases: it names what does."""

import re

from django.conf import settings

from assessments.demo.build import MINIMUM, RESPONDENTS
from assessments.demo.case import people
from assessments.demo.cases import case_people, cases
from assessments.results.advice import up_front
from assessments.results.pipeline import results_of_scores
from tests.instrument import INSTRUMENT
from tests.people import Person, plain_scores

PAGE = settings.BASE_DIR / "docs" / "front-pages.md"


def fronts(name, cast, minimum):
    """Yields the case, for whom the report is, and the keys of the advices up front."""
    told = [Person(p.partner, p.level, {key: str(value) for key, value in p.answers.items()}) for p in cast]
    results = results_of_scores(plain_scores(told), INSTRUMENT, minimum=minimum)
    for level in (None, *results.published.shown_levels):
        yield name, level or "network", [p.advice for p in up_front(results.advice, level)]


def test_the_page_names_what_stands_up_front():
    found = list(fronts("demo", people(INSTRUMENT, respondents=RESPONDENTS, seed=2021), MINIMUM))
    for case in cases():
        found += fronts(case.name.removeprefix("Geval ")[0], case_people(case, INSTRUMENT), case.minimum)
    rows = re.findall(r"(?m)^\| (\w+) \| (\w+) \| (`.+?`) \| .+ \|$", PAGE.read_text())
    assert [(case, report, re.findall("`(.+?)`", keys)) for case, report, keys in rows] == found
