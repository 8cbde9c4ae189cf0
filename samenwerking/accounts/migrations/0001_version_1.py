"""All tables of accounts, as version 1.0.0 has them; `replaces` names what databases from before went through."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_users"),
        ("accounts", "0002_who_may_make_networks"),
        ("accounts", "0003_owners_change_their_address"),
        ("accounts", "0004_tries_to_sign_in"),
        ("accounts", "0005_what_an_onderzoeker_may"),
        ("accounts", "0006_tokens_of_the_api"),
        ("accounts", "0007_domains_without_passwords"),
        ("accounts", "0009_what_a_functioneel_beheerder_may"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="TryCount",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mailadres")),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Zet dit uit in plaats van een account te verwijderen.",
                        verbose_name="actief",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Mag in het beheergedeelte accounts, rollen, soorten partners en uitgaven beheren.",
                        verbose_name="functioneel beheerder",
                    ),
                ),
                (
                    "is_researcher",
                    models.BooleanField(
                        default=False,
                        help_text="Mag alle rondes lezen die meedoen aan onderzoek, en de uitgaven.",
                        verbose_name="onderzoeker",
                    ),
                ),
                (
                    "may_make_networks",
                    models.BooleanField(
                        default=False,
                        help_text="Mag netwerken maken, en daarin mail sturen namens deze site. Een supergebruiker mag dat altijd.",
                        verbose_name="maakt netwerken",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="sinds"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebruiker",
                "verbose_name_plural": "gebruikers",
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("former", models.EmailField(max_length=254, verbose_name="vorig adres")),
                ("wanted", models.EmailField(max_length=254, verbose_name="nieuw adres")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gevraagd")),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="gewijzigd")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "ander adres",
                "verbose_name_plural": "andere adressen",
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                (
                    "reads",
                    models.CharField(
                        choices=[
                            ("uitgaven", "het instrument en de uitgaven"),
                            ("rondes", "ook de rondes waarvan ik de cijfers mag ophalen"),
                        ],
                        max_length=20,
                        verbose_name="leest",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True, verbose_name="afdruk")),
                (
                    "made_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="gemaakt op"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="werkt tot en met")),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="laatst gebruikt op")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "API-sleutel",
                "verbose_name_plural": "API-sleutels",
                "ordering": ["-ends_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClosedDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        help_text="Wat achter het @-teken staat, bijvoorbeeld voorbeeld.nl.",
                        max_length=253,
                        unique=True,
                        verbose_name="domein",
                    ),
                ),
                ("provider", models.CharField(max_length=20, verbose_name="logt in bij")),
                (
                    "closed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gesloten op"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gesloten door",
                    ),
                ),
            ],
            options={
                "verbose_name": "domein zonder wachtwoorden",
                "verbose_name_plural": "domeinen zonder wachtwoorden",
                "ordering": ["domain"],
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="email_address_is_in_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="an_api_token_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("reads__in", ["uitgaven", "rondes"])), name="an_api_token_reads_what_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="apitoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("made_on"))), name="an_api_token_ends_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="closeddomain",
            constraint=models.CheckConstraint(
                condition=models.Q(("domain", django.db.models.functions.text.Lower("domain"))),
                name="closed_domain_is_in_lower_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="closeddomain",
            constraint=models.CheckConstraint(
                condition=models.Q(("provider", ""), _negated=True), name="a_closed_domain_has_a_provider"
            ),
        ),
    ]
