"""All tables of the app, as version 1.0.0 has them; `replaces` names what databases from before went through."""

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The kinds of partners that every installation begins with, with their sectors; a beheerder can add others.
USUAL = (
    ("school", "school", "onderwijs", 10),
    ("vo", "school voor voortgezet onderwijs", "onderwijs", 12),
    ("mbo", "school voor mbo", "onderwijs", 14),
    ("schoolbestuur", "schoolbestuur", "onderwijs", 20),
    ("samenwerkingsverband", "samenwerkingsverband passend onderwijs", "onderwijs", 30),
    ("kinderopvang", "kinderopvang", "onderwijs", 32),
    ("wijkteam", "wijkteam of buurtteam", "zorg", 40),
    ("jeugdhulp", "jeugdhulp", "zorg", 50),
    ("veilig-thuis", "Veilig Thuis", "zorg", 52),
    ("jgz", "jeugdgezondheidszorg", "zorg", 60),
    ("huisarts", "huisartsen", "zorg", 62),
    ("gemeente", "gemeente", "gemeente", 70),
    ("leerplicht", "leerplicht", "gemeente", 72),
    ("overig", "andere organisatie", "overig", 80),
)
# PostgreSQL keeps samples of each column to plan by, also after a row is gone: of what we erase it takes none. These are
# the columns that `assessments.anonymity.columns` calls wiped, and those of ours that it calls erased.
NO_SAMPLES = {
    "accounts_user": ["email", "name", "password"],
    "account_emailaddress": ["email"],
    "assessments_round": [
        "contact_email",
        "contact_name",
        "invitation_subject",
        "invitation_text",
        "name",
        "reminder_text",
    ],
    "assessments_network": ["description", "municipalities", "name"],
    "assessments_frozenresults": ["document", "facts"],
    "assessments_participantfile": ["columns", "content", "facts", "mended", "name", "partners", "reading", "rows"],
    "assessments_membership": ["name"],
    "assessments_jobtitlelevel": ["job_title", "simple_form"],
    "assessments_openanswer": ["text"],
    "assessments_participant": ["email", "job_title", "name"],
    "assessments_message": ["fault"],
    "assessments_partner": ["contact_email", "key", "local_kind", "name"],
    "assessments_reportfile": ["content"],
    "assessments_response": ["sealed"],
    "assessments_roundsecret": ["link_generation", "response_generation", "secret"],
    "assessments_improvement": ["remark", "what", "who"],
    "django_admin_log": ["change_message", "object_id", "object_repr"],
    "mfa_authenticator": ["data"],
    "auditlog_logentry": ["actor_email", "additional_data", "changes", "changes_text", "object_pk", "object_repr"],
    "django_session": ["session_data"],
    "assessments_reportlink": ["audience"],
    "assessments_meeting": ["place", "words"],
    "assessments_partnermessage": ["words"],
}
FIND_WHAT_A_NETWORK_DID = (
    "CREATE INDEX auditlog_entries_of_a_network"
    " ON auditlog_logentry ((additional_data -> 'network'), timestamp DESC) WHERE additional_data IS NOT NULL"
)


def add_usual_kinds(apps, schema_editor):
    kinds = apps.get_model("assessments", "PartnerKind")
    kinds.objects.bulk_create(
        kinds(key=key, name=name, sector=sector, place=place) for key, name, sector, place in USUAL
    )


def on_postgresql(*statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


def take_samples(number):
    return on_postgresql(
        *(
            f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STATISTICS {number}'
            for table, columns in NO_SAMPLES.items()
            for column in columns
        )
    )


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("assessments", "0001_networks_rounds_and_answers"),
        ("assessments", "0002_usual_kinds_of_partners"),
        ("assessments", "0003_no_samples_of_what_is_erased"),
        ("assessments", "0004_fingerprints_of_the_servers_secrets"),
        ("assessments", "0005_a_list_mends_itself"),
        ("assessments", "0006_people_change"),
        ("assessments", "0007_results_by_sector"),
        ("assessments", "0008_readers_by_link_and_nudges"),
        ("assessments", "0009_a_conversation_and_how_long_a_list_is_kept"),
        ("assessments", "0010_open_links_are_withdrawn_and_typed"),
        ("assessments", "0011_mail_has_a_timetable"),
        ("assessments", "0012_messages_to_partners"),
        ("assessments", "0013_rounds_take_part_in_research"),
        ("assessments", "0014_releases"),
        ("assessments", "0015_reference_of_other_networks"),
        ("assessments", "0016_a_bundle_is_kept_in_parts"),
        ("assessments", "0017_how_long_things_are_kept"),
        ("assessments", "0018_trail_of_a_network"),
    ]

    # The tables of packages whose columns are among NO_SAMPLES must be there.
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auditlog", "0017_add_actor_email"),
        ("factors", "0001_instrument_versions"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
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
                    "shown_by",
                    models.CharField(
                        choices=[("partner", "per partner"), ("sector", "per sector")],
                        default="partner",
                        max_length=20,
                        verbose_name="uitkomsten",
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
                    "in_research",
                    models.BooleanField(db_default=False, default=False, verbose_name="doet mee aan onderzoek"),
                ),
                ("invites_at", models.DateTimeField(blank=True, null=True, verbose_name="uitnodigen op")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gemaakt op"),
                ),
                (
                    "touched_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="bewerkt op",
                    ),
                ),
                ("opened_at", models.DateTimeField(editable=False, null=True, verbose_name="geopend op")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="gesloten op")),
                (
                    "left_research_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="stopte met onderzoek op"),
                ),
                ("reference", models.JSONField(default=dict, editable=False)),
                (
                    "addresses_erased_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="adressen gewist op"),
                ),
                (
                    "texts_until",
                    models.DateField(blank=True, null=True, verbose_name="open antwoorden bewaren tot en met"),
                ),
                (
                    "results_until",
                    models.DateField(blank=True, null=True, verbose_name="uitkomsten bewaren tot en met"),
                ),
                (
                    "texts_erased_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="open antwoorden gewist op"),
                ),
                (
                    "looked_back_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="gevraagd om terug te kijken op"),
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
            name="KnownSecret",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(editable=False, max_length=32)),
                ("since", models.DateField(default=datetime.date.today, editable=False)),
            ],
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
                    "school_region",
                    models.CharField(
                        blank=True,
                        choices=[("Noord", "Noord"), ("Midden", "Midden"), ("Zuid", "Zuid")],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="regio van de schoolvakanties",
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
                    "keeps_open_answers",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="maanden dat open antwoorden blijven"
                    ),
                ),
                (
                    "keeps_reports",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="maanden dat uitkomsten blijven"
                    ),
                ),
                (
                    "keeps_audit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="maanden dat het logboek blijft"
                    ),
                ),
                (
                    "keeps_empty",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="maanden dat het netwerk zonder rondes blijft"
                    ),
                ),
                (
                    "keeps_lists",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(30, 30), (90, 90), (180, 180)],
                        null=True,
                        verbose_name="dagen dat een lijst blijft waar niemand aan werkt",
                    ),
                ),
                (
                    "touched_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="bewerkt op",
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
                ("content", models.BinaryField(default=b"")),
                ("reading", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("rows", models.JSONField()),
                ("columns", models.JSONField(default=dict)),
                ("header", models.IntegerField(default=0)),
                ("partners", models.JSONField(default=dict)),
                ("mended", models.JSONField(default=dict)),
                ("read_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "deelnemersbestand",
                "verbose_name_plural": "deelnemersbestanden",
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("is_constructed", models.BooleanField(default=False, verbose_name="voorbeeld")),
                ("made_up_for", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "lichting",
                "verbose_name_plural": "lichtingen",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "is_constructed"), name="an_intake_has_a_number_of_its_own"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.UUIDField(editable=False, verbose_name="netwerk")),
                ("place", models.PositiveSmallIntegerField(editable=False, verbose_name="hoeveelste van het netwerk")),
                ("traits", models.JSONField(default=dict, editable=False)),
                (
                    "round",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entry",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="assessments.intake",
                        verbose_name="lichting",
                    ),
                ),
            ],
            options={
                "verbose_name": "ronde in een lichting",
                "verbose_name_plural": "rondes in lichtingen",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="dag")),
                ("begins", models.TimeField(verbose_name="begint om")),
                ("ends", models.TimeField(verbose_name="eindigt om")),
                ("place", models.CharField(max_length=200, verbose_name="plaats")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="tekst van de uitnodiging")),
                ("sequence", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gewijzigd op"
                    ),
                ),
                ("is_cancelled", models.BooleanField(default=False, editable=False, verbose_name="afgezegd")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meeting",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
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
                ("name", models.CharField(blank=True, max_length=200, verbose_name="naam")),
                (
                    "opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="voor het eerst geopend op"),
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
                ("name", models.CharField(blank=True, max_length=100, verbose_name="naam")),
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
                ("version", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="versie")),
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
                    "code",
                    models.CharField(
                        blank=True, db_default="", default="", editable=False, max_length=8, verbose_name="code"
                    ),
                ),
                ("is_withdrawn", models.BooleanField(db_default=False, default=False, verbose_name="ingetrokken")),
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
                    "sector",
                    models.CharField(
                        choices=[
                            ("onderwijs", "onderwijs"),
                            ("zorg", "jeugdhulp en zorg"),
                            ("gemeente", "gemeente"),
                            ("overig", "overig"),
                        ],
                        default="overig",
                        help_text="Een ronde die al open is, houdt de sector van toen.",
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
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
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sector__in", ["onderwijs", "zorg", "gemeente", "overig"])),
                        name="a_kind_is_of_a_known_sector",
                    ),
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
            name="PartnerMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="eigen tekst")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="assessments.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_messages",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht aan een partner",
                "verbose_name_plural": "berichten aan partners",
            },
        ),
        migrations.CreateModel(
            name="PlaceInSector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("onderwijs", "onderwijs"),
                            ("zorg", "jeugdhulp en zorg"),
                            ("gemeente", "gemeente"),
                            ("overig", "overig"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.partner",
                        verbose_name="partner",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places_in_sectors",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "plaats in een sector",
                "verbose_name_plural": "plaatsen in sectoren",
            },
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
            },
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
        migrations.CreateModel(
            name="Release",
            fields=[
                ("number", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="nummer")),
                ("is_constructed", models.BooleanField(default=False, verbose_name="voorbeeld")),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gemaakt op"),
                ),
                ("networks", models.PositiveIntegerField(verbose_name="netwerken")),
                ("tables", models.JSONField(default=dict, editable=False)),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="grootte")),
                ("checksum", models.CharField(blank=True, editable=False, max_length=64, verbose_name="controlegetal")),
                (
                    "entries",
                    models.ManyToManyField(related_name="releases", to="assessments.entry", verbose_name="rondes"),
                ),
            ],
            options={
                "verbose_name": "uitgave",
                "verbose_name_plural": "uitgaven",
                "ordering": ["-made_at"],
            },
        ),
        migrations.CreateModel(
            name="BundlePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="plaats")),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="assessments.release",
                        verbose_name="uitgave",
                    ),
                ),
            ],
            options={
                "verbose_name": "deel van een uitgave",
                "verbose_name_plural": "delen van een uitgave",
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
            name="ReportLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=120, verbose_name="rapport")),
                ("audience", models.CharField(max_length=60, verbose_name="voor wie")),
                (
                    "made_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="gemaakt op"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="werkt tot en met")),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="laatst gebruikt op")),
                (
                    "days_used",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="gebruikt op zo veel dagen"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_links",
                        to="assessments.round",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "leeslink",
                "verbose_name_plural": "leeslinks",
                "ordering": ["-ends_on", "id"],
            },
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
                ("nudged_for", models.DateField(editable=False, null=True)),
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
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("network", "place"), name="a_network_has_one_round_in_each_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("intake", "network"), name="a_network_is_in_an_intake_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("begins"))), name="a_meeting_ends_after_it_begins"
            ),
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
                condition=models.Q(("shown_by__in", ["partner", "sector"])), name="a_round_shows_partners_or_sectors"
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
                condition=models.Q(("left_research_at__isnull", True), ("in_research", True), _connector="OR"),
                name="only_a_round_in_research_leaves_it",
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
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",), name="a_code_leads_to_one_open_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="openlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), ("level", "ouders"), _connector="OR"),
                name="only_the_open_link_of_ouders_has_a_code",
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
            model_name="partnermessage",
            constraint=models.UniqueConstraint(
                fields=("round", "partner"), name="a_partner_has_one_message_in_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="placeinsector",
            constraint=models.UniqueConstraint(
                fields=("round", "partner"), name="a_partner_is_in_one_sector_of_a_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="placeinsector",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__in", ["onderwijs", "zorg", "gemeente", "overig"])),
                name="a_place_is_in_a_known_sector",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedmail",
            constraint=models.UniqueConstraint(fields=("round", "kind"), name="a_kind_of_mail_has_one_day_in_a_round"),
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
            model_name="bundlepart",
            constraint=models.UniqueConstraint(fields=("release", "place"), name="a_bundle_has_one_part_in_each_place"),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                fields=("round", "subject", "media_type"), name="a_report_is_kept_once_for_each_subject_and_format"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience", ""), _negated=True), name="a_report_link_says_for_whom"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("made_on"))), name="a_report_link_ends_after_it_began"
            ),
        ),
        migrations.RunPython(add_usual_kinds, migrations.RunPython.noop),
        migrations.RunPython(take_samples(0), take_samples(-1)),
        migrations.RunPython(
            on_postgresql(FIND_WHAT_A_NETWORK_DID), on_postgresql("DROP INDEX auditlog_entries_of_a_network")
        ),
    ]
