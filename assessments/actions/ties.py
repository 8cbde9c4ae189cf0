"""Cutting what ties an answer to a person, when a round closes. Knows nothing of results or mail."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db import connection
from django.db.models import Count, Q

from assessments.disclosure.naming import may_be_named
from assessments.models import OpenAnswer, Response, Round
from factors.instrument import OUDERS

RANDOM_KEY = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


def cut_loose_open_answers(round: Round) -> None:
    """What was written, apart from who wrote it, in the order of random keys.

    The ouders' texts are theirs alone: from the minimum they are kept under their name, below it not at all. Other
    levels are named on the texts of those with a personal link: whoever has an open one can strike out their own.
    """
    by_question: dict[str, list[tuple[str, str]]] = defaultdict(list)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    written = round.responses.exclude(texts={}).values_list("level", "texts", "is_by_open_link")
    for level, texts, is_by_open_link in written:
        for question, text in texts.items():
            by_question[question].append((level, text))
            counted[question][level] += level == OUDERS or not is_by_open_link
    loose = []
    for question, given in by_question.items():
        named = _levels_to_name(counted[question], round)
        loose += [
            OpenAnswer(round=round, question=question, level=level if level in named else "", text=text)
            for level, text in given
            if level != OUDERS or level in named
        ]
    OpenAnswer.objects.bulk_create(sorted(loose, key=lambda answer: answer.pk))


def _levels_to_name(given: Mapping[str, int], round: Round) -> frozenset[str]:
    named = may_be_named({level: count for level, count in given.items() if level != OUDERS}, round.minimum)
    enough = max(round.minimum, round.instrument.ouders.minimum)
    return named | {OUDERS} if given.get(OUDERS, 0) >= enough else named


def forget_small_cells(round: Round) -> None:
    """No response says a partner or a level that fewer than the minimum answered for, nor lets it be told apart."""
    responses = round.responses.exclude(level=OUDERS)
    counted = (
        responses.values_list("level", "partner")
        .annotate(people=Count("pk", filter=Q(is_by_open_link=False)))
        .order_by()
    )
    by_level: dict[str, Counter[int]] = defaultdict(Counter)
    for level, partner, people in counted:
        by_level[level][partner or 0] += people
    levels = may_be_named({level: partners.total() for level, partners in by_level.items()}, round.minimum)
    responses.exclude(level__in=levels).update(level="", partner=None)
    for level in levels:
        partners = may_be_named(by_level[level], round.minimum)
        responses.filter(~Q(partner__in=partners), level=level).update(partner=None)


def write_again(round: Round) -> None:
    """Every response anew under a random key, in the order of those keys, so that no order or key is left.

    The database does it by itself: no answer passes through here, and twenty thousand take a second.
    """
    table = connection.ops.quote_name(Response._meta.db_table)
    kept = ", ".join(
        connection.ops.quote_name(c) for c in ("round_id", "partner_id", "level", "answers", "is_submitted")
    )
    own = Response._meta.get_field("round").get_db_prep_value(round.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE anew AS SELECT {RANDOM_KEY[connection.vendor]} AS key, {kept}"  # noqa: S608
            f" FROM {table} WHERE round_id = %s",
            [own],
        )
        cursor.execute(f"DELETE FROM {table} WHERE round_id = %s", [own])  # noqa: S608
        cursor.execute(
            f"INSERT INTO {table} (key, texts, browsers, is_by_open_link, {kept})"  # noqa: S608
            f" SELECT key, '{{}}', '{{}}', false, {kept} FROM anew ORDER BY key"
        )
        cursor.execute("DROP TABLE anew")
