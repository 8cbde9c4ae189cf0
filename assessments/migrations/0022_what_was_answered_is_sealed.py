"""What was answered is sealed, and what opens it stands in a table of its own; of a closed round no answer is left."""

import django.db.models.deletion
from django.db import migrations, models


def erase_answers_of_closed_rounds(apps, schema_editor):
    if apps.get_model("assessments", "Round").objects.filter(state="open").exists():
        raise RuntimeError("Close the open rounds with the release that opened them; then migrate.")
    apps.get_model("assessments", "Response").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("assessments", "0021_no_samples_of_what_is_erased")]

    operations = [
        migrations.RunPython(erase_answers_of_closed_rounds, migrations.RunPython.noop),
        migrations.CreateModel(
            name="RoundSecret",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kept_secret",
                        serialize=False,
                        to="assessments.round",
                    ),
                ),
                ("secret", models.BinaryField()),
                ("response_generation", models.CharField(editable=False, max_length=32)),
                ("link_generation", models.CharField(editable=False, max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=~models.Q(secret=b""), name="a_round_secret_is_not_empty")
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="response", name="ouders_answer_for_no_partner"),
        migrations.RemoveConstraint(model_name="response", name="a_response_is_at_a_known_level_or_none"),
        migrations.RemoveConstraint(model_name="round", name="only_an_open_round_has_a_secret"),
        migrations.RemoveField(model_name="response", name="answers"),
        migrations.RemoveField(model_name="response", name="texts"),
        migrations.RemoveField(model_name="response", name="browsers"),
        migrations.RemoveField(model_name="response", name="level"),
        migrations.RemoveField(model_name="response", name="partner"),
        migrations.RemoveField(model_name="response", name="is_by_open_link"),
        migrations.RemoveField(model_name="round", name="secret"),
        migrations.AddField(
            model_name="response",
            name="open_link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="responses",
                to="assessments.openlink",
            ),
        ),
        migrations.AddField(
            model_name="response", name="sealed", field=models.BinaryField(default=b""), preserve_default=False
        ),
    ]
