"""A round takes part in research or not, as chosen before it opens; a network as such no longer does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_messages_to_partners"),
        ("factors", "0001_instrument_versions"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="network",
            name="is_shared_for_research",
        ),
        migrations.AddField(
            model_name="round",
            name="in_research",
            field=models.BooleanField(db_default=False, default=False, verbose_name="doet mee aan onderzoek"),
        ),
        migrations.AddField(
            model_name="round",
            name="left_research_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="stopte met onderzoek op"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_research_at__isnull", True), ("in_research", True), _connector="OR"),
                name="only_a_round_in_research_leaves_it",
            ),
        ),
    ]
