"""Taking what was erased from the files of the database. Knows nothing of results or mail."""

from django.db import connection

from assessments.models import Message, OpenAnswer, Participant, RoundSecret

WIPED = (RoundSecret, OpenAnswer, Participant, Message)


def wipe_dead_rows() -> None:
    """Writes the tables anew, so that their files keep nothing of a closed round but what its rows say now.

    PostgreSQL leaves what a row was in the file: the round's secret, answers beside a partner and level at which few
    answered, an address, a name in an open answer. (Of these columns it takes no samples to plan by: migration 0021.)
    Saves wait meanwhile: some milliseconds for rounds, a second for a hundred thousand responses. It can't be part of
    a transaction; SQLite overwrites by itself (secure_delete, see the settings).
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in WIPED)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
            try:
                cursor.execute(f"VACUUM FULL {tables}")
            finally:
                cursor.execute("SET lock_timeout = DEFAULT")
