"""Makes and reads the code on the sheet of ouders: eight signs, drawn at random. Knows no link and no limit."""

import secrets

# Crockford's signs: no I, L, O or U, which are mistaken for others; 32 of them, so 5 bits each.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SLIPS = str.maketrans("ILO", "110")
LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """Returns the signs of a code, however it was typed: small letters, spaces, dashes, O for 0, I or L for 1."""
    return "".join(sign for sign in text.upper().translate(SLIPS) if sign.isalnum())


def is_code(signs: str) -> bool:
    return len(signs) == LENGTH and set(signs) <= set(SIGNS)
