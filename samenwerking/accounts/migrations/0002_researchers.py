from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_researcher",
            field=models.BooleanField(
                default=False, help_text="Mag alles zien wat voor onderzoek is gedeeld.", verbose_name="onderzoeker"
            ),
        ),
    ]
