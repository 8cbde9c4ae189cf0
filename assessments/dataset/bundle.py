"""Puts all files of a data set into one zip file, with what describes them and their checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessments.dataset.files import write_files
from assessments.dataset.metadata.files import CHECKSUMS, checksums, describe
from assessments.dataset.tables import Dataset


def write_bundle(dataset: Dataset, path: Path) -> str:
    """Writes the zip file and returns its SHA-256, in hexadecimal. Raises CannotWrite."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        names = write_files(dataset, folder)
        described = describe(dataset, {table.name: f"csv/{table.name}.csv" for table in dataset.tables}, names)
        for name, content in described.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        everything = [*described, *names]
        (folder / CHECKSUMS).write_text(checksums({name: sha256(folder / name) for name in everything}))
        _zip(folder, [*everything, CHECKSUMS], dataset, path)
    return sha256(path)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _zip(folder: Path, names: list[str], dataset: Dataset, path: Path) -> None:
    """Writes the files under one folder that says which release they are of, all with the day of that release."""
    day = dataset.made_on
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name in names:
            info = ZipInfo(f"samenwerking-{dataset.number}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            with (folder / name).open("rb") as source, file.open(info, "w") as target:
                while part := source.read(1 << 20):
                    target.write(part)
