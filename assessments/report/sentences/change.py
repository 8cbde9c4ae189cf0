"""Says what changed since the previous round, never more than chance allows, and what was done of what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

from assessments import dutch
from assessments.disclosure.changes import Change
from assessments.report.sentences.words import MOST_NAMED_ALONE, names, verb
from assessments.scores.groups import NETWORK
from factors.instrument import Instrument


def change_sentence(found: Sequence[Change], instrument: Instrument) -> str:
    """Returns which factors of one group changed by more than chance explains, and what can be said of the others."""
    compared = [change for change in found if change.size is not None]
    judged = [change for change in compared if change.interval]
    if not compared:
        return "Geen enkele factor is te vergelijken met de vorige ronde."
    if not judged:
        return "Of een verandering meer is dan toeval, is niet te zeggen."
    moved = [change for change in judged if change.is_beyond_chance]
    up = [change for change in moved if change.size and change.size > 0]
    down = [change for change in moved if change not in up]
    clauses = [_moved(some, way, instrument) for some, way in ((up, "hoger"), (down, "lager")) if some]
    still, rest = len(judged) - len(moved), len(found) - len(judged)
    return " ".join([*clauses, *_not_moved(judged, still, rest, instrument)])


def _moved(some: Sequence[Change], way: str, instrument: Instrument) -> str:
    named = [f"{dutch.lower(instrument.name(c.factor))} ({dutch.signed(c.size)})" for c in some if c.size is not None]
    are = verb([change.factor for change in some], "is", "zijn")
    listed = dutch.listing(named) if len(named) <= MOST_NAMED_ALONE else f"{dutch.count(len(named))} factoren"
    return f"{dutch.capital(listed)} {are} waarschijnlijk echt {way} dan toen."


def _not_moved(judged: Sequence[Change], still: int, rest: int, instrument: Instrument) -> list[str]:
    """Returns of how many factors a change can be chance, and that of `rest` others nothing can be said."""
    if not still:
        return []
    if still < len(judged):
        named = _others(still, is_all=not rest)
    elif still == 1:
        named = names([judged[0].factor], instrument)
    elif rest:
        named = f"{dutch.count(still)} factoren"
    else:
        named = f"{'beide' if still == 2 else f'alle {dutch.count(still)}'} factoren"
    end = "; bij de rest is dat niet te zeggen" if rest else ""
    return [f"Bij {named} kan het verschil toeval zijn{end}."]


def _others(number: int, *, is_all: bool) -> str:
    if is_all:
        return "de andere factor" if number == 1 else f"de andere {dutch.count(number)} factoren"
    return "één andere factor" if number == 1 else f"{dutch.count(number)} andere factoren"


def change_verdict(change: Change) -> str:
    """Returns in words what can be said of one change, or why nothing can be said; never more than chance allows."""
    if change.interval:
        said = "waarschijnlijk echt veranderd" if change.is_beyond_chance else "dat kan toeval zijn"
        low, high = (dutch.signed(bound) for bound in change.interval)
        return f"tussen {low} en {high}: {said}"
    if change.obstacle == "small" and change.group == NETWORK:
        return "niet te zeggen of dit toeval is: in een niveau te weinig mensen"
    return dutch.OBSTACLES[change.obstacle] if change.obstacle else ""


def agreed_sentence(total: int, done: int) -> str:
    """Returns how many of the agreed improvements were done; does not claim that a change comes from them."""
    more = "Of een score daardoor veranderde, is niet te zeggen: intussen gebeurde er meer."
    return f"{agreed_count(total, done)} {more}"


def agreed_count(total: int, done: int) -> str:
    """Returns how many of the agreed improvements were done; '' where nothing was agreed."""
    if not total:
        return ""
    if total == 1:
        return f"Na de vorige ronde is één verbeteractie afgesproken{', en die is gedaan' if done else ''}."
    number = "is er nog geen" if not done else "is er één" if done == 1 else f"zijn er {dutch.count(done)}"
    said = f"zijn ze alle {dutch.count(total)}" if done == total else number
    return f"Van de {dutch.count(total)} verbeteracties die na de vorige ronde zijn afgesproken, {said} gedaan."
