"""A round without a last day would stay open for good; the form never left one out, a script could."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

THREE_WEEKS = timedelta(days=21)


def give_a_last_day(apps, schema_editor):
    """What the form proposes too; the coördinator can change it."""
    undated = apps.get_model("assessments", "Round").objects.filter(state="open", closes_on=None)
    undated.update(closes_on=timezone.localdate() + THREE_WEEKS)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0015_how_long_filling_in_takes_is_counted")]

    operations = [
        migrations.RunPython(give_a_last_day, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), _negated=True) | models.Q(("closes_on__isnull", False)),
                name="an_open_round_has_a_last_day",
            ),
        ),
    ]
