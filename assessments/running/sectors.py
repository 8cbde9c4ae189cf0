"""Says in which sector each partner of a round stands, and so of which groups a round shows results. Knows no answers.

A round shows partners or sectors, never both: the difference of the two would be a partner that is hidden.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Partner, PlaceInSector, Round, Sector, ShownBy, partners_in

Cells = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class SectorOfRound:
    """Is a sector of a round: the keys of its partners, and a name, which is the partner's where there is only one."""

    key: str
    name: str
    partners: tuple[str, ...]


def parts_of(round: Round, shown_by: str = "") -> dict[str, str]:
    """Returns by partner key the key of the part in which it is counted: its own, or that of its sector.

    `shown_by` asks for another way to show them than the round's.
    """
    found = _sector_by_partner(round)
    return found if (shown_by or round.shown_by) == ShownBy.SECTOR else {key: key for key in found}


def part_names(round: Round, shown_by: str = "") -> dict[str, str]:
    """Returns the names of the parts, by key."""
    if (shown_by or round.shown_by) == ShownBy.SECTOR:
        return {sector.key: sector.name for sector in sectors_of(round)}
    return dict(round.network.partners.values_list("key", "name"))


def invited_in_parts(round: Round, shown_by: str = "") -> dict[tuple[str, str], int]:
    """Returns the number of people with a personal link by (part, level)."""
    found = in_parts(round.participants.all().invited_by_cell(), parts_of(round, shown_by))
    return {cell: people or 0 for cell, people in found.items()}


def sectors_of(round: Round) -> list[SectorOfRound]:
    """Returns the sectors of those who take part, also of a round that shows partners, in their usual order."""
    names = dict(partners_in(round).order_by("name").values_list("key", "name"))
    members: dict[str, list[str]] = defaultdict(list)
    place = _sector_by_partner(round)
    for key in names:
        members[place[key]].append(key)
    return [_sector(sector, tuple(members[sector]), names) for sector in Sector if members[sector]]


def in_parts(cells: Cells, part_of: Mapping[str, str]) -> dict[tuple[str, str], int | None]:
    """Returns numbers of people by (partner, level) added up by (group, level); None where one of them is unknown."""
    known: Counter[tuple[str, str]] = Counter()
    unknown = set()
    for (partner, level), people in cells.items():
        cell = part_of.get(partner, partner), level
        known[cell] += people or 0
        unknown |= {cell} if people is None else set()
    return known | dict.fromkeys(unknown)


def fix_sectors(round: Round) -> None:
    """Keeps in which sector each partner stands, once the round opens: a kind that is changed then changes nothing."""
    if round.shown_by == ShownBy.SECTOR:
        partners = round.network.partners.select_related("kind")
        PlaceInSector.objects.bulk_create(
            PlaceInSector(round=round, partner=partner, sector=partner.kind.sector) for partner in partners
        )


def place_new_partner(partner: Partner) -> None:
    """Keeps the sector of a partner that is added while a round of its network is open."""
    for round in Round.objects.open().filter(network=partner.network_id, shown_by=ShownBy.SECTOR):
        PlaceInSector.objects.create(round=round, partner=partner, sector=partner.kind.sector)


def _sector_by_partner(round: Round) -> dict[str, str]:
    now = dict(round.network.partners.order_by().values_list("key", "kind__sector"))
    return now | dict(PlaceInSector.objects.filter(round=round).values_list("partner__key", "sector"))


def _sector(sector: Sector, partners: tuple[str, ...], names: Mapping[str, str]) -> SectorOfRound:
    name = names[partners[0]] if len(partners) == 1 else f"sector {sector.label}"
    return SectorOfRound(sector.value, name, partners)


def sector_with(round: Round, partner: Partner | None) -> SectorOfRound | None:
    """Returns the sector in which a partner's outcome is counted; None where the round shows partners."""
    if partner is None or round.shown_by != ShownBy.SECTOR:
        return None
    return next((sector for sector in sectors_of(round) if partner.key in sector.partners), None)
