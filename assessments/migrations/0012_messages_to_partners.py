"""A message to the contact of a partner has an own text, until the round closes."""

import django.db.models.deletion
from django.db import migrations, models


def take_samples(number):
    """PostgreSQL takes no samples of what is erased: see 0003."""

    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f'ALTER TABLE assessments_partnermessage ALTER COLUMN "words" SET STATISTICS {number}'
            )

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0011_mail_has_a_timetable"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="eigen tekst")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="assessments.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_messages",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht aan een partner",
                "verbose_name_plural": "berichten aan partners",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "partner"), name="a_partner_has_one_message_in_a_round")
                ],
            },
        ),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
