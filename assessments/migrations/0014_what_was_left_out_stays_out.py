"""Whether the coördinator left an open answer out; those not yet in a report, whyever, are to be looked at again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0013_when_a_round_was_published_is_said_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="openanswer",
            name="is_left_out",
            field=models.BooleanField(default=False, verbose_name="weggelaten"),
        ),
        migrations.AlterField(
            model_name="network",
            name="is_shared_for_research",
            field=models.BooleanField(
                default=False,
                help_text="Onderzoekers die een beheerder aanwees, lezen wat voor onderzoekers is gepubliceerd.",
                verbose_name="gedeeld voor onderzoek",
            ),
        ),
        migrations.AddConstraint(
            model_name="openanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_cleared", True), ("is_left_out", True), _negated=True),
                name="an_answer_that_was_left_out_is_not_cleared",
            ),
        ),
    ]
