"""Changes nothing in the database: a round's version is fetched by the manager that leaves the document behind."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("factors", "0001_instrument_versions")]

    operations = [
        migrations.AlterModelOptions(
            name="instrumentversion",
            options={
                "base_manager_name": "objects",
                "ordering": ["-loaded_at"],
                "verbose_name": "instrumentversie",
                "verbose_name_plural": "instrumentversies",
            },
        ),
    ]
