"""What a coördinator writes in reminders; rounds that are there keep the standard text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_the_level_of_a_function_is_kept_for_a_network"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="reminder_text",
            field=models.TextField(blank=True, default="", max_length=4000, verbose_name="tekst van de herinnering"),
            preserve_default=False,
        ),
    ]
