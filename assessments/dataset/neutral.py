"""Takes the names of partners out of a round: their keys are made of names, and a release may be passed on."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from assessments.dataset.published import PublishedRound
from assessments.disclosure.published import Published
from assessments.scores.groups import Group

DIGITS = 10  # two of a hundred partners of a network have one code less than once in 200 million networks

Coder = Callable[[str], str]


def code_of(salt: UUID, key: str) -> str:
    """Returns the code of the partner with this key, in a network with this salt.

    It follows from these two alone, so it stays the same whoever else comes, leaves or is merged; and whoever guesses
    a name can't see whether it is behind a code.
    """
    return f"partner-{hmac.digest(salt.bytes, key.encode(), 'sha256').hex()[:DIGITS]}"


def without_names(round: PublishedRound, code: Coder) -> PublishedRound:
    """Returns the round with what `code` makes of its partners' keys in their place."""
    partners = tuple(sorted((replace(own, key=code(own.key)) for own in round.partners), key=lambda own: own.key))
    return replace(
        round,
        results=replace(round.results, published=_published(round.results.published, code)),
        partners=partners,
        sectors={sector: tuple(sorted(map(code, keys))) for sector, keys in round.sectors.items()},
    )


def _published(published: Published, code: Coder) -> Published:
    groups = (replace(shown, group=_group(shown.group, code)) for shown in published.groups)
    hidden = (replace(own, group=_group(own.group, code)) for own in published.hidden)
    return replace(
        published,
        groups=tuple(sorted(groups, key=lambda shown: shown.group.order)),
        hidden=tuple(sorted(hidden, key=lambda own: own.group.order)),
    )


def _group(group: Group, code: Coder) -> Group:
    return Group("partner", code(group.key)) if group.kind == "partner" else group
