"""Finds the token of a link in what was pasted: with the dot of its sentence, a bracket or a quote. Knows no rows."""

import re

AROUND = r"[\s.,;:!?…'\"‘’“”„()<>\[\]{}*/]*"
PASTED = re.compile(rf"{AROUND}([A-Za-z0-9_-]{{43}}){AROUND}")  # as long as `link_token` makes them


def token_in(pasted: str) -> str | None:
    """Returns the token that is left when the signs around it are taken off, or None where it is not a token."""
    found = PASTED.fullmatch(pasted)
    return found[1] if found else None
