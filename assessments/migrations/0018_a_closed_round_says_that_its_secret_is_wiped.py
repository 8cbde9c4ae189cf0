"""Rounds that closed before count as not wiped yet: the first `manage.py due` does them, once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0017_what_the_kind_of_a_partner_is_called_here")]

    operations = [
        migrations.AddField(
            model_name="round", name="is_wiped", field=models.BooleanField(default=False, editable=False)
        )
    ]
