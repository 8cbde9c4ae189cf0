"""Keeps a round from closing while an answer is saved, and two rounds of a network from opening at once.

The locks are advisory, not on rows: saves in a round share its lock and wait only for an action that owns it, such as
closing, and two saves of one person wait for each other even before there is a row. Knows ids and no models.
"""

import uuid

from django.db import connection

TELLING = uuid.UUID("5a3e0c7e-41d2-4b8c-9f0a-7d1f6f0b9c21")


def share_round(round_id: uuid.UUID, *, alone: uuid.UUID | None = None) -> None:
    """Keeps the round from closing until the end of this transaction; others may share it at the same time.

    With `alone`, nobody else who names the same id shares it meanwhile: two saves of one person wait for each other.
    """
    if alone is None:
        _advise("pg_advisory_xact_lock_shared(%s)", round_id)
    else:
        _advise("pg_advisory_xact_lock_shared(%s), pg_advisory_xact_lock(%s)", round_id, alone)


def own_round(round_id: uuid.UUID) -> None:
    """Keeps all others from sharing or owning the round until the end of this transaction."""
    _advise("pg_advisory_xact_lock(%s)", round_id)


def own_network(network_id: uuid.UUID) -> None:
    """Keeps other rounds in the network from opening until the end of this transaction; call it after `own_round`."""
    _advise("pg_advisory_xact_lock(%s)", network_id)


def own_telling() -> None:
    """Keeps others from telling of what goes until the end of this transaction: else each is told twice."""
    _advise("pg_advisory_xact_lock(%s)", TELLING)


def _advise(functions: str, *ids: uuid.UUID) -> None:
    # On SQLite each transaction owns everything as it begins: the settings make it IMMEDIATE.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {functions}", [some_id.int >> 65 for some_id in ids])  # 63 bits: a positive bigint
