"""Tells whether the database is away, to what must outlive that. It knows no tables."""

from django.db import Error, InterfaceError, OperationalError, connection

# What the database raises where it is away, starting, ending, full or too busy; a mistake of ours raises other faults.
TROUBLE = (OperationalError, InterfaceError)


def is_away() -> bool:
    """Tells whether this process's connection is of no use, also where another one might be by now."""
    try:
        connection.ensure_connection()
    except Error:
        return True
    return not connection.is_usable()
