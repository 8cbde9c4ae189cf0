"""What a coördinator says of functions is the network's, and no longer of one list that she reads in."""

import django.db.models.deletion
from django.db import migrations, models

LEVELS = ("uitvoerend", "management", "bestuur")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_kinds_of_partners_are_a_list_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="FunctionLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("function", models.CharField(max_length=100, verbose_name="functie")),
                ("simple_form", models.CharField(editable=False, max_length=400)),
                (
                    "level",
                    models.CharField(
                        choices=[(level, level) for level in LEVELS], max_length=20, verbose_name="niveau"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="function_levels",
                        to="assessments.network",
                        verbose_name="netwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "niveau van een functie",
                "verbose_name_plural": "niveaus van functies",
                "ordering": ["simple_form"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "simple_form"), name="a_function_has_one_level_in_a_network"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", list(LEVELS))), name="a_function_is_at_a_known_level"
                    ),
                    models.CheckConstraint(condition=~models.Q(simple_form=""), name="a_function_has_letters"),
                ],
            },
        ),
        migrations.RemoveField(model_name="participantfile", name="levels"),
    ]
