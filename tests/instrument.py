"""The instrument's files, read once a session for all tests. It must not need a database."""

from pathlib import Path

from factors.documents import build, read

DOCUMENT = read(Path(__file__).parent.parent / "fixtures" / "instrument")
INSTRUMENT = build(DOCUMENT)
