"""The moment is with each publication now. A migration of its own: PostgreSQL changes no table in which rows wait."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_a_round_is_published_to_each_group_of_readers"),
    ]

    operations = [
        migrations.RemoveField(model_name="round", name="published_at"),
    ]
