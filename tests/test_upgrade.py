"""A database of the last release comes along to this version, while the code of that release goes on serving."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.cluster import BINARIES

RELEASES = Path(__file__).parent / "releases"
OURS = {"accounts", "assessments", "factors", "workers"}
LAST = max((path.name.removesuffix(".sql.gz") for path in RELEASES.glob("*.sql.gz")), key=lambda name: name.split("."))
# What takes something away that the code of the last release still reads or writes.
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


@pytest.fixture
def old_database(transactional_db):
    """Returns the address of a database as the last release left it, with what that release's demo put there."""
    if connection.vendor != "postgresql":
        raise RuntimeError("the dump of a release is of PostgreSQL")
    name = f"upgrade_{uuid4().hex}"
    subprocess.run([BINARIES / "createdb", name], check=True)
    dump = gzip.decompress((RELEASES / f"{LAST}.sql.gz").read_bytes())
    command = [BINARIES / "psql", "--quiet", "--output", "/dev/null", "--set", "ON_ERROR_STOP=1", name]
    subprocess.run(command, input=dump, check=True)
    yield re.sub(r"/[^/]*$", f"/{name}", os.environ["DATABASE_URL"])
    subprocess.run([BINARIES / "dropdb", "--force", name], check=True)


def manage(database, *arguments):
    """Returns what a command of this version prints, on that database."""
    command = [sys.executable, "manage.py", *arguments]
    environment = os.environ | {"DATABASE_URL": database}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_a_database_of_the_last_release_migrates_and_its_results_stay_what_they_were(old_database, tmp_path):
    manage(old_database, "migrate", "--verbosity", "0")
    assert manage(old_database, "showmigrations", "--plan").count("[ ]") == 0
    kept = json.loads((RELEASES / f"{LAST}-results.json").read_text())
    assert json.loads(manage(old_database, "results", "demo")) == kept
    assert kept["groups"]
    report = tmp_path / "report.pdf"
    manage(old_database, "report", "demo", "--out", str(report))
    assert report.read_bytes().startswith(b"%PDF-")
    assert "failed" not in manage(old_database, "due")


def operations_since():
    """Yields the name of each migration of ours that came after the last release, with its operations."""
    known = set((RELEASES / f"{LAST}-migrations.txt").read_text().split())
    assert known
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and f"{app}.{name}" not in known:
            yield f"{app}.{name}", migration.operations


def has_a_value_without_us(field):
    """Tells whether a row that older code writes, which knows no such column, gets a value."""
    return field.null or field.db_default is not models.NOT_PROVIDED or field.many_to_many


def test_migrations_since_the_last_release_leave_its_code_serving():
    faults = []
    for name, operations in operations_since():
        for operation in operations:
            if isinstance(operation, TAKES_AWAY):
                faults.append(f"{name}: {operation.describe()}: first let a release come out that does not need it")
            if isinstance(operation, migrations.AddField) and not has_a_value_without_us(operation.field):
                faults.append(f"{name}: {operation.describe()}: give it a db_default, or let it be null")
    assert faults == []


def test_the_rule_for_migrations_sees_what_breaks_it():
    assert not has_a_value_without_us(models.CharField(max_length=9, default=""))
    assert has_a_value_without_us(models.CharField(max_length=9, default="", db_default=""))
    assert isinstance(migrations.RemoveField("round", "name"), TAKES_AWAY)


def test_an_instrument_with_the_version_of_the_last_release_has_its_content():
    """Whoever changes a statement or an advice gives the instrument another version: reports name it."""
    kept = json.loads((RELEASES / f"{LAST}-instrument.json").read_text())
    now = json.loads(manage("sqlite://:memory:", "instrument"))
    assert now["version"] != kept["version"] or now == kept
