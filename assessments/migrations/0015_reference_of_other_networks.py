"""Other networks of a release can stand beside a round's scores."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_releases"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="reference",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
