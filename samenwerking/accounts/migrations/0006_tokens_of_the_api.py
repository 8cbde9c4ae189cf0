"""Adds the tokens by which programs read the API."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_what_an_onderzoeker_may"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                (
                    "reads",
                    models.CharField(
                        choices=[
                            ("uitgaven", "het instrument en de uitgaven"),
                            ("rondes", "ook de rondes waarvan ik de cijfers mag ophalen"),
                        ],
                        max_length=20,
                        verbose_name="leest",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True, verbose_name="afdruk")),
                (
                    "made_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="gemaakt op"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="werkt tot en met")),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="laatst gebruikt op")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "API-sleutel",
                "verbose_name_plural": "API-sleutels",
                "ordering": ["-ends_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="an_api_token_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reads__in", ["uitgaven", "rondes"])),
                        name="an_api_token_reads_what_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("made_on"))),
                        name="an_api_token_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
