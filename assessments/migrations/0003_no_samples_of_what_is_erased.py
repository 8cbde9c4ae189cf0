"""PostgreSQL keeps samples of each column to plan by, also after a row is gone: of what we erase it takes none.

The columns are those that `assessments.anonymity.columns` calls wiped, and those of ours that it calls erased.
"""

from django.db import migrations

COLUMNS = {
    "assessments_roundsecret": ["secret", "response_generation", "link_generation"],
    "assessments_response": ["sealed"],
    "assessments_openanswer": ["text"],
    "assessments_participant": ["email", "job_title"],
    "assessments_message": ["fault"],
    "assessments_partner": ["contact_email"],
    "assessments_participantfile": ["name", "rows", "columns", "partners"],
    "assessments_improvement": ["what", "who", "remark"],
    "assessments_reportfile": ["content"],
    "assessments_frozenresults": ["document", "facts"],
    "django_session": ["session_data"],
}


def take_samples(number):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, columns in COLUMNS.items():
                for column in columns:
                    schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS {number}')

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_usual_kinds_of_partners"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(take_samples(0), take_samples(-1))]
