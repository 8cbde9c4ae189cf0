"""A list that was read keeps its file, what was not read of it, and what was mended in it. It takes no samples of them."""

from django.db import migrations, models

COLUMNS = ["content", "reading", "facts", "mended"]


def take_samples(number):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for column in COLUMNS:
                schema_editor.execute(
                    f'ALTER TABLE assessments_participantfile ALTER COLUMN "{column}" SET STATISTICS {number}'
                )

    return alter


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_fingerprints_of_the_servers_secrets")]

    operations = [
        migrations.AddField("participantfile", "content", models.BinaryField(default=b"")),
        migrations.AddField("participantfile", "reading", models.JSONField(default=dict)),
        migrations.AddField("participantfile", "facts", models.JSONField(default=dict)),
        migrations.AddField("participantfile", "mended", models.JSONField(default=dict)),
        migrations.AlterField("participantfile", "header", models.IntegerField(default=0)),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
