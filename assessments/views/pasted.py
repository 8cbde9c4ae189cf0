"""Reads a link as it was meant: pasted with the dot of its sentence, a bracket or a quote. Knows no rows."""

import re

SIGNS = " \u00a0\t\r\n.,;:!?…'\"‘’“”„()<>[]{}*/"
AROUND = f"[{re.escape(SIGNS)}]*"
PASTED = re.compile(rf"{AROUND}([A-Za-z0-9_-]{{43}}){AROUND}")  # as long as `link_token` makes them


def token_in(pasted: str) -> str | None:
    """Returns the token that is left when the signs around it are taken off, or None where it is not a token."""
    found = PASTED.fullmatch(pasted)
    return found[1] if found else None


def without_signs(path: str) -> str:
    """Returns a path without the signs of a sentence behind it, such as '/v/<token>/).'; no token has one of them."""
    bare = path.rstrip(SIGNS)
    return f"{bare}/" if bare != path.rstrip("/") else path
