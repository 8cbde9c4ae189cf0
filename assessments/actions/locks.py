"""Keeps a round from closing between the reading of its state and the writing of an answer."""

import uuid

from django.db import connection


def share_round(round_id: uuid.UUID) -> None:
    """Until the end of this transaction the round can't be closed; others may share it at the same time."""
    _advise("pg_advisory_xact_lock_shared", round_id)


def own_round(round_id: uuid.UUID) -> None:
    """Until the end of this transaction nobody else shares or owns the round."""
    _advise("pg_advisory_xact_lock", round_id)


def _advise(function: str, round_id: uuid.UUID) -> None:
    # SQLite has one writer at a time: a transaction that writes owns everything already.
    if connection.vendor == "postgresql":
        number = round_id.int >> 65  # 63 bits: a positive bigint
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [number])
