"""Tests of the report find published results and facts here, made by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import fmean

from assessments.demo.case import cells_of
from assessments.disclosure.figures import make_differences
from assessments.disclosure.published import Figure, Hidden, Published, PublishedGroup
from assessments.report.facts import Facts, OpenText, PartnerFacts
from assessments.results.advice import pick
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, OUDERS_GROUP, level_group, partner_group
from assessments.scores.readings import band
from factors.instrument import LEVELS, OUDERS
from tests.instrument import INSTRUMENT

FACTORS = [factor.key for factor in INSTRUMENT.factors]
U, M, B = LEVELS


def figure(mean, n=12, **more):
    """Returns a figure of `mean`; 'low' and 'high' stand for the limits of a small group."""
    if mean in ("low", "high"):
        return Figure(n, band(Decimal("1.5") if mean == "low" else Decimal("4.5")), limit=mean)
    value = Decimal(str(mean)).quantize(Decimal("0.1"))
    return Figure(n, band(value), value, **more)


def scores(value=3.5, **other):
    """Returns a mean for each factor: `value`, except for those named; None leaves a factor out."""
    means = dict.fromkeys(FACTORS, value) | other
    return {key: mean for key, mean in means.items() if mean is not None}


def group(which, means, n=12, invited=20, **more):
    figures = {key: mean if isinstance(mean, Figure) else figure(mean, n, **more) for key, mean in means.items()}
    return PublishedGroup(which, n, invited, figures)


def published(levels, *, hidden=(), partners=None, ouders=None, minimum=5, n=12, invited=20, **more):
    """Returns what is published of `levels` (means by level) and `partners` (means by key).

    `hidden` are whole levels; `ouders` is their figure, or "hidden" where they are too few.
    """
    groups = [group(level_group(level), means, n, invited, **more) for level, means in levels.items()]
    if set(levels) == set(LEVELS) and (network := _network(groups)):
        groups.append(group(NETWORK, network, 3 * n, 3 * invited))
    groups += [group(partner_group(key), means, n, invited) for key, means in (partners or {}).items()]
    unseen = tuple(Hidden(level_group(level), None, "small") for level in hidden)
    if isinstance(ouders, Figure):
        groups.append(PublishedGroup(OUDERS_GROUP, ouders.n, None, {OUDERS: ouders}))
    elif ouders:
        unseen += (Hidden(OUDERS_GROUP, None, "small"),)
    differences = make_differences(INSTRUMENT, {found.group: found.figures for found in groups})
    return Published(minimum, tuple(groups), differences, unseen)


def _network(groups):
    shared = [key for key in groups[0].figures if all(key in g.figures and g.figures[key].mean for g in groups)]
    return {key: round(sum(g.figures[key].mean for g in groups) / 3, 1) for key in shared}


def results(levels, **more):
    found = published(levels, **more)
    return Results(found, pick(found, INSTRUMENT), INSTRUMENT.version, INSTRUMENT.rules_version)


def nijmegen(**more):
    """Returns three levels that differ, as the demo reads the main source."""
    return results(
        {level: {factor.key: _read(factor, level) for factor in INSTRUMENT.factors} for level in LEVELS}, **more
    )


def _read(factor, level):
    return fmean(cells_of(statement)[level].mean for statement in factor.statements)


def facts(**more):
    given = {
        "network": "Netwerk Oost",
        "round": "Voorjaar 2026",
        "made_at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "municipalities": "Oostdorp",
        "opened_on": date(2026, 2, 1),
        "closed_on": date(2026, 3, 1),
        "partners": (PartnerFacts("school", "Basisschool De Linde", "school"),),
        "source_pages": {s.key: f"https://example.org/instrument/bronnen/{s.key}/" for s in INSTRUMENT.sources},
    }
    return Facts(**(given | more))


def texts(number, question="open_startcondities", level=""):
    return tuple(
        OpenText(question, level, f"Antwoord {i}: wij zien elkaar vaker dan vorig jaar.") for i in range(number)
    )
