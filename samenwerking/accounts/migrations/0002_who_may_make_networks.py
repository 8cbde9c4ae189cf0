"""Makes it a right to make networks; whoever runs one keeps what they could do."""

from django.db import migrations, models


def coordinators_keep_it(apps, schema_editor):
    memberships = apps.get_model("assessments", "Membership").objects.filter(role="coordinator")
    users = apps.get_model("accounts", "User").objects
    users.filter(pk__in=memberships.values("user")).update(may_make_networks=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users"),
        ("assessments", "0001_networks_rounds_and_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="may_make_networks",
            field=models.BooleanField(
                default=False,
                help_text="Mag netwerken maken, en daarin mail sturen namens deze site. Een supergebruiker mag dat altijd.",
                verbose_name="maakt netwerken",
            ),
        ),
        migrations.RunPython(coordinators_keep_it, migrations.RunPython.noop),
    ]
