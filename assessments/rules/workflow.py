"""The states of a round, the steps between them and the way out: read by actions, pages and tests."""

CONCEPT, OPEN, CLOSED, PUBLISHED, ARCHIVED = "concept", "open", "gesloten", "gepubliceerd", "gearchiveerd"

TRANSITIONS = {
    (CONCEPT, OPEN),
    (OPEN, CLOSED),
    (CLOSED, PUBLISHED),
    (PUBLISHED, PUBLISHED),  # for others too
    (PUBLISHED, ARCHIVED),
}

DISCARDABLE = frozenset({CONCEPT, OPEN, CLOSED})  # not once it was published: readers could compare it with the next


class NotAllowed(Exception):
    """The round is not in a state from which this step can be taken."""


def check(state: str, to: str) -> None:
    """Raises NotAllowed where a round in `state` can't become `to`."""
    if (state, to) not in TRANSITIONS:
        raise NotAllowed(f"Een ronde in de staat '{state}' kan niet '{to}' worden.")


def check_discard(state: str) -> None:
    """Raises NotAllowed where somebody may have read what a round in `state` came to."""
    if state not in DISCARDABLE:
        raise NotAllowed("Een ronde die is gepubliceerd, kan niet meer worden verwijderd.")
