"""Composes a data set of tables, and the one table of a single round. Knows no format and no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assessments.dataset.changes import changes_table
from assessments.dataset.figures import FIGURE, figure_rows, figures_table, wide_table
from assessments.dataset.followed import agreements_table, reliability_table
from assessments.dataset.groups import group_columns, group_rows, groups_table
from assessments.dataset.items import items_table
from assessments.dataset.published import KindOfPartner, PublishedRound, Rounds, each
from assessments.dataset.rounds import COLUMNS as OF_A_ROUND
from assessments.dataset.rounds import rounds_table
from assessments.dataset.tables import Dataset, Row, Table
from factors.instrument import Instrument


def tables_of(rounds: Rounds, kinds: Sequence[KindOfPartner], instruments: Sequence[Instrument]) -> tuple[Table, ...]:
    return (
        rounds_table(rounds),
        groups_table(rounds, kinds),
        figures_table(rounds),
        wide_table(rounds, kinds, instruments),
        items_table(instruments),
        changes_table(rounds),
        agreements_table(rounds),
        reliability_table(rounds),
    )


def dataset_of(
    rounds: Rounds,
    kinds: Sequence[KindOfPartner],
    *,
    number: str,
    title: str,
    made_on: date,
    publisher: str,
    contact: str,
    address: str,
) -> Dataset:
    """Returns the data set of these rounds, which are read once for what it says of itself. There is at least one."""
    seen = [_Seen(round) for round in rounds()]
    instruments = tuple({one.instrument.version: one.instrument for one in seen}.values())
    return Dataset(
        number=number,
        title=title,
        made_on=made_on,
        publisher=publisher,
        contact=contact,
        address=address,
        is_constructed=any(one.is_constructed for one in seen),
        networks=len({one.network for one in seen}),
        rounds=len(seen),
        first_day=min(one.opened_on for one in seen),
        last_day=max(one.closed_on for one in seen),
        municipalities=tuple(sorted({place for one in seen for place in one.municipalities})),
        instruments=instruments,
        tables=tables_of(rounds, kinds, instruments),
    )


class _Seen:
    """Remembers of a round what a data set says of itself, and not its figures."""

    def __init__(self, round: PublishedRound) -> None:
        self.network, self.instrument = round.network_id, round.instrument
        self.is_constructed, self.municipalities = round.is_constructed, round.municipalities
        self.opened_on, self.closed_on = round.opened_on or date.max, round.closed_on or date.min


def round_table(rounds: Rounds, kinds: Sequence[KindOfPartner]) -> Table:
    """Returns the long table of single rounds, which needs no other beside it: each row says all of round and group."""
    sectors = {kind.key: kind.sector for kind in kinds}
    return Table(
        "figures",
        "Cijfers over samenwerking",
        "Elke rij is één onderdeel van de vragenlijst voor één groep in één ronde, ook als het verborgen blijft.",
        (*OF_A_ROUND, *group_columns(kinds), *FIGURE),
        ("round_id", "group_kind", "group_key", "item"),
        each(rounds, lambda round: _whole_rows(round, sectors)),
    )


def _whole_rows(round: PublishedRound, sectors: Mapping[str, str]) -> Iterator[Row]:
    [about] = rounds_table(lambda: [round]).read()
    groups = {_group(row): row for row in group_rows(round, sectors)}
    for row in figure_rows(round):
        yield {**about, **groups[_group(row)], **row}


def _group(row: Row) -> tuple[object, object]:
    return row["group_kind"], row["group_key"]
