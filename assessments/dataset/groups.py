"""Fills the table of groups: levels, partners with their kind, sectors, and how many of each took part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assessments import dutch
from assessments.dataset.published import KEYS, KindOfPartner, PublishedRound, Rounds, each
from assessments.dataset.tables import LONGEST_LABEL, Column, Row, Table
from assessments.models.networks import Sector
from assessments.scores.groups import Group, partner_group

WHY = {
    "small": "te weinig mensen",
    "complementary": "anders zijn antwoorden van anderen uit te rekenen",
}
BY_SECTOR = "by_sector"  # a partner of a round that shows sectors is named, but has no figures
GROUP = (
    Column("group_kind", "Soort groep", "choice", dutch.GROUP_KINDS),
    Column("group_key", "Sleutel van de groep: het niveau, of de sleutel van de partner of sector", "text"),
)
KEY = ("round_id", "group_kind", "group_key")


def group_columns(kinds: Sequence[KindOfPartner]) -> tuple[Column, ...]:
    """Returns the columns of a group, with these as the kinds of partners."""
    names = {kind.key: _fitting(kind.name) for kind in kinds}
    return (
        *GROUP,
        Column("partner_kind", "Soort partner", "choice", names, note="Zoals de partner bij het sluiten heette."),
        Column("sector", "Sector van de partner", "choice", dict(Sector.choices)),
        Column("group_n", "Mensen in de groep met een score op minstens één factor", "count"),
        Column("group_invited", "Mensen in de groep die zijn uitgenodigd", "count", note=_INVITED),
        Column("group_answered", "Mensen in de groep die de vragenlijst verstuurden", "count", note=_ANSWERED),
        Column("group_hidden", "Waarom van de hele groep geen cijfer te zien is", "choice", _WHY_A_GROUP),
    )


_WHY_A_GROUP = {**WHY, BY_SECTOR: "de ronde toont sectoren in plaats van partners"}
_INVITED = "Leeg waar een open link openlaat hoeveel het er zijn, en bij een partner met te weinig genodigden."
_ANSWERED = (
    "Van een partner alleen als er minstens de kleinste groep was uitgenodigd, en uit alle aantallen samen niet volgt "
    "of enkelen meededen. Van een niveau alleen als het ook in de tabel rounds staat."
)


def groups_table(rounds: Rounds, kinds: Sequence[KindOfPartner]) -> Table:
    sectors = {kind.key: kind.sector for kind in kinds}
    return Table(
        "groups",
        "Groepen",
        "Elke rij is een groep in een ronde: een niveau, het netwerk, een partner, een sector, of ouders en jongeren.",
        (*KEYS, *group_columns(kinds)),
        KEY,
        each(rounds, lambda round: group_rows(round, sectors)),
    )


def group_rows(round: PublishedRound, sectors: Mapping[str, str]) -> Iterator[Row]:
    """Yields a row for each group of the round, and in a round by sector for each partner too: it has no figures."""
    published = round.results.published
    shown = {own.group: own for own in published.groups}
    hidden = {entry.group: entry.why for entry in published.hidden if entry.item is None}
    partners = {partner_group(partner.key) for partner in round.partners if partner.invited != 0}
    for group in sorted(published.took_part | (partners if round.shown_by == "sector" else set()), key=_order):
        own = shown.get(group)
        yield {
            "group_kind": group.kind,
            "group_key": group.key,
            "group_n": own.n if own else None,
            "group_invited": own.invited if own else None,
            "group_hidden": BY_SECTOR if group.kind == "partner" and round.shown_by == "sector" else hidden.get(group),
            **_known(round, group, sectors),
        }


def _known(round: PublishedRound, group: Group, sectors: Mapping[str, str]) -> Row:
    """Returns what was frozen of a group beside its figures."""
    if group.kind == "level" and group.key in round.response:
        invited, answered = round.response[group.key]
        return {"group_invited": invited, "group_answered": answered}
    if group.kind == "sector":
        return {"sector": group.key}
    partner = next((own for own in round.partners if own.key == group.key), None)
    if group.kind != "partner" or partner is None:
        return {}
    placed = next((sector for sector, keys in round.sectors.items() if group.key in keys), sectors.get(partner.kind))
    found = {
        "partner_kind": partner.kind,
        "sector": placed,
        "group_invited": partner.invited,
        "group_answered": partner.answered,
    }
    return {name: value for name, value in found.items() if value is not None}


def _order(group: Group) -> tuple[int, int, str]:
    return group.order


def _fitting(name: str) -> str:
    """Returns a name that a beheerder typed, cut to the bytes that a label may have."""
    encoded = name.encode()
    if len(encoded) <= LONGEST_LABEL:
        return name
    return f"{encoded[: LONGEST_LABEL - 3].decode(errors='ignore')}…"
