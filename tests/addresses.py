"""Makes the URL of any page of the site for a cast: what is in its address is that of the cast's network and round."""

from django.urls import get_resolver, reverse
from django.utils import timezone

from assessments.anonymity.keys import link_token
from assessments.models import Improvement, JobTitleLevel, Meeting, Message, MessageKind, OpenLink, Release, ReportLink
from assessments.national import stored
from samenwerking.accounts.models import ApiToken, Reads

# Addresses that answer to nothing but POST.
ONLY_WRITES = set(
    "begin start_over save rejoin colleague_invite_again participants_add participants_undo participant_invite_again"
    " participant_ask mail_try_again message_bounced mail_arrived reports_make network_keep network_file".split()
)
RELEASE = {"networks": 6, "tables": stored.to_json([])}
API_TOKEN = {"name": "x", "reads": Reads.ROUNDS, "digest": "x"}


def arguments(cast):
    """Returns a value for each argument that an address takes; makes the rows of which the cast has none."""
    person = cast.participants()[0]
    Meeting.objects.create(round=cast.round, day="2027-01-12", begins="14:00", ends="15:30", place="x")
    sent = Message.objects.filter(participant__round=cast.round).first()
    report_link = ReportLink.objects.create(
        round=cast.round, subject="netwerk", audience="raad", ends_on=timezone.localdate()
    )
    return {
        "network_id": cast.network.pk,
        "round_id": cast.round.pk,
        "partner_id": cast.partners["school"].pk,
        "membership_id": cast.network.memberships.get(user=cast.reader).pk,
        "job_title_id": JobTitleLevel.objects.create(
            network=cast.network, job_title="x", simple_form="x", level="bestuur"
        ).pk,
        "participant_id": person.pk,
        "message_id": (sent or Message.objects.create(participant=person, kind=MessageKind.INVITATION)).pk,
        "improvement_id": Improvement.objects.create(round=cast.round, what="x").pk,
        "link_id": OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend").pk,
        "token": link_token(person.pk),
        "report_link_id": report_link.pk,
        "report_token": link_token(report_link.pk),
        "number": Release.objects.get_or_create(number="2027-04", defaults=RELEASE)[0].pk,
        "subject": "netwerk",
        "kind": MessageKind.REMINDER_1,
        "step": "planning",
        "version": cast.round.instrument_version_id,
        "api_token_id": ApiToken.objects.create(user=cast.reader, ends_on=timezone.localdate(), **API_TOKEN).pk,
    }


def takes(name):
    """Returns the names of the arguments that are in an address."""
    return get_resolver().reverse_dict.getlist(name)[0][0][0][1]


def address(name, known):
    """Returns the URL of a name with the arguments that it takes."""
    return reverse(name, kwargs={argument: known[argument] for argument in takes(name)})
