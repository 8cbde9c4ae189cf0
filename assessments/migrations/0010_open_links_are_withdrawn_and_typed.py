"""An open link can be withdrawn, and that of ouders has a code to type; rounds that are open get one."""

import secrets

from django.db import migrations, models

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def draw_codes(apps, schema_editor):
    for link in apps.get_model("assessments", "OpenLink").objects.filter(level="ouders", code=""):
        link.code = "".join(secrets.choice(SIGNS) for _ in range(8))
        link.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_a_conversation_and_how_long_a_list_is_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="openlink",
            name="code",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=8, verbose_name="code"
            ),
        ),
        migrations.AddField(
            model_name="openlink",
            name="is_withdrawn",
            field=models.BooleanField(db_default=False, default=False, verbose_name="ingetrokken"),
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
        migrations.RunPython(draw_codes, migrations.RunPython.noop),
    ]
