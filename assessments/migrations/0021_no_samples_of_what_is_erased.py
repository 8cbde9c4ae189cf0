"""PostgreSQL keeps samples of each column to plan by, also after a row is gone. Not of what we erase."""

from django.db import migrations

COLUMNS = {
    "assessments_round": ["secret"],
    "assessments_response": ["answers", "texts", "browsers"],
    "assessments_openanswer": ["text"],
    "assessments_participant": ["email", "function"],
}


def keep_samples(number):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, columns in COLUMNS.items():
                for column in columns:
                    schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS {number}')

    return alter


class Migration(migrations.Migration):
    dependencies = [("assessments", "0020_what_partners_agree_to_improve")]

    operations = [migrations.RunPython(keep_samples(0), keep_samples(-1))]
