"""What is to be written anew is noted by table, and of more columns PostgreSQL keeps no samples to plan by."""

from django.db import migrations, models

COLUMNS = {
    "assessments_roundsecret": ["secret", "response_generation", "link_generation"],
    "assessments_response": ["sealed"],
    "assessments_openanswer": ["text"],
    "assessments_participant": ["email", "function"],
    "assessments_message": ["fault"],
    "assessments_partner": ["contact_email"],
    "assessments_participantfile": ["name", "rows", "columns", "partners"],
    "assessments_improvement": ["what", "who", "remark"],
    "assessments_reportfile": ["content"],
    "assessments_frozenresults": ["document", "facts"],
    "django_session": ["session_data"],
}
TYPE = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s"


def no_samples(apps, schema_editor):
    """Samples that were taken before stay for good where none are taken any more; a column's new type drops them.

    The same type again writes nothing anew, and needs no more than the table's owner.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in COLUMNS.items():
        for column in columns:
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(TYPE, [table, column])
                (type_of_column,) = cursor.fetchone()
            alter = f'ALTER TABLE {table} ALTER COLUMN "{column}"'
            schema_editor.execute(f'{alter} SET STATISTICS 0, ALTER COLUMN "{column}" TYPE {type_of_column}')


def everything_waits(apps, schema_editor):
    """What was erased before was not noted: the first `manage.py due` writes these tables anew, and that of samples.

    Among them, this once, that of responses, which were not sealed, and that of rounds, where the secrets stood.
    """
    if apps.get_model("assessments", "Round").objects.exists():
        Erasure = apps.get_model("assessments", "Erasure")
        tables = {*COLUMNS, "assessments_round", "pg_statistic"}
        Erasure.objects.bulk_create([Erasure(table=table) for table in sorted(tables)])


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0022_what_was_answered_is_sealed"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("before", models.BigIntegerField(null=True)),
                ("erased_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RemoveField(model_name="round", name="wiped_at"),
        migrations.RunPython(no_samples, migrations.RunPython.noop),
        migrations.RunPython(everything_waits, migrations.RunPython.noop),
    ]
