"""Kinds of partners become rows, so that a beheerder can add one; every partner keeps the kind that it has."""

import django.db.models.deletion
from django.db import migrations, models

USUAL = (
    ("school", "school"),
    ("schoolbestuur", "schoolbestuur"),
    ("samenwerkingsverband", "samenwerkingsverband passend onderwijs"),
    ("wijkteam", "wijkteam of buurtteam"),
    ("jeugdhulp", "jeugdhulp"),
    ("jgz", "jeugdgezondheidszorg"),
    ("gemeente", "gemeente"),
    ("overig", "andere organisatie"),
)


def fill(apps, schema_editor):
    """The kinds that there were, and whatever else a partner has."""
    PartnerKind = apps.get_model("assessments", "PartnerKind")
    used = apps.get_model("assessments", "Partner").objects.order_by().values_list("kind", flat=True).distinct()
    names = dict(USUAL) | {key: key for key in used if key not in dict(USUAL)}
    PartnerKind.objects.bulk_create(
        PartnerKind(key=key, name=name, place=place * 10) for place, (key, name) in enumerate(names.items(), start=1)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0008_answers_are_shown_in_the_browser_that_gave_them"),
    ]

    operations = [
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
                    models.CheckConstraint(condition=~models.Q(key=""), name="a_kind_of_partner_has_a_key")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
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
    ]
