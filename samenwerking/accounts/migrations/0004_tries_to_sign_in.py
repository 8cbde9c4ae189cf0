"""Counts tries to sign in for all processes: a table for Django's cache in a database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_owners_change_their_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="TryCount",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
