"""Reads a row and the rows that it refers to in one query that costs little to compose; knows no model by name.

`select_related` with `only` reads the same, but composing its SQL takes three times as long as that of `values_list`,
and filling in asks for a link's row on every request (docs/filling-speed.md has the figures).
"""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
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

    def with_key(self, key: UUID) -> Row | None:
        """Returns the row with this key, or None."""
        found = next(iter(self._rows.filter(pk=key)), None)
        return self._assembled(iter(found)) if found else None

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
