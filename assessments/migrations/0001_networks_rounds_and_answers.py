"""Networks, rounds, participants, answers, and what follows from them: all tables of the app."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("factors", "0001_instrument_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("before", models.BigIntegerField(null=True)),
                ("erased_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("concept", "concept"),
                            ("open", "open"),
                            ("gesloten", "gesloten"),
                            ("gepubliceerd", "gepubliceerd"),
                            ("gearchiveerd", "gearchiveerd"),
                        ],
                        default="concept",
                        max_length=20,
                        verbose_name="staat",
                    ),
                ),
                (
                    "minimum",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Van een groep met minder antwoorden ziet niemand een score. Ligt vast zodra de ronde opent.",
                        verbose_name="kleinste groep",
                    ),
                ),
                (
                    "closes_on",
                    models.DateField(
                        blank=True, help_text="De laatste dag om in te vullen.", null=True, verbose_name="sluit op"
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=100, verbose_name="afzender")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="antwoordadres")),
                (
                    "invitation_subject",
                    models.CharField(blank=True, max_length=120, verbose_name="onderwerp van de uitnodiging"),
                ),
                (
                    "invitation_text",
                    models.TextField(blank=True, max_length=4000, verbose_name="tekst van de uitnodiging"),
                ),
                (
                    "reminder_text",
                    models.TextField(blank=True, max_length=4000, verbose_name="tekst van de herinnering"),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=2, verbose_name="aantal herinneringen")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gemaakt op"),
                ),
                ("opened_at", models.DateTimeField(editable=False, null=True, verbose_name="geopend op")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="gesloten op")),
                (
                    "addresses_erased_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="adressen gewist op"),
                ),
                (
                    "instrument_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="factors.instrumentversion",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="next_rounds",
                        to="assessments.round",
                        verbose_name="vorige ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "ronde",
                "verbose_name_plural": "rondes",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                ("municipalities", models.CharField(blank=True, max_length=300, verbose_name="gemeente(n)")),
                ("description", models.TextField(blank=True, verbose_name="omschrijving")),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        choices=[("wijk", "een wijk of dorp"), ("gemeente", "een gemeente"), ("regio", "een regio")],
                        max_length=20,
                        verbose_name="omvang",
                    ),
                ),
                (
                    "inhabitants",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tot_20000", "minder dan 20.000"),
                            ("tot_50000", "20.000 tot 50.000"),
                            ("tot_100000", "50.000 tot 100.000"),
                            ("tot_250000", "100.000 tot 250.000"),
                            ("vanaf_250000", "250.000 of meer"),
                        ],
                        max_length=20,
                        verbose_name="aantal inwoners",
                    ),
                ),
                (
                    "team_target_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("jeugd", "jeugd en gezin"),
                            ("iedereen", "alle leeftijden"),
                            ("geen", "er is geen wijkteam"),
                        ],
                        max_length=20,
                        verbose_name="voor wie het wijkteam werkt",
                    ),
                ),
                (
                    "has_jgz_in_team",
                    models.BooleanField(blank=True, null=True, verbose_name="jeugdgezondheidszorg in het wijkteam"),
                ),
                (
                    "collaboration_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vinden", "partners vinden elkaar als dat nodig is"),
                            ("op_school", "jeugdhulp wordt op school gegeven"),
                            ("samen", "onderwijs en jeugdhulp werken als één organisatie"),
                        ],
                        max_length=20,
                        verbose_name="vorm van samenwerking",
                    ),
                ),
                (
                    "is_constructed",
                    models.BooleanField(
                        default=False,
                        help_text="De antwoorden in dit netwerk zijn bedacht, niet verzameld. Elke pagina en elk rapport zegt dat.",
                        verbose_name="voorbeeld",
                    ),
                ),
                (
                    "is_shared_for_research",
                    models.BooleanField(
                        default=False,
                        help_text="Onderzoekers die een beheerder aanwees, lezen wat voor onderzoekers is gepubliceerd.",
                        verbose_name="gedeeld voor onderzoek",
                    ),
                ),
            ],
            options={
                "verbose_name": "netwerk",
                "verbose_name_plural": "netwerken",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FrozenResults",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="frozen",
                        serialize=False,
                        to="assessments.round",
                    ),
                ),
                ("document", models.JSONField()),
                ("facts", models.JSONField(default=dict)),
                ("checksum", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "resultaat",
                "verbose_name_plural": "resultaten",
            },
        ),
        migrations.CreateModel(
            name="ParticipantFile",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="participant_file",
                        serialize=False,
                        to="assessments.round",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("rows", models.JSONField()),
                ("columns", models.JSONField(default=dict)),
                ("header", models.PositiveIntegerField(default=0)),
                ("partners", models.JSONField(default=dict)),
                ("read_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "deelnemersbestand",
                "verbose_name_plural": "deelnemersbestanden",
            },
        ),
        migrations.AddField(
            model_name="round",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rounds",
                to="assessments.network",
                verbose_name="netwerk",
            ),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("coordinator", "coördinator"), ("reader", "meelezer"), ("researcher", "onderzoeker")],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="assessments.network",
                        verbose_name="netwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "lidmaatschap",
                "verbose_name_plural": "lidmaatschappen",
            },
        ),
        migrations.CreateModel(
            name="JobTitleLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_title", models.CharField(max_length=100, verbose_name="functie")),
                ("simple_form", models.CharField(editable=False, max_length=400)),
                (
                    "level",
                    models.CharField(
                        choices=[("uitvoerend", "uitvoerend"), ("management", "management"), ("bestuur", "bestuur")],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="job_title_levels",
                        to="assessments.network",
                        verbose_name="netwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "niveau van een functie",
                "verbose_name_plural": "niveaus van functies",
                "ordering": ["simple_form"],
            },
        ),
        migrations.CreateModel(
            name="OpenAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=60)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("uitvoerend", "uitvoerend"),
                            ("management", "management"),
                            ("bestuur", "bestuur"),
                            ("ouders", "ouders en jongeren"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(verbose_name="tekst")),
                ("is_cleared", models.BooleanField(default=False, verbose_name="nagekeken")),
                ("is_left_out", models.BooleanField(default=False, verbose_name="weggelaten")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_answers", to="assessments.round"
                    ),
                ),
            ],
            options={
                "ordering": ["question", "id"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[("uitvoerend", "uitvoerend"), ("management", "management"), ("bestuur", "bestuur")],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=100, verbose_name="functie")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                ("has_opted_out", models.BooleanField(default=False, verbose_name="doet niet mee")),
                ("no_reminders", models.BooleanField(default=False, verbose_name="wil geen herinneringen")),
                ("is_wrong_person", models.BooleanField(default=False, verbose_name="verkeerde persoon")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelnemer",
                "verbose_name_plural": "deelnemers",
                "ordering": ["partner__name", "level", "email", "id"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "uitnodiging"),
                            ("reminder_1", "eerste herinnering"),
                            ("reminder_2", "tweede herinnering"),
                            ("reminder_3", "derde herinnering"),
                            ("closing_soon", "bericht dat de ronde bijna sluit"),
                            ("result", "bericht over de uitkomsten"),
                        ],
                        max_length=20,
                        verbose_name="bericht",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "in de wachtrij"),
                            ("sent", "verstuurd"),
                            ("refused", "geweigerd"),
                            ("bounced", "niet aangekomen"),
                        ],
                        default="queued",
                        max_length=20,
                        verbose_name="staat",
                    ),
                ),
                ("queued_at", models.DateTimeField(auto_now_add=True, verbose_name="klaargezet op")),
                ("claimed_at", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="verstuurd op")),
                ("fault", models.CharField(blank=True, max_length=60, verbose_name="fout")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="assessments.participant",
                        verbose_name="deelnemer",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "ordering": ["queued_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        help_text="Kort, zonder spaties; zo heet de partner in gegevensbestanden.",
                        max_length=60,
                        verbose_name="sleutel",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "local_kind",
                    models.CharField(
                        blank=True,
                        help_text="Wat hier een buurtteam is, heet elders een jeugdteam. Laat u dit leeg, dan gebruiken wij de naam van de soort.",
                        max_length=60,
                        verbose_name="naam van deze soort bij u",
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        help_text="Hierheen kunt u een bericht sturen over de respons van deze partner. Het bericht noemt geen aantallen.",
                        max_length=254,
                        verbose_name="e-mailadres van de contactpersoon",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="assessments.network",
                        verbose_name="netwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participants",
                to="assessments.partner",
                verbose_name="partner",
            ),
        ),
        migrations.CreateModel(
            name="OpenLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("uitvoerend", "uitvoerend"),
                            ("management", "management"),
                            ("bestuur", "bestuur"),
                            ("ouders", "ouders en jongeren"),
                        ],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "cap",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Zo veel mensen kunnen deze link hoogstens gebruiken.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="hoogste aantal",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_links",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.partner",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "open link",
                "verbose_name_plural": "open links",
                "ordering": ["level", "partner__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="PartnerKind",
            fields=[
                (
                    "key",
                    models.SlugField(
                        help_text="Kort, zonder spaties. Zo heet de soort in gegevensbestanden en rapporten; dat blijft zo.",
                        max_length=30,
                        primary_key=True,
                        serialize=False,
                        verbose_name="sleutel",
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="naam")),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=75, help_text="De laagste staat bovenaan.", verbose_name="plaats in de lijst"
                    ),
                ),
            ],
            options={
                "verbose_name": "soort partner",
                "verbose_name_plural": "soorten partners",
                "ordering": ["place", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="a_kind_of_partner_has_a_key"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="partner",
            name="kind",
            field=models.ForeignKey(
                default="overig",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partners",
                to="assessments.partnerkind",
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readers",
                    models.CharField(
                        choices=[
                            ("deelnemers", "deelnemers"),
                            ("meelezers", "meelezers"),
                            ("onderzoekers", "onderzoekers"),
                        ],
                        max_length=20,
                        verbose_name="voor wie",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gepubliceerd op"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "publicatie",
                "verbose_name_plural": "publicaties",
                "ordering": ["published_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=100)),
                ("media_type", models.CharField(default="application/pdf", max_length=100)),
                ("made_from", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report_files", to="assessments.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_submitted", models.BooleanField(default=False)),
                ("sealed", models.BinaryField()),
                (
                    "open_link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="responses",
                        to="assessments.openlink",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="responses", to="assessments.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_ouders", models.BooleanField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                (
                    "instrument_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="factors.instrumentversion"
                    ),
                ),
            ],
            options={
                "ordering": ["minutes"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument_version", "by_ouders", "minutes"),
                        name="a_duration_is_counted_once_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 60))),
                        name="a_duration_is_between_a_minute_and_an_hour",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundSecret",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="kept_secret",
                        serialize=False,
                        to="assessments.round",
                    ),
                ),
                ("secret", models.BinaryField()),
                ("response_generation", models.CharField(editable=False, max_length=32)),
                ("link_generation", models.CharField(editable=False, max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("secret", b""), _negated=True), name="a_round_secret_is_not_empty"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("submitted", models.PositiveIntegerField(default=0)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="daily_counts", to="assessments.round"
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [models.UniqueConstraint(fields=("round", "day"), name="a_day_is_counted_once_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300, verbose_name="wat")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="wie")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="klaar op")),
                ("factor", models.CharField(blank=True, max_length=60, verbose_name="factor")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gedaan", "gedaan"),
                            ("loopt", "loopt nog"),
                            ("anders", "anders gedaan dan afgesproken"),
                            ("niet", "niet gedaan"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="improvements",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "verbeteractie",
                "verbose_name_plural": "verbeteracties",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="an_improvement_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["gedaan", "loopt", "anders", "niet", ""])),
                        name="an_outcome_is_known_or_not_told_yet",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__gte", 3)), name="a_minimum_group_is_at_least_three"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminders__lte", 3)), name="a_participant_is_reminded_three_times_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["concept", "open", "gesloten", "gepubliceerd", "gearchiveerd"])),
                name="a_state_is_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True), ("closes_on__isnull", False), _connector="OR"
                ),
                name="an_open_round_has_a_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("network",),
                name="a_network_has_one_open_round_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "concept"), ("opened_at__isnull", False), _connector="OR"),
                name="a_round_past_concept_was_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("previous__isnull", True), models.Q(("previous", models.F("id")), _negated=True), _connector="OR"
                ),
                name="a_round_does_not_follow_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("network", "user"), name="a_user_has_one_role_in_a_network"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["coordinator", "reader", "researcher"])), name="a_role_is_a_known_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="jobtitlelevel",
            constraint=models.UniqueConstraint(
                fields=("network", "simple_form"), name="a_job_title_has_one_level_in_a_network"
            ),
        ),
        migrations.AddConstraint(
            model_name="jobtitlelevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["uitvoerend", "management", "bestuur"])),
                name="a_job_title_is_at_a_known_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="jobtitlelevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("simple_form", ""), _negated=True), name="a_job_title_has_letters"
            ),
        ),
        migrations.AddConstraint(
            model_name="openanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_cleared", True), ("is_left_out", True), _negated=True),
                name="an_answer_that_was_left_out_is_not_cleared",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state", "claimed_at"], name="messages_to_send"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("participant", "kind"), name="a_participant_gets_each_message_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                ),
                name="a_sent_message_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["round", "level"], name="people_of_a_level"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("round", "email"),
                name="an_address_is_invited_once_a_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["uitvoerend", "management", "bestuur"])),
                name="a_participant_is_at_a_known_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.UniqueConstraint(
                fields=("round", "partner", "level"), name="a_group_has_one_open_link_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("level", "ouders")), fields=("round",), name="ouders_have_one_open_link_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["uitvoerend", "management", "bestuur", "ouders"])),
                name="an_open_link_is_for_a_known_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "ouders"), ("partner__isnull", True)),
                    models.Q(models.Q(("level", "ouders"), _negated=True), ("partner__isnull", False)),
                    _connector="OR",
                ),
                name="only_the_open_link_of_ouders_has_no_partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("cap__gte", 1)), name="an_open_link_lets_somebody_in"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=("network", "key"), name="a_partner_key_is_unique_in_its_network"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="a_partner_has_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("round", "readers"), name="a_round_is_published_once_to_each_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("readers__in", ["deelnemers", "meelezers", "onderzoekers"])),
                name="a_group_of_readers_is_a_known_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                fields=("round", "subject", "media_type"), name="a_report_is_kept_once_for_each_subject_and_format"
            ),
        ),
    ]
