"""A release keeps from when to when its rounds were held; of releases of before, this is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_codes_of_partners")]

    operations = [
        migrations.AddField(
            "release", "first_day", models.DateField(editable=False, null=True, verbose_name="eerste dag")
        ),
        migrations.AddField(
            "release", "last_day", models.DateField(editable=False, null=True, verbose_name="laatste dag")
        ),
    ]
