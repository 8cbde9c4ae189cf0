"""Takes answers, once counted, all the way to results: scored exactly, cut down to what may be shown, advised upon.

Closing a round and `manage.py score` go this way, and nothing else makes results. Knows no database and no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessments.disclosure.publish import Invited, publish
from assessments.results.advice import pick
from assessments.results.document import Results
from assessments.rules.minimum import DEFAULT_MINIMUM
from assessments.scores.cells import Counts
from assessments.scores.reliability import Alpha, alpha_by_factor
from assessments.scores.scoring import Scores, score
from factors.instrument import Instrument


def results_of(
    counts: Counts,
    instrument: Instrument,
    *,
    judged: Counts | None = None,
    minimum: int = DEFAULT_MINIMUM,
    invited: Invited | None = None,
    context: Mapping[str, str] | None = None,
    by_sector: bool = False,
) -> Results:
    """Returns the results of a round from all answers that were counted in it.

    `judged` counts only the answers by a personal link, where others came by an open one; `minimum` and `invited` are
    as `publish` has them, `context` is as `pick` has it; `by_sector` says that sectors stand in the place of partners,
    here and in `invited`. Raises KeyError and ValueError as `score` does, and ValueError as `publish` does.
    """
    scores = score(counts, instrument)
    if judged is not None:
        scores = replace(scores, judged=score(judged, instrument))
    reliability = alpha_by_factor((counts if judged is None else judged).patterns, instrument)
    return results_of_scores(
        scores,
        instrument,
        minimum=minimum,
        invited=invited,
        context=context,
        reliability=reliability,
        by_sector=by_sector,
    )


def results_of_scores(
    scores: Scores,
    instrument: Instrument,
    *,
    minimum: int = DEFAULT_MINIMUM,
    invited: Invited | None = None,
    context: Mapping[str, str] | None = None,
    reliability: Mapping[str, Alpha] | None = None,
    by_sector: bool = False,
) -> Results:
    """Returns the results of a round that was scored. Raises ValueError as `publish` does."""
    published = publish(scores, instrument, minimum=minimum, invited=invited)
    if by_sector:
        published = published.by_sector()
    advice = pick(published, instrument, context)
    return Results(published, advice, instrument.version, instrument.rules_version, reliability or {})
