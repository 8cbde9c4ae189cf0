"""What a network says of itself that must be the same on another installation, also asked in a process of its own."""

import hashlib
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

import psycopg
from django.conf import settings
from django.db import connection


def told():
    """Returns by round what is frozen of it, what its reports are made of, and what the network's report says."""
    from assessments.models import Round
    from assessments.report.load import reports_of
    from assessments.report.pdf import html_of

    found = {}
    for round in Round.objects.frozen().select_related("network", "frozen", "instrument_version"):
        reports = reports_of(round)
        html = html_of(reports.report("netwerk"))
        found[str(round.pk)] = {
            "checksum": round.frozen.checksum,
            "document": json.dumps(round.frozen.document, sort_keys=True),
            "facts": repr(reports.facts),
            "made_from": reports.made_from,
            "html": hashlib.sha256(html.encode()).hexdigest(),
            "subjects": [subject.key for subject in reports.subjects],
        }
    return found


def told_elsewhere(url):
    """Returns the same of another database."""
    code = "import django; django.setup(); import json; from tests.exchanged import told; print(json.dumps(told()))"
    return json.loads(run(url, "-c", code).stdout)


def manage(url, *words):
    return run(url, "manage.py", *words)


def run(url, *words):
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "samenwerking.settings", "LOG_LEVEL": "ERROR"}
    return subprocess.run(
        [sys.executable, *words], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


@contextmanager
def another_database(name):
    """Gives the address of an empty database of the same server, with tables."""
    address = connection.settings_dict
    server = {key: value for key, value in (("host", address["HOST"]), ("user", address["USER"])) if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as other:
        other.execute(f"CREATE DATABASE {name}")
        try:
            url = f"postgres:///{name}"
            assert manage(url, "migrate", "-v", "0").returncode == 0
            yield url
        finally:
            other.execute(f"DROP DATABASE {name} WITH (FORCE)")


def parts_of(parcel):
    """Returns the parts of a file by name, JSON as it is read."""
    with ZipFile(BytesIO(parcel)) as file:
        contents = {name: file.read(name) for name in file.namelist()}
    return {name: json.loads(text) if name.endswith(".json") else text for name, text in contents.items()}


def as_written(document):
    """Returns the bytes that `write_network` writes; half a sign, which has none, as JSON escapes it."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def packed(parts, *, with_checksums=True):
    """Returns a file of these parts, with checksums that fit them, or with those of before."""
    contents = {name: part if isinstance(part, bytes) else as_written(part) for name, part in parts.items()}
    if with_checksums:
        files = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in contents.items()
            if name != "manifest.json"
        }
        contents["manifest.json"] = as_written(parts["manifest.json"] | {"files": files})
    whole = BytesIO()
    with ZipFile(whole, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return whole.getvalue()
