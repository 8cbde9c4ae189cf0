"""Adds the domains whose people sign in at a provider, and by no password."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_tokens_of_the_api"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        help_text="Wat achter het @-teken staat, bijvoorbeeld voorbeeld.nl.",
                        max_length=253,
                        unique=True,
                        verbose_name="domein",
                    ),
                ),
                ("provider", models.CharField(max_length=20, verbose_name="logt in bij")),
                (
                    "closed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gesloten op"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gesloten door",
                    ),
                ),
            ],
            options={
                "verbose_name": "domein zonder wachtwoorden",
                "verbose_name_plural": "domeinen zonder wachtwoorden",
                "ordering": ["domain"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("domain", django.db.models.functions.text.Lower("domain"))),
                        name="closed_domain_is_in_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provider", ""), _negated=True), name="a_closed_domain_has_a_provider"
                    ),
                ],
            },
        ),
    ]
