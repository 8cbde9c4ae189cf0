"""Two open rounds in one network tell, by subtraction, what somebody answered who takes part in one of them."""

from django.db import migrations, models


def tell_where_two_are_open(apps, schema_editor):
    """Which of the two must close is not ours to choose: closing can't be undone."""
    opened = apps.get_model("assessments", "Round").objects.filter(state="open")
    twice = opened.values("network").annotate(rounds=models.Count("pk")).filter(rounds__gt=1).order_by()
    if networks := [str(row["network"]) for row in twice]:
        raise ValueError(f"Close all but one of the open rounds, and migrate again, in network {', '.join(networks)}")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0023_what_is_erased_is_written_anew")]

    operations = [
        migrations.RunPython(tell_where_two_are_open, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("network",),
                name="a_network_has_one_open_round_at_a_time",
            ),
        ),
    ]
