"""Says of an onderzoeker what that account may read now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_tries_to_sign_in"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="is_researcher",
            field=models.BooleanField(
                default=False,
                help_text="Mag alle rondes lezen die meedoen aan onderzoek, en de uitgaven.",
                verbose_name="onderzoeker",
            ),
        ),
    ]
