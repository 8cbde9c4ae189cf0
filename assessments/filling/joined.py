"""Reads a row and the rows that it refers to, in one query that Django composes once; knows no model by name.

Filling in asks for a link's row on every request, and composing that query takes three times as long as asking it
(docs/filling-speed.md has the figures). The query is always the same but for the key, so its text is kept.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class _Table(NamedTuple):
    """Is one table of the join: the relations that lead to it, as 'round__network', and the fields read of it."""

    path: str
    model: type[Model]
    fields: list[str]


class Joined(Generic[Row]):
    """Asks for a row of a model by its key, with the columns that are named as `only` names them.

    A column that was not named is read when it is asked for, as after `only`.
    """

    def __init__(self, model: type[Row], columns: Sequence[str]) -> None:
        fields: dict[str, set[str]] = {"": set()}
        for column in columns:
            path, _, field = column.rpartition("__")
            fields.setdefault(path, set()).add(field)
        # Sorted, so that a row comes before the rows that it refers to.
        self._tables = [_table(model, path, fields[path]) for path in sorted(fields)]
        names = [f"{table.path}__{field}".removeprefix("__") for table in self._tables for field in table.fields]
        self._rows = model._default_manager.order_by().values_list(*names)
        self._key = model._meta.pk
        self._readers = [reader for table in self._tables for reader in _readers(table)]
        self._sql = ""

    def with_key(self, key: UUID) -> Row | None:
        """Returns the row with this key, or None."""
        found = self._asked_again(key) if self._sql else self._asked_first(key)
        return self._assembled(iter(found)) if found else None

    def _asked_first(self, key: UUID) -> Sequence[Any] | None:
        """Lets Django compose the query and ask it, and keeps its text where the key is its one parameter.

        Of a key that is None Django makes 'IS NULL', which would be the wrong question for all others.
        """

        def note(execute: Callable[..., Any], sql: str, params: Sequence[Any], *rest: Any) -> Any:
            if len(params) == 1:
                self._sql = sql
            return execute(sql, params, *rest)

        with connection.execute_wrapper(note):
            return next(iter(self._rows.filter(pk=key)), None)

    def _asked_again(self, key: UUID) -> Sequence[Any] | None:
        """Asks with the text that was kept; its one parameter is the key, in the form in which the database has it."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [self._key.get_db_prep_value(key, connection)])
            found = cursor.fetchone()
        return found and [read(value) for read, value in zip(self._readers, found, strict=True)]

    def _assembled(self, values: Any) -> Row:
        made: dict[str, Any] = {}
        for path, model, fields in self._tables:
            row = [next(values) for _ in fields]
            if row[fields.index(model._meta.pk.attname)] is None:
                continue
            made[path] = model.from_db(DEFAULT_DB_ALIAS, fields, row)
            if path:
                parent, _, relation = path.rpartition("__")
                setattr(made[parent], relation, made[path])
        return made[""]


def _table(model: Any, path: str, fields: set[str]) -> _Table:
    for relation in path.split("__") if path else ():
        model = model._meta.get_field(relation).related_model
    key = model._meta.pk.attname
    return _Table(path, model, [f.attname for f in model._meta.concrete_fields if f.attname in {*fields, key}])


def _readers(table: _Table) -> list[Callable[[Any], Any]]:
    """Returns by column what makes a value of what the database gives: SQLite knows no UUID, day or truth."""
    fields = {field.attname: field for field in table.model._meta.concrete_fields}
    return [(getattr(fields[name], "target_field", None) or fields[name]).to_python for name in table.fields]
