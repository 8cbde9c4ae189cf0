"""Rows that every click asks for by their key, with SQL that is composed once.

Django composes the text of a query anew each time it is asked. For a row with what it is related to that takes three
times as long as the database takes to find it. SQLAlchemy keeps what it composed of every statement, EF Core of
'compiled queries'; here it is kept of querysets that are asked for one key after another. All else is Django's: models
with what was selected along, columns left out until somebody asks, converters, whatever listens to queries.
"""

from copy import copy
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query

Row = TypeVar("Row", bound=Model)
ANY_KEY = UUID(int=0)  # stands where the key will, while the text is composed


class ByKey(Generic[Row]):
    """The rows of a queryset, each by its primary key, a UUID. Not for queries that lock: nothing checks them."""

    def __init__(self, rows: "QuerySet[Row]") -> None:
        self._rows = rows.order_by().filter(pk=ANY_KEY)
        self._rows.query = query = cast(_OnceComposed, self._rows.query.chain(_OnceComposed))
        query.composed = {}

    def get(self, key: UUID) -> Row | None:
        """The row with this key, or None."""
        asked = self._rows.all()
        cast(_OnceComposed, asked.query).key = key
        return next(iter(asked), None)


class _OnceComposed(Query):
    """A query with one parameter, its `key`; all of its clones share what was composed, by database."""

    key: UUID
    composed: dict[str, Any]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:
        known = self.composed.get(using)
        if known is None:
            known = super().get_compiler(using, connection, elide_empty)
            known.text, _ = known.as_sql()
            self.composed[using] = known
        compiler = copy(known)
        compiler.connection = connections[using]  # each thread has its own
        key = self.get_meta().pk.get_db_prep_value(self.key, compiler.connection)
        compiler.as_sql = lambda: (known.text, (key,))
        return compiler
