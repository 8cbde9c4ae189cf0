"""The instrument's files are read here once a session for all tests, without a database."""

from pathlib import Path

from factors.documents import build, read

DOCUMENT = read(Path(__file__).parent.parent / "fixtures" / "instrument")
INSTRUMENT = build(DOCUMENT)
