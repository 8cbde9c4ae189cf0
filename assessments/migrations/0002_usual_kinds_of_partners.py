"""The kinds of partners that every installation begins with; a beheerder can add others."""

from django.db import migrations

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


def add_usual_kinds(apps, schema_editor):
    PartnerKind = apps.get_model("assessments", "PartnerKind")
    PartnerKind.objects.bulk_create(
        PartnerKind(key=key, name=name, place=place * 10) for place, (key, name) in enumerate(USUAL, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_networks_rounds_and_answers")]

    operations = [migrations.RunPython(add_usual_kinds, migrations.RunPython.noop)]
