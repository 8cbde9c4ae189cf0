"""A network can have a salt, which the codes of its partners in releases are made with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_release_mark")]

    operations = [
        migrations.AddField("network", "partner_salt", models.UUIDField(editable=False, null=True)),
    ]
