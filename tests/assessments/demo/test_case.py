"""The demo's table says of each cell where the source says it, and agrees with the verdicts of the source."""

import re

import pytest

from assessments.demo.case import SEATS, cells_of, reading
from assessments.demo.cases import cases
from assessments.imports.job_titles import USUAL_LEVELS
from assessments.scores.groups import NETWORK, level_group
from factors.instrument import LEVELS
from tests.instrument import INSTRUMENT
from tests.report_cases import B, M, U, nijmegen

ASKED = [s for block, statements in INSTRUMENT.blocks.items() if block != INSTRUMENT.ouders.key for s in statements]


def test_every_statement_has_a_cell_for_each_level_and_no_line_is_of_nothing():
    for statement in ASKED:
        assert set(cells_of(statement)) == set(LEVELS), statement.key
    assert not any(cells_of(statement) for statement in INSTRUMENT.ouders.statements)
    of_itself = {s.key for s in ASKED if s.key in reading()}
    assert set(reading()) == of_itself | {s.scale for s in ASKED if s.key not in of_itself}


def test_every_cell_has_its_line():
    cells = [(about, level, cell) for about, row in reading().items() for level, cell in row.items()]
    assert len(cells) == 3 * len(reading())
    for about, level, cell in cells:
        assert re.fullmatch(r"§[56]\.\d(\.\d)?(, §[56]\.\d(\.\d)?)*", cell.at), (about, level)
        assert cell.says.endswith("."), (about, level)
        assert 1 <= cell.mean <= 5, (about, level)
    assert len({cell.says for _, _, cell in cells}) == len(cells)


HINDERS = {"voorgeschiedenis", "principiele_betrokkenheid", "regels", "kennis", "gedeeld_begrip"}


@pytest.mark.parametrize("factor", sorted({*HINDERS, "prikkels", "leiderschap", "toewijding"}))
def test_what_hinders_in_the_source_is_low_in_the_network_and_what_does_not_is_not(factor):
    """Verstappen (2021), §6.1.3. Communicatie and vertrouwen hinder where bestuur is not: see below."""
    band = nijmegen().published.figure(NETWORK, factor).band
    assert (band == "zorg") == (factor in HINDERS)


def test_the_levels_differ_as_the_source_says():
    """§5.2.3: the work floor hears least, bestuur trusts most, all are committed. §5.2.1: the law is unclear to all."""
    published = nijmegen().published
    for factor in ("communicatie", "vertrouwen"):
        low, between, high = (published.figure(level_group(level), factor).mean for level in (U, M, B))
        assert low < 3 < high, factor
        assert low < between < high, factor
        assert high - low >= 1, factor
    assert {published.figure(level_group(level), "toewijding").band for level in LEVELS} == {"sterk"}
    assert all(cell.mean < 3 for cell in reading()["prikkels.juridisch"].values())


def test_officials_who_make_policy_are_bestuur_everywhere():
    """docs/gevallen.md says how the studies differ; a list that somebody brings is read the same way."""
    seats = [*SEATS, *(seat for case in cases() for seat in case.seats)]
    officials = {(seat.job_title.split()[0], seat.level) for seat in seats if seat.job_title.startswith("beleid")}
    assert officials == {("beleidsadviseur", B), ("beleidsmedewerker", B)}
    assert {USUAL_LEVELS[title] for title, _ in officials} == {B}
