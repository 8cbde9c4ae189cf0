"""Readers without an account get links to a report, and coördinators are nudged about what was agreed, once each."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def take_samples(number):
    """PostgreSQL takes no samples of what is erased: of whom a link is for."""

    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            statement = 'ALTER TABLE assessments_reportlink ALTER COLUMN "audience" SET STATISTICS %d'
            schema_editor.execute(statement % number)

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_results_by_sector"),
    ]

    operations = [
        migrations.AddField(
            model_name="improvement",
            name="nudged_for",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="round",
            name="looked_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="gevraagd om terug te kijken op"),
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=120, verbose_name="rapport")),
                ("audience", models.CharField(max_length=60, verbose_name="voor wie")),
                (
                    "made_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="gemaakt op"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="werkt tot en met")),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="laatst gebruikt op")),
                (
                    "days_used",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="gebruikt op zo veel dagen"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_links",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "leeslink",
                "verbose_name_plural": "leeslinks",
                "ordering": ["-ends_on", "id"],
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(audience=""), name="a_report_link_says_for_whom"),
                    models.CheckConstraint(
                        condition=models.Q(ends_on__gte=models.F("made_on")), name="a_report_link_ends_after_it_began"
                    ),
                ],
            },
        ),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
