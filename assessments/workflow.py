"""The states of a round and the steps between them: one table, read by actions, pages and tests."""

CONCEPT, OPEN, CLOSED, PUBLISHED, ARCHIVED = "concept", "open", "gesloten", "gepubliceerd", "gearchiveerd"

#            from        to          what the step is called for the coördinator
TRANSITIONS = {
    (CONCEPT, OPEN): "openen",
    (OPEN, CLOSED): "sluiten",
    (CLOSED, PUBLISHED): "publiceren",
    (PUBLISHED, PUBLISHED): "ook voor anderen publiceren",
    (PUBLISHED, ARCHIVED): "archiveren",
}


class NotAllowed(Exception):
    """The round is not in a state from which this step can be taken."""


def check(state: str, to: str) -> None:
    """Raises NotAllowed where a round in `state` can't become `to`."""
    if (state, to) not in TRANSITIONS:
        raise NotAllowed(f"Een ronde in de staat '{state}' kan niet '{to}' worden.")
