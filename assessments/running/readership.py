"""Tells the coördinator who a round's groups of readers are now, and what publishing to them does. Knows no figures."""

from __future__ import annotations

from dataclasses import dataclass

from assessments import dutch
from assessments.models import Membership, MessageKind, ReaderGroup, Role, Round
from assessments.rules.workflow import Work

WITHOUT_ACCOUNT = "Daarna kunt u ook een leeslink maken, voor een wethouder of raad zonder account."


@dataclass(frozen=True)
class Readership:
    """Is a group that was not published to yet; `text` says who they are and what they get."""

    group: ReaderGroup
    text: str

    @property
    def name(self) -> str:
        return dutch.capital(self.group.label)


def remaining(round: Round) -> list[Readership]:
    """Returns the groups that the round can still be published to."""
    if not round.allows(Work.PUBLISHING):
        return []
    describe = {
        ReaderGroup.PARTICIPANTS: _participants,
        ReaderGroup.READERS: _readers,
        ReaderGroup.RESEARCHERS: _researchers,
    }
    return [Readership(group, describe[group](round)) for group in round.possible_readers if group not in round.readers]


def _participants(round: Round) -> str:
    reports = "Zij lezen met hun eigen link het rapport van het netwerk en dat van hun niveau."
    people = round.participants.reachable().exclude(messages__kind=MessageKind.RESULT).count()
    if round.network.is_constructed:
        return f"{reports} Dit is een voorbeeld: er gaat geen mail uit."
    if round.addresses_erased_at:
        return f"{reports} Hun e-mailadressen zijn al gewist, dus zij krijgen geen mail. De links werken nog."
    if not people:
        return f"{reports} Niemand van hen heeft een e-mailadres, dus er gaat geen mail uit."
    verb = "krijgt" if people == 1 else "krijgen"
    return f"{reports} {dutch.capital(dutch.people(people))} {verb} nu een mail dat de uitkomsten er zijn."


def _readers(round: Round) -> str:
    members = _members(round, Role.READER)
    if not members:
        return (
            "Er zijn nu geen meelezers. Wie u later als meelezer uitnodigt, leest de rapporten van deze ronde dan ook."
            f" {WITHOUT_ACCOUNT}"
        )
    return f"{_sign_in(members)} alle rapporten van deze ronde. Er gaat geen mail uit. {WITHOUT_ACCOUNT}"


def _researchers(round: Round) -> str:
    members = _members(round, Role.RESEARCHER)
    invited = f"{_sign_in(members)} ook. " if members else ""
    return (
        "Deelnemers lazen dat deze ronde meedoet aan onderzoek. Onderzoekers die de beheerder van deze site aanwees,"
        f" lezen alle rapporten en de gepubliceerde cijfers. {invited}De cijfers komen in een volgende uitgave voor"
        " onderzoek. Er gaat geen mail uit."
    )


def _sign_in(people: int) -> str:
    return f"{dutch.capital(dutch.people(people))} {'leest' if people == 1 else 'lezen'} na inloggen"


def _members(round: Round, role: str) -> int:
    return Membership.objects.filter(network=round.network, role=role, user__is_active=True).count()


def ends_comparison(round: Round) -> list[ReaderGroup]:
    """Returns the groups that the round before was not published to: a report for them can't compare with it.

    All read the same report. So once this round is published to one of these, nobody's report has the comparison.
    """
    before = round.previous
    if before is None or not before.is_published or not round.readers <= before.readers:
        return []
    return [group for group in round.possible_readers if group not in before.readers]
