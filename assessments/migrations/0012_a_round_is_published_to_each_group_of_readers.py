"""Publication to one group of readers at a time; what was published before was published to all."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ("deelnemers", "meelezers", "onderzoekers")


def publish_to_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rounds that were published before there were groups: everybody could read them since then."""
    Round, Publication = apps.get_model("assessments", "Round"), apps.get_model("assessments", "Publication")
    published = Round.objects.filter(state__in=["gepubliceerd", "gearchiveerd"])
    Publication.objects.bulk_create(
        Publication(round_id=pk, readers=readers, published_at=published_at or closed_at or django.utils.timezone.now())
        for pk, published_at, closed_at in published.values_list("pk", "published_at", "closed_at")
        for readers in GROUPS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0011_a_round_can_have_its_own_reminder"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readers",
                    models.CharField(
                        choices=[(group, group) for group in GROUPS], max_length=20, verbose_name="voor wie"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gepubliceerd op"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "publicatie",
                "verbose_name_plural": "publicaties",
                "ordering": ["published_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "readers"), name="a_round_is_published_once_to_each_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("readers__in", list(GROUPS))), name="a_group_of_readers_is_a_known_group"
                    ),
                ],
            },
        ),
        migrations.RunPython(publish_to_all, migrations.RunPython.noop),
    ]
