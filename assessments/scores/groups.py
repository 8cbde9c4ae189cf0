"""Names the groups of people that a figure can be about. Partner × level is not among them and never will be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factors.instrument import LEVELS, OUDERS

Kind = Literal["level", "network", "partner", "sector", "perspective"]
Cell = tuple[str, str]  # (partner, level): people are counted in it, but it is no group

_KINDS: tuple[Kind, ...] = ("level", "network", "perspective", "partner", "sector")


@dataclass(frozen=True)
class Group:
    kind: Kind
    key: str

    @property
    def is_part(self) -> bool:
        """Tells whether it is a partner, or a sector of partners in a round that shows those."""
        return self.kind in ("partner", "sector")

    @property
    def order(self) -> tuple[int, int, str]:
        """Returns a key that sorts as reports print: the levels, the network, the perspective, the parts by key."""
        place = LEVELS.index(self.key) if self.kind == "level" else 0
        return _KINDS.index(self.kind), place, self.key


NETWORK = Group("network", "network")
OUDERS_GROUP = Group("perspective", OUDERS)


def level_group(level: str) -> Group:
    return OUDERS_GROUP if level == OUDERS else Group("level", level)


def partner_group(partner: str) -> Group:
    return Group("partner", partner)
