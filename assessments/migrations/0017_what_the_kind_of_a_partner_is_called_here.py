"""How two fields of a partner are named and explained; the database stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0016_an_open_round_has_a_last_day")]

    operations = [
        migrations.AlterField(
            model_name="partner",
            name="contact_email",
            field=models.EmailField(
                blank=True,
                help_text=(
                    "Hierheen kunt u een bericht sturen over de respons van deze partner."
                    " Het bericht noemt geen aantallen."
                ),
                max_length=254,
                verbose_name="e-mailadres van de contactpersoon",
            ),
        ),
        migrations.AlterField(
            model_name="partner",
            name="local_kind",
            field=models.CharField(
                blank=True,
                help_text=(
                    "Wat hier een buurtteam is, heet elders een jeugdteam."
                    " Laat u dit leeg, dan gebruiken wij de naam van de soort."
                ),
                max_length=60,
                verbose_name="naam van deze soort bij u",
            ),
        ),
    ]
