"""Takes the names of partners out of a round: their keys are made of names, and a release may be passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessments.dataset.published import PublishedRound
from assessments.disclosure.published import Published
from assessments.scores.groups import Group


def neutral_codes(now: Iterable[str], then: Iterable[str]) -> dict[str, str]:
    """Returns a code for each key: of the partners that a network has `now`, in its order, and of those it had `then`.

    A partner has one code in all rounds of its network, for as long as it is a partner there.
    """
    kept = {key: f"partner-{number:03}" for number, key in enumerate(now, start=1)}
    gone = sorted(set(then) - kept.keys())
    return kept | {key: f"vroeger-{number:03}" for number, key in enumerate(gone, start=1)}


def without_names(round: PublishedRound, codes: Mapping[str, str]) -> PublishedRound:
    """Returns the round with `codes` in the place of its partners' keys."""
    partners = tuple(sorted((replace(own, key=codes[own.key]) for own in round.partners), key=lambda own: own.key))
    return replace(
        round,
        results=replace(round.results, published=_published(round.results.published, codes)),
        partners=partners,
        sectors={sector: tuple(sorted(codes[key] for key in keys)) for sector, keys in round.sectors.items()},
    )


def _published(published: Published, codes: Mapping[str, str]) -> Published:
    groups = (replace(shown, group=_group(shown.group, codes)) for shown in published.groups)
    hidden = (replace(own, group=_group(own.group, codes)) for own in published.hidden)
    return replace(
        published,
        groups=tuple(sorted(groups, key=lambda shown: shown.group.order)),
        hidden=tuple(sorted(hidden, key=lambda own: own.group.order)),
    )


def _group(group: Group, codes: Mapping[str, str]) -> Group:
    return Group("partner", codes.get(group.key, group.key)) if group.kind == "partner" else group
