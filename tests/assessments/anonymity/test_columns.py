"""Every column that holds text is listed with when it is erased, and PostgreSQL keeps no samples of those that are."""

import pytest
from django.apps import apps
from django.db import connection, models

from assessments.anonymity.columns import ERASED, KEPT, WIPED

NO_TEXT = (
    models.ForeignKey,
    models.BooleanField,
    models.IntegerField,
    models.AutoField,
    models.DateField,
    models.UUIDField,
)


def columns_that_hold_text():
    """Returns all columns except numbers, times, keys and those that can only hold what is listed in the code."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not isinstance(field, NO_TEXT) and not field.choices
    }


def test_of_every_column_that_holds_text_is_said_once_when_it_is_erased():
    said = [*WIPED, *ERASED, *KEPT]
    assert sorted(said) == sorted(columns_that_hold_text())
    assert all(len(sentence) > 5 for part in (WIPED, ERASED, KEPT) for sentence in part.values())


@pytest.mark.django_db
def test_no_table_is_without_a_model_but_that_of_migrations():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert set(connection.introspection.table_names()) - known == {"django_migrations"}


@pytest.mark.django_db
def test_postgresql_takes_no_samples_of_what_is_erased():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass || '.' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
            " WHERE attstattarget = 0 AND attnum > 0 AND NOT attisdropped AND relkind = 'r'"
        )
        answers = {name for name in ERASED if name.startswith("assessments_")}
        assert {name for (name,) in cursor.fetchall()} == {*WIPED, *answers}
