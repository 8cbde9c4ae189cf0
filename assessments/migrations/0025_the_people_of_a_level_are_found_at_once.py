"""The first page asks of whom a level is; without an index it would read everybody in the round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0024_one_round_of_a_network_is_open_at_a_time")]

    operations = [
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["round", "level"], name="people_of_a_level"),
        ),
    ]
