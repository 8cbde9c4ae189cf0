"""Says what the audit trail keeps: what coördinators do to networks and rounds, not who takes part or what was said."""

from uuid import UUID

from auditlog.registry import auditlog
from django.db.models import Q

from assessments.models import (
    Meeting,
    Membership,
    Network,
    Partner,
    PartnerKind,
    PlannedMail,
    Publication,
    ReportLink,
    Round,
)
from samenwerking.accounts.events import log_changed_rights

TEXTS = ["invitation_subject", "invitation_text", "reminder_text"]  # the trail would keep them after their network went


def register() -> None:
    """Registers the models. Participants are left out on purpose: the trail would keep addresses that we erase.

    So are improvements: a name that somebody wrote there and took out again would stay in the trail. What is in a
    network says so to the trail by its `get_additional_data`, and can be found by it once it is gone.
    """
    auditlog.register(Network, exclude_fields=["description", "partner_salt", "touched_at"])
    auditlog.register(Membership, exclude_fields=["name", "opened_at"])
    auditlog.register(Partner, exclude_fields=["contact_email"])
    auditlog.register(PartnerKind)
    auditlog.register(Publication)
    auditlog.register(PlannedMail)
    auditlog.register(Meeting, exclude_fields=["place", "words"])
    auditlog.register(ReportLink, exclude_fields=["audience", "last_used_on", "days_used"])
    auditlog.register(
        Round, exclude_fields=["contact_name", "contact_email", "looked_back_at", "touched_at", "reference", *TEXTS]
    )
    log_changed_rights(Membership, "user_id", frozenset({"network", "user", "role"}))


def of_a_network(network_id: UUID) -> Q:
    """Returns which entries of the trail are of this network, and of what is or was in it."""
    return Q(additional_data__network=str(network_id))


def of_no_network() -> Q:
    """Returns which entries are of accounts, kinds of partners, and of networks that are gone."""
    return Q(additional_data__isnull=True) | Q(additional_data__network__isnull=True)
