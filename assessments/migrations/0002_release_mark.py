"""Notes the time that a database forgot, since a backup was put back, and what a release of then may have told of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_version_1"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForgottenTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(editable=False, verbose_name="van")),
                ("until", models.DateTimeField(editable=False, verbose_name="tot")),
                ("had_release", models.BooleanField(editable=False, null=True, verbose_name="er was een uitgave")),
            ],
            options={
                "verbose_name": "tijd die de database vergat",
                "verbose_name_plural": "tijden die de database vergat",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="is_past",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
