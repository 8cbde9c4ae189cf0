"""When, and not only whether: a wipe right after closing can leave a row that somebody was still reading."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0018_a_closed_round_says_that_its_secret_is_wiped")]

    operations = [
        migrations.RemoveField(model_name="round", name="is_wiped"),
        migrations.AddField(model_name="round", name="wiped_at", field=models.DateTimeField(null=True, editable=False)),
    ]
