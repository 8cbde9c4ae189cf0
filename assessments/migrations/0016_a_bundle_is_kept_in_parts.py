import django.db.models.deletion
from django.db import migrations, models

PART = 1024**2


def to_parts(apps, schema_editor):
    release, part = apps.get_model("assessments", "Release"), apps.get_model("assessments", "BundlePart")
    for number in release.objects.exclude(bundle=None).values_list("pk", flat=True):
        whole = bytes(release.objects.values_list("bundle", flat=True).get(pk=number))
        for place, start in enumerate(range(0, len(whole), PART)):
            part.objects.create(release_id=number, place=place, content=whole[start : start + PART])


def to_one(apps, schema_editor):
    release, part = apps.get_model("assessments", "Release"), apps.get_model("assessments", "BundlePart")
    for number in part.objects.values_list("release", flat=True).distinct():
        parts = part.objects.filter(release=number).order_by("place").values_list("content", flat=True)
        release.objects.filter(pk=number).update(bundle=b"".join(map(bytes, parts)))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0015_reference_of_other_networks")]

    operations = [
        migrations.CreateModel(
            name="BundlePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="plaats")),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="assessments.release",
                        verbose_name="uitgave",
                    ),
                ),
            ],
            options={
                "verbose_name": "deel van een uitgave",
                "verbose_name_plural": "delen van een uitgave",
                "constraints": [
                    models.UniqueConstraint(fields=("release", "place"), name="a_bundle_has_one_part_in_each_place")
                ],
            },
        ),
        migrations.RunPython(to_parts, to_one),
        migrations.RemoveField(model_name="release", name="bundle"),
    ]
