"""Names are kept beside the results; rounds that were closed before keep the names of today."""

from django.db import migrations, models


def keep_names(apps, schema_editor):
    for frozen in apps.get_model("assessments", "FrozenResults").objects.select_related("round__network"):
        round = frozen.round
        frozen.facts = {
            "network": round.network.name,
            "municipalities": round.network.municipalities,
            "round": round.name,
            "partners": list(round.network.partners.order_by("key").values("key", "name", "kind")),
        }
        frozen.save(update_fields=["facts"])


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_a_contact_of_a_partner"),
    ]

    operations = [
        migrations.AddField(model_name="frozenresults", name="facts", field=models.JSONField(default=dict)),
        migrations.RunPython(keep_names, migrations.RunPython.noop, elidable=True),
    ]
