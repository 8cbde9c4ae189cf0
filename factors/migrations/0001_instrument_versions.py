"""Makes the table of versions of the instrument."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="InstrumentVersion",
            fields=[
                ("version", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="versie")),
                (
                    "document",
                    models.JSONField(
                        help_text="De YAML-bestanden van het instrument als één document.", verbose_name="inhoud"
                    ),
                ),
                ("checksum", models.CharField(max_length=64, verbose_name="controlegetal")),
                ("loaded_at", models.DateTimeField(auto_now_add=True, verbose_name="geladen op")),
            ],
            options={
                "verbose_name": "instrumentversie",
                "verbose_name_plural": "instrumentversies",
                "ordering": ["-loaded_at"],
                "base_manager_name": "objects",
            },
        ),
    ]
