"""Mail of a round can have days of its own, invitations a moment, and a network its region of school holidays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_open_links_are_withdrawn_and_typed"),
    ]

    operations = [
        migrations.AddField(
            model_name="network",
            name="school_region",
            field=models.CharField(
                blank=True,
                choices=[("Noord", "Noord"), ("Midden", "Midden"), ("Zuid", "Zuid")],
                db_default="",
                default="",
                max_length=10,
                verbose_name="regio van de schoolvakanties",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="invites_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="uitnodigen op"),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "uitnodiging"),
                    ("reminder_1", "eerste herinnering"),
                    ("reminder_2", "tweede herinnering"),
                    ("reminder_3", "derde herinnering"),
                    ("reminder_by_hand", "herinnering tussendoor"),
                    ("extended", "bericht over meer tijd"),
                    ("closing_soon", "bericht dat de ronde bijna sluit"),
                    ("check_level", "vraag om het niveau na te kijken"),
                    ("result", "bericht over de uitkomsten"),
                    ("meeting", "bericht over het gesprek"),
                ],
                max_length=20,
                verbose_name="bericht",
            ),
        ),
        migrations.CreateModel(
            name="PlannedMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder_1", "eerste herinnering"),
                            ("reminder_2", "tweede herinnering"),
                            ("reminder_3", "derde herinnering"),
                            ("extended", "bericht over meer tijd"),
                            ("closing_soon", "bericht dat de ronde bijna sluit"),
                        ],
                        max_length=20,
                        verbose_name="bericht",
                    ),
                ),
                ("day", models.DateField(null=True, verbose_name="dag")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_mail",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "gepland bericht",
                "verbose_name_plural": "geplande berichten",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "kind"), name="a_kind_of_mail_has_one_day_in_a_round")
                ],
            },
        ),
    ]
