"""The command that reads a network in says whether the file is at fault or the database."""

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Network
from samenwerking.commands import NO_DATABASE, USAGE_FAULT
from tests.exchanged import manage, packed, parts_of
from tests.whole_networks import a_whole_network, emptied, exported, of_round


@pytest.fixture
def parts(db):
    cast = a_whole_network()
    written = exported(cast.network)
    emptied(cast)
    return parts_of(written)


def test_rows_that_the_database_can_not_keep_together_are_the_fault_of_the_file(parts, tmp_path):
    of_round(parts)["publications"] *= 2
    file = tmp_path / "netwerk.zip"
    file.write_bytes(packed(parts))
    with pytest.raises(CommandError, match="De rondes in dit bestand passen niet bij elkaar") as refused:
        call_command("network_import", file, coordinator="coordinator@example.org")
    assert refused.value.returncode == USAGE_FAULT
    assert not Network.objects.filter(pk=parts["network.json"]["id"]).exists()


def test_a_database_that_is_away_is_no_fault_of_the_file(parts, tmp_path):
    file = tmp_path / "netwerk.zip"
    file.write_bytes(packed(parts))
    done = manage("postgres://127.0.0.1:1/weg", "network_import", str(file), "--coordinator", "iemand@example.org")
    assert (done.returncode, done.stderr.strip()) == (
        NO_DATABASE,
        "CommandError: De database antwoordt niet. Probeer het opnieuw.",
    )
