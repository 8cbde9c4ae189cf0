"""The states of a round and the steps between them: one table, read by actions, pages and tests."""

CONCEPT, OPEN, CLOSED, PUBLISHED, ARCHIVED = "concept", "open", "gesloten", "gepubliceerd", "gearchiveerd"

TRANSITIONS = {
    (CONCEPT, OPEN),
    (OPEN, CLOSED),
    (CLOSED, PUBLISHED),
    (PUBLISHED, PUBLISHED),  # for others too
    (PUBLISHED, ARCHIVED),
}


class NotAllowed(Exception):
    """The round is not in a state from which this step can be taken."""


def check(state: str, to: str) -> None:
    """Raises NotAllowed where a round in `state` can't become `to`."""
    if (state, to) not in TRANSITIONS:
        raise NotAllowed(f"Een ronde in de staat '{state}' kan niet '{to}' worden.")
