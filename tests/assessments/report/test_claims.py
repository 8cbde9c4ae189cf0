"""Whatever page 1, the summary and the profile say of thousands of networks follows from what is published of them."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from assessments.disclosure.changes import changes
from assessments.report.context import Context
from assessments.report.sections.conversation import to_begin_with
from assessments.report.sections.front import asked, voices
from assessments.report.sentences import change, differences, message, model, scores
from assessments.report.subjects import subjects
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, level_group
from tests import change_claims, guide_claims
from tests.claims import FACTORS, MOST_WORDS, Reader, Wrong, most_invited
from tests.instrument import INSTRUMENT
from tests.plausible import odd, plausible
from tests.report_cases import facts

NETWORKS = 1000  # of each kind


def said(published, level):
    """Yields each text that the report of the network, or of a level, has of these figures."""
    results = Results(published, (), INSTRUMENT.version, INSTRUMENT.rules_version)
    own = level_group(level) if level else NETWORK
    subject = next(found for found in subjects(published, facts()) if found.level == level)
    context = Context(results, INSTRUMENT, facts(), subject)
    spoken = voices(context)
    yield asked(context)
    yield message.headline(published, INSTRUMENT, level)
    yield message.outcome_sentence(published, INSTRUMENT, own, subject.who)
    yield message.response_sentence(published, own, lambda group: most_invited(published.group(group)))
    yield message.low_response(published, own)
    yield scores.strongest(spoken, INSTRUMENT)
    yield scores.weakest(spoken, INSTRUMENT)
    yield scores.low_parts(published, [level] if level else published.shown_levels, INSTRUMENT)
    yield model.may_colour(published, INSTRUMENT, level)
    yield differences.largest_difference(published, INSTRUMENT, level)
    yield "" if level else differences.no_network_score(published)
    yield "" if level or (spoken[:1] and spoken[0].at) else scores.behind_the_mean(published, INSTRUMENT)


@pytest.mark.parametrize("draw", [lambda random: plausible(random)[0], odd], ids=["plausible", "odd"])
def test_no_sentence_says_what_does_not_follow_from_the_figures(draw):
    random, wrong = Random(15), []
    for network in range(NETWORKS):
        published = draw(random)
        for level in (None, *published.shown_levels):
            for text in said(published, level):
                try:
                    Reader(published, level).read(text)
                except Wrong as why:
                    wrong.append((network, level, text, str(why)))
    assert wrong[:10] == []


@pytest.mark.parametrize("draw", [lambda random: plausible(random)[0], odd], ids=["plausible", "odd"])
def test_no_reason_in_the_guide_says_what_does_not_follow_from_the_figures(draw):
    random, wrong, kinds = Random(17), [], set()
    for network in range(NETWORKS):
        published = draw(random)
        for subject in subjects(published, facts()):
            if subject.is_part or subject.is_summary:
                continue
            results = Results(published, (), INSTRUMENT.version, INSTRUMENT.rules_version)
            for _, topic in to_begin_with(Context(results, INSTRUMENT, facts(), subject)):
                kinds.add(topic.split(": ")[1].split()[0])
                try:
                    guide_claims.read(Reader(published, subject.level), topic)
                except Wrong as why:
                    wrong.append((network, subject.key, topic, str(why)))
    assert wrong[:10] == []
    assert {"dit", "hier", "een", "de"} >= kinds >= {"dit", "hier"}


def with_spread(published, random):
    """Returns the same figures, of which some have a standard deviation, as a level of twice the minimum has."""
    groups = tuple(
        replace(
            group,
            figures={
                key: replace(
                    figure, n=random.choice([10, 40]), sd=random.choice([None, Decimal("0.3"), Decimal("0.9")])
                )
                for key, figure in group.figures.items()
            },
        )
        for group in published.groups
    )
    return replace(published, groups=groups)


@pytest.mark.parametrize("draw", [lambda random: plausible(random)[0], odd], ids=["plausible", "odd"])
def test_no_sentence_on_change_says_what_does_not_follow_from_both_rounds(draw):
    random, wrong, kinds = Random(16), [], set()
    for network in range(NETWORKS // 2):
        before, now = (with_spread(draw(random), random) for _ in range(2))
        asked = random.sample(FACTORS, random.choice([0, 1, 2, 11, 11]))
        for group in (NETWORK, *map(level_group, now.shown_levels)):
            found = changes(before, now, [group], FACTORS, asked)
            text = change.change_sentence(found, INSTRUMENT)
            kinds.add(text.split()[0])
            try:
                change_claims.read(text, found)
            except Wrong as why:
                wrong.append((network, group, text, str(why)))
    assert wrong[:10] == []
    assert {"Geen", "Of", "Bij"} <= kinds


@pytest.mark.parametrize("draw", [lambda random: plausible(random)[0], odd], ids=["plausible", "odd"])
def test_the_message_has_25_words_at_most(draw):
    random = Random(25)
    for _ in range(NETWORKS):
        published = draw(random)
        for level in (None, *published.shown_levels):
            assert len(message.headline(published, INSTRUMENT, level).split()) <= MOST_WORDS
