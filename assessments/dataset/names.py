"""Names the columns of items, so that SPSS, Stata and R take them and a person can read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assessments.dataset.tables import LONGEST_NAME, RESERVED
from factors.instrument import Instrument

LONGEST_ENDING = len("_limit")


def wide_names(instruments: Sequence[Instrument]) -> dict[str, str]:
    """Returns the name of each item's column, all different, in the order of the instruments.

    A factor or battery is called by its key: `regels`. A dimension is called after the letters of its factor's
    statements and the last part of its key: `rg_rollen`.
    """
    found: dict[str, str] = {}
    for instrument in instruments:
        for item in instrument.scales:
            if item not in found:
                found[item] = _unlike(found.values(), _name(item, instrument))
    return found


def full_name(item: str, instrument: Instrument) -> str:
    """Returns what an item is called, a dimension with its factor: 'Kennis' is a factor and a dimension of another."""
    factor = item.partition(".")[0]
    return instrument.name(item) if factor == item else f"{instrument.name(factor)}: {instrument.name(item)}"


def _name(item: str, instrument: Instrument) -> str:
    factor, _, dimension = item.partition(".")
    letters = instrument.blocks[factor][0].key.rstrip("0123456789").lower()
    whole = f"{letters}_{dimension}" if dimension else factor
    return re.sub("[^a-z0-9_]", "_", whole)[: LONGEST_NAME - LONGEST_ENDING]


def _unlike(others: Collection[str], name: str) -> str:
    taken = {*others, *RESERVED}
    numbered = (f"{name[: LONGEST_NAME - LONGEST_ENDING - 3]}_{number}" for number in range(2, 100))
    return name if name not in taken else next(other for other in numbered if other not in taken)
