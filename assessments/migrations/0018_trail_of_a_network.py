"""Finding what the audit trail noted of one network takes an index on the id that each entry has."""

from django.db import migrations

MAKE = (
    "CREATE INDEX auditlog_entries_of_a_network"
    " ON auditlog_logentry ((additional_data -> 'network'), timestamp DESC) WHERE additional_data IS NOT NULL"
)


def run(statement):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0017_how_long_things_are_kept"),
    ]

    operations = [migrations.RunPython(run(MAKE), run("DROP INDEX auditlog_entries_of_a_network"))]
