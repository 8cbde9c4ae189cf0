"""Participants and colleagues get a name, and PostgreSQL takes no samples of what goes with a network that is deleted."""

from django.db import migrations, models

COLUMNS = {
    "assessments_participant": ["name"],
    "assessments_membership": ["name"],
    "assessments_network": ["name", "municipalities", "description"],
    "assessments_round": [
        "name",
        "contact_name",
        "contact_email",
        "invitation_subject",
        "invitation_text",
        "reminder_text",
    ],
    "assessments_partner": ["key", "name", "local_kind"],
    "assessments_jobtitlelevel": ["job_title", "simple_form"],
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
        ("assessments", "0005_a_list_mends_itself"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="naam"),
        ),
        migrations.AddField(
            model_name="membership",
            name="opened_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="voor het eerst geopend op"),
        ),
        migrations.AddField(
            model_name="participant",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="naam"),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "uitnodiging"),
                    ("reminder_1", "eerste herinnering"),
                    ("reminder_2", "tweede herinnering"),
                    ("reminder_3", "derde herinnering"),
                    ("closing_soon", "bericht dat de ronde bijna sluit"),
                    ("check_level", "vraag om het niveau na te kijken"),
                    ("result", "bericht over de uitkomsten"),
                ],
                max_length=20,
                verbose_name="bericht",
            ),
        ),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
