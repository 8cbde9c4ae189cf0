"""Which levels may be named beside open answers to one question."""

from __future__ import annotations

from collections.abc import Mapping


def levels_to_name(answers: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The levels whose answers may be shown as theirs; `answers` counts a question's answers by level.

    A level is named from `minimum` answers. All answers are shown for the network too, so those of the levels that
    are not named can be told from the rest; as long as these are some but fewer than the minimum, the named level
    with the fewest answers is not named either.
    """
    named = {level for level, count in answers.items() if count >= minimum}
    while named and 0 < sum(count for level, count in answers.items() if level not in named) < minimum:
        named.remove(min(named, key=lambda level: (answers[level], level)))
    return frozenset(named)
