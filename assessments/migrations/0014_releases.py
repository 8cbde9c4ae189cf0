"""Releases: which rounds enter together, and each release as it was given out."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_rounds_take_part_in_research"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("is_constructed", models.BooleanField(default=False, verbose_name="voorbeeld")),
                ("made_up_for", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "lichting",
                "verbose_name_plural": "lichtingen",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "is_constructed"), name="an_intake_has_a_number_of_its_own"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.UUIDField(editable=False, verbose_name="netwerk")),
                ("place", models.PositiveSmallIntegerField(editable=False, verbose_name="hoeveelste van het netwerk")),
                ("traits", models.JSONField(default=dict, editable=False)),
                (
                    "round",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entry",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="assessments.intake",
                        verbose_name="lichting",
                    ),
                ),
            ],
            options={
                "verbose_name": "ronde in een lichting",
                "verbose_name_plural": "rondes in lichtingen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("number", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="nummer")),
                ("is_constructed", models.BooleanField(default=False, verbose_name="voorbeeld")),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gemaakt op"),
                ),
                ("networks", models.PositiveIntegerField(verbose_name="netwerken")),
                ("tables", models.JSONField(default=dict, editable=False)),
                ("bundle", models.BinaryField(null=True)),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="grootte")),
                ("checksum", models.CharField(blank=True, editable=False, max_length=64, verbose_name="controlegetal")),
                (
                    "entries",
                    models.ManyToManyField(related_name="releases", to="assessments.entry", verbose_name="rondes"),
                ),
            ],
            options={
                "verbose_name": "uitgave",
                "verbose_name_plural": "uitgaven",
                "ordering": ["-made_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("network", "place"), name="a_network_has_one_round_in_each_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("intake", "network"), name="a_network_is_in_an_intake_once"),
        ),
    ]
