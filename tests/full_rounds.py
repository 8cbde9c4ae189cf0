"""A round in each state holds here all that it can, and what is left of it is counted."""

from django.apps import apps
from django.utils import timezone

from assessments.actions.imports import keep_file
from assessments.actions.improvements import add_improvement
from assessments.actions.open_links import open_to_ouders, open_to_team
from assessments.actions.partner_messages import tell_partners
from assessments.actions.report_links import make_report_link
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.actions.timetable import plan_mail
from assessments.models import DailyCount, Partner, ReportFile, State
from tests.cast import build_cast

THROWN_AWAY = [State.CONCEPT, State.OPEN, State.CLOSED]


def brought_to(state):
    """A round with all that it can hold in this state."""
    cast = build_cast(is_open=state != State.CONCEPT, kinds={"school": "school"})
    open_to_ouders(round_id=cast.round.pk)
    open_to_team(round_id=cast.round.pk, partner_id=cast.partners["school"].pk, level="bestuur", cap=3)
    plan_mail(round_id=cast.round.pk, kind="reminder_1", day=None)
    keep_file(round_id=cast.round.pk, name="lijst.csv", content=b"e-mail;partner;niveau\na@b.nl;School;bestuur")
    if state != State.CONCEPT:
        for participant in cast.participants():
            cast.answer(participant, texts={"open_slot": "Meer tijd voor overleg."})
        Partner.objects.filter(key="school").update(contact_email="contact@example.org")
        tell_partners(round_id=cast.round.pk, partner_ids=[cast.partners["school"].pk], words="Doe mee.")
        DailyCount.objects.get_or_create(round=cast.round, day=timezone.localdate(), defaults={"submitted": 10})
    if state not in (State.CONCEPT, State.OPEN):
        close_round(round_id=cast.round.pk)
        add_improvement(round_id=cast.round.pk, fields={"what": "Vaker bellen"})
        ReportFile.objects.create(round=cast.round, subject="netwerk", made_from="x", content=b"%PDF")
    if state in (State.PUBLISHED, State.ARCHIVED):
        publish_round(round_id=cast.round.pk, readers=["meelezers"])
        today = timezone.localdate()
        make_report_link(round_id=cast.round.pk, subject="netwerk", audience="de raad", ends_on=today)
    if state == State.ARCHIVED:
        archive_round(round_id=cast.round.pk)
    cast.round.refresh_from_db()
    return cast


def rows():
    """How many rows there are of everything but what stays: the network and its own, what to wipe, and receipts."""
    stays = {"network", "membership", "partner", "partnerkind", "duration", "erasure", "receipt"}
    models = [model for model in apps.get_app_config("assessments").get_models() if model._meta.model_name not in stays]
    return {model._meta.model_name: count for model in models if (count := model.objects.count())}
