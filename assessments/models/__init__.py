"""Keeps who takes part (networks, participants) and what was said (responses): two stores that no row ties together.

Models know no page, no form and no action.
"""

from assessments.models.durations import Duration
from assessments.models.erasure import Erasure
from assessments.models.imports import ParticipantFile
from assessments.models.improvements import Improvement, Outcome
from assessments.models.job_titles import JobTitleLevel
from assessments.models.keeping import Announcement, Receipt
from assessments.models.mail import Message, MessageKind, MessageState, PlannedMail
from assessments.models.meetings import Meeting
from assessments.models.networks import Membership, Network, Partner, PartnerKind, Role, SchoolRegion, Sector
from assessments.models.openlinks import OpenLink, partners_in
from assessments.models.participants import DailyCount, Participant
from assessments.models.partner_messages import PartnerMessage
from assessments.models.publications import Publication, ReaderGroup
from assessments.models.releases import BundlePart, Entry, ForgottenTime, Intake, Release
from assessments.models.report_links import ReportLink
from assessments.models.responses import OpenAnswer, Response
from assessments.models.results import FrozenResults, ReportFile
from assessments.models.rounds import Level, Perspective, PlaceInSector, Round, ShownBy, State
from assessments.models.secrets import KnownSecret, RoundSecret

__all__ = [
    "Announcement",
    "BundlePart",
    "DailyCount",
    "Duration",
    "Entry",
    "Erasure",
    "ForgottenTime",
    "FrozenResults",
    "Improvement",
    "Intake",
    "JobTitleLevel",
    "KnownSecret",
    "Level",
    "Meeting",
    "Membership",
    "Message",
    "MessageKind",
    "MessageState",
    "Network",
    "OpenAnswer",
    "OpenLink",
    "Outcome",
    "Participant",
    "ParticipantFile",
    "Partner",
    "PartnerKind",
    "PartnerMessage",
    "Perspective",
    "PlaceInSector",
    "PlannedMail",
    "Publication",
    "ReaderGroup",
    "Receipt",
    "Release",
    "ReportFile",
    "ReportLink",
    "Response",
    "Role",
    "Round",
    "RoundSecret",
    "SchoolRegion",
    "Sector",
    "ShownBy",
    "State",
    "partners_in",
]
