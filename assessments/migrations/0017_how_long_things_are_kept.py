"""Networks choose how long things are kept; what will go is told, and what went leaves a receipt."""

import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

# PostgreSQL takes no samples of what is erased now and was kept for ever: see 0003.
COLUMNS = {
    "accounts_user": ["email", "name", "password"],
    "account_emailaddress": ["email"],
    "mfa_authenticator": ["data"],
    "django_admin_log": ["object_id", "object_repr", "change_message"],
    "auditlog_logentry": [
        "object_pk",
        "object_repr",
        "changes",
        "changes_text",
        "additional_data",
        "actor_email",
    ],
}


def take_samples(number):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for table, columns in COLUMNS.items():
                for column in columns:
                    schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS {number}')

    return alter


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0006_tokens_of_the_api"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("assessments", "0016_a_bundle_is_kept_in_parts"),
        ("auditlog", "0017_add_actor_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AddField(
            model_name="network",
            name="keeps_audit",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="maanden dat het logboek blijft"
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="keeps_empty",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="maanden dat het netwerk zonder rondes blijft"
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="keeps_lists",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(30, 30), (90, 90), (180, 180)],
                null=True,
                verbose_name="dagen dat een lijst blijft waar niemand aan werkt",
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="keeps_open_answers",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="maanden dat open antwoorden blijven"
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="keeps_reports",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="maanden dat uitkomsten blijven"
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="touched_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="bewerkt op",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="results_until",
            field=models.DateField(blank=True, null=True, verbose_name="uitkomsten bewaren tot en met"),
        ),
        migrations.AddField(
            model_name="round",
            name="texts_erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="open antwoorden gewist op"),
        ),
        migrations.AddField(
            model_name="round",
            name="texts_until",
            field=models.DateField(blank=True, null=True, verbose_name="open antwoorden bewaren tot en met"),
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("texts", "open antwoorden"),
                            ("results", "uitkomsten en rapporten"),
                            ("network", "netwerk zonder rondes"),
                            ("account", "account"),
                        ],
                        max_length=20,
                        verbose_name="wat",
                    ),
                ),
                ("about", models.CharField(max_length=36, verbose_name="waarvan")),
                ("told_on", models.DateField(verbose_name="verteld op")),
            ],
            options={
                "verbose_name": "aankondiging",
                "verbose_name_plural": "aankondigingen",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "about"), name="what_will_be_erased_is_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["texts", "results", "network", "account"])),
                        name="what_is_told_of_is_of_a_known_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("secret", "geheim waarmee antwoorden van een ronde opengaan"),
                            ("addresses", "adressen, namen en functies van deelnemers"),
                            ("list", "deelnemers, met hun adres"),
                            ("texts", "open antwoorden"),
                            ("round", "rondes met uitkomsten"),
                            ("pdf", "bewaarde PDF’s"),
                            ("agreed", "verbeteracties"),
                            ("audit", "regels in het logboek"),
                            ("network", "netwerken"),
                            ("partner", "partners"),
                            ("access", "toegang van collega’s"),
                            ("account", "accounts die niemand gebruikte"),
                        ],
                        max_length=20,
                        verbose_name="wat",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="aantal")),
                ("network", models.UUIDField(db_index=True, null=True, verbose_name="nummer van het netwerk")),
                ("rule", models.CharField(max_length=200, verbose_name="volgens welke regel")),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gewist op")),
                ("wiped_at", models.DateTimeField(null=True, verbose_name="uit de tabellen en hun bestanden sinds")),
                ("log_wiped_at", models.DateTimeField(null=True, verbose_name="uit het logboek van de database sinds")),
            ],
            options={
                "verbose_name": "bewijs van wissen",
                "verbose_name_plural": "bewijzen van wissen",
                "ordering": ["-done_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("log_wiped_at", None), ("wiped_at__isnull", False), _connector="OR"),
                        name="a_log_is_clean_after_the_tables",
                    )
                ],
            },
        ),
        migrations.RunPython(take_samples(0), take_samples(-1)),
    ]
