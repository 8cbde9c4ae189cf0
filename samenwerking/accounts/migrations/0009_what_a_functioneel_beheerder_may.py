"""Gives what a functioneel beheerder is its name and its words; her rights follow from `accounts/rights.py`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_domains_without_passwords"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="is_staff",
            field=models.BooleanField(
                default=False,
                help_text="Mag in het beheergedeelte accounts, rollen, soorten partners en uitgaven beheren.",
                verbose_name="functioneel beheerder",
            ),
        ),
    ]
