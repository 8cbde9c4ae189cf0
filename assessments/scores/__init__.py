"""From counted answers to exact scores. Pure: data frames in, frozen dataclasses out; knows no Django, no clock.

    patterns  ->  score cells  ->  moments per group and scale
    (input)       (cells.py)       (scoring.py)

Who may see which of these figures is decided in `assessments.disclosure`, never here.
"""

from assessments.scores.cells import PATTERN_COLUMNS, UNANSWERED, UNKNOWN, score_cells, statement_cells
from assessments.scores.groups import NETWORK, OUDERS_GROUP, Group, level_group, partner_group
from assessments.scores.intervals import Interval, change_interval, mean_interval, network_interval
from assessments.scores.moments import Moments
from assessments.scores.readings import band, gap_label, half_up, is_split
from assessments.scores.scoring import Scores, score

__all__ = [
    "NETWORK",
    "OUDERS_GROUP",
    "PATTERN_COLUMNS",
    "UNANSWERED",
    "UNKNOWN",
    "Group",
    "Interval",
    "Moments",
    "Scores",
    "band",
    "change_interval",
    "gap_label",
    "half_up",
    "is_split",
    "level_group",
    "mean_interval",
    "network_interval",
    "partner_group",
    "score",
    "score_cells",
    "statement_cells",
]
