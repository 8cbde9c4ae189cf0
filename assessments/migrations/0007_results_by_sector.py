"""A round shows results of partners or of sectors; kinds of partners have a sector, and there are more of them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

SECTORS = {
    "onderwijs": ("school", "schoolbestuur", "samenwerkingsverband", "vo", "mbo", "kinderopvang"),
    "zorg": ("wijkteam", "jeugdhulp", "jgz", "veilig-thuis", "huisarts"),
    "gemeente": ("gemeente", "leerplicht"),
}
MORE = (
    ("vo", "school voor voortgezet onderwijs", 12),
    ("mbo", "school voor mbo", 14),
    ("kinderopvang", "kinderopvang", 32),
    ("veilig-thuis", "Veilig Thuis", 52),
    ("huisarts", "huisartsen", 62),
    ("leerplicht", "leerplicht", 72),
)


def add_kinds_and_sectors(apps, schema_editor):
    """Adds the kinds that a beheerder did not make already, and says of each usual one in which sector it is."""
    kinds = apps.get_model("assessments", "PartnerKind").objects
    for key, name, place in MORE:
        if not kinds.filter(Q(key=key) | Q(name__iexact=name)).exists():
            kinds.create(key=key, name=name, place=place)
    for sector, keys in SECTORS.items():
        kinds.filter(key__in=keys).update(sector=sector)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_people_change"),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "plaats in een sector",
                "verbose_name_plural": "plaatsen in sectoren",
            },
        ),
        migrations.AddField(
            model_name="partnerkind",
            name="sector",
            field=models.CharField(
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
        migrations.AddField(
            model_name="round",
            name="shown_by",
            field=models.CharField(
                choices=[("partner", "per partner"), ("sector", "per sector")],
                default="partner",
                max_length=20,
                verbose_name="uitkomsten",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("sector__in", ["onderwijs", "zorg", "gemeente", "overig"])),
                name="a_kind_is_of_a_known_sector",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("shown_by__in", ["partner", "sector"])), name="a_round_shows_partners_or_sectors"
            ),
        ),
        migrations.AddField(
            model_name="placeinsector",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="assessments.partner",
                verbose_name="partner",
            ),
        ),
        migrations.AddField(
            model_name="placeinsector",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places_in_sectors",
                to="assessments.round",
                verbose_name="ronde",
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
        migrations.RunPython(add_kinds_and_sectors, migrations.RunPython.noop),
    ]
