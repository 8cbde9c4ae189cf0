"""A round has a conversation, messages have versions, and a concept notes when somebody last worked on it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

TEXTS = ("place", "words")  # PostgreSQL takes no samples of them: see 0003


def take_samples(number):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for column in TEXTS:
                schema_editor.execute(
                    f'ALTER TABLE assessments_meeting ALTER COLUMN "{column}" SET STATISTICS {number}'
                )

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0008_readers_by_link_and_nudges"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="versie"),
        ),
        migrations.AddField(
            model_name="round",
            name="touched_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="bewerkt op",
            ),
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
                    ("meeting", "bericht over het gesprek"),
                ],
                max_length=20,
                verbose_name="bericht",
            ),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="dag")),
                ("begins", models.TimeField(verbose_name="begint om")),
                ("ends", models.TimeField(verbose_name="eindigt om")),
                ("place", models.CharField(max_length=200, verbose_name="plaats")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="tekst van de uitnodiging")),
                ("sequence", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gewijzigd op"
                    ),
                ),
                ("is_cancelled", models.BooleanField(default=False, editable=False, verbose_name="afgezegd")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="a_meeting_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
