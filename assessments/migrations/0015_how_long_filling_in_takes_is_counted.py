"""The measured minutes of filling in, for the first page to tell."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_what_was_left_out_stays_out"),
        ("factors", "0001_instrument_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_ouders", models.BooleanField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "instrument_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="factors.instrumentversion"
                    ),
                ),
            ],
            options={
                "ordering": ["minutes"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument_version", "by_ouders", "minutes"),
                        name="a_duration_is_counted_once_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 60))),
                        name="a_duration_is_between_a_minute_and_an_hour",
                    ),
                ],
            },
        ),
    ]
