"""What partners agree to improve after the conversation about a report, and what came of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0019_when_a_closed_round_was_last_wiped"),
    ]

    operations = [
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300, verbose_name="wat")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="wie")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="klaar op")),
                ("factor", models.CharField(blank=True, max_length=60, verbose_name="factor")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gedaan", "gedaan"),
                            ("loopt", "loopt nog"),
                            ("anders", "anders gedaan dan afgesproken"),
                            ("niet", "niet gedaan"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="improvements",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "verbeteractie",
                "verbose_name_plural": "verbeteracties",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="an_improvement_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["gedaan", "loopt", "anders", "niet", ""])),
                        name="an_outcome_is_known_or_not_told_yet",
                    ),
                ],
            },
        ),
    ]
