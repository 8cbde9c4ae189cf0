"""Tells which levels are all or nearly all of one partner, so that their outcome is that partner's. Knows no answers.

Partner × level is never published, but such a level shows it all the same; whoever is invited is told so beforehand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Q, Value

from assessments.models import Level, OpenLink, Participant, Round

Named = tuple[str, str]  # a partner's name and key
A_FEW = 200


@dataclass(frozen=True)
class OnePartner:
    """Is a level where `people` of those invited are of `partner`, and only `others`, under the minimum, are not.

    `may_grow` says that an open link of another partner leads there too; nobody knows how many come by it.
    """

    level: str
    partner: str
    people: int
    others: int
    may_grow: bool = False

    @property
    def share(self) -> str:
        """Says in words how much of the level is the partner's."""
        if not self.others:
            return "alle"
        return "bijna alle" if 4 * self.others <= self.people else "de meeste"

    @property
    def for_coordinator(self) -> str:
        """Tells the coördinator, who knows the numbers invited, before the round opens."""
        total = self.people + self.others
        counted = f"{self.people} van de {total}" if self.others else f"alle {total}"
        return f"niveau {self.level}: {counted} deelnemers zijn van {self.partner}. {self._outcome('dit niveau')}"

    @property
    def for_participant(self) -> str:
        """Tells whoever is invited at the level, also the few others; in words, since a number would count them."""
        invited = f"mensen die op uw niveau ({self.level}) een eigen uitnodiging kregen"
        return f"{self.share.capitalize()} {invited}, zijn van {self.partner}. {self._outcome('uw niveau')}"

    def _outcome(self, level: str) -> str:
        how = {"alle": "", "bijna alle": "bijna ", "de meeste": "vooral "}[self.share]
        if self.may_grow:
            few = "Er kunnen mensen van andere partners bij komen via een open link. Zijn dat er weinig,"
            return f"{few} dan is de uitkomst van {level} {how}die van {self.partner}."
        return f"De uitkomst van {level} is dus {how}die van {self.partner}."


def levels_of_one_partner(round: Round) -> list[OnePartner]:
    """Returns the levels of one partner that will be shown if everybody takes part, in the order of the levels."""
    found = _invited(round, Q())
    judged = (of_one_partner(level, found.get(level, {}), round.minimum) for level in Level.values)
    return [one for one in judged if one]


def one_partner_at(round: Round, level: str) -> OnePartner | None:
    """Judges one level; returns None where `of_one_partner` does.

    Many people ask for the page that needs this: of a large level, a few people are mostly enough to tell that it is no
    partner's.
    """
    people = Participant.objects.filter(round=round, level=level).order_by().values_list("partner", flat=True)
    some = Counter(people[:A_FEW])
    if some.total() - max(some.values(), default=0) >= round.minimum:
        return None
    return of_one_partner(level, _invited(round, Q(level=level)).get(level, {}), round.minimum)


def of_one_partner(level: str, invited: Mapping[Named, int], minimum: int) -> OnePartner | None:
    """Judges a level by how many people of each partner were invited; 0 where there is only an open link.

    Returns None where the level is too small to be shown, or where no partner has more people than the others together:
    then it is no partner's, also where fewer than the minimum are of others.
    """
    total = sum(invited.values())
    if total < minimum:
        return None
    partner = max(invited, key=lambda named: (invited[named], named))
    people, others = invited[partner], total - invited[partner]
    if others >= min(minimum, people):
        return None
    return OnePartner(level, partner[0], people, others, may_grow=0 in invited.values())


def _invited(round: Round, at: Q) -> dict[str, dict[Named, int]]:
    """Returns by level and partner how many people have a personal link; 0 for a partner with only an open one."""
    columns = ("level", "partner__name", "partner__key")
    people = Participant.objects.filter(at, round=round).order_by().values_list(*columns).annotate(Count("pk"))
    nobody = Value(0, output_field=IntegerField())
    links = OpenLink.objects.filter(at, round=round, partner__isnull=False).order_by().values_list(*columns, nobody)
    found: dict[str, dict[Named, int]] = defaultdict(lambda: defaultdict(int))
    for level, name, key, count in people.union(links, all=True):
        found[level][name, key] += count
    return found
