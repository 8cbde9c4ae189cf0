"""A bundle is one zip file with data, what describes them, and checksums that are right."""

import hashlib
from zipfile import ZipFile

from assessments.dataset.bundle import sha256, write_bundle
from tests.dataset_cases import dataset


def test_every_file_in_the_zip_has_its_checksum(tmp_path):
    path = tmp_path / "bundle.zip"
    whole = write_bundle(dataset(), path)
    assert whole == sha256(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    with ZipFile(path) as file:
        names = [name.partition("/")[2] for name in file.namelist()]
        lines = file.read(next(name for name in file.namelist() if name.endswith("SHA256SUMS"))).decode().splitlines()
        sums = dict(line.split("  ")[::-1] for line in lines)
        assert {"README.md", "codeboek.pdf", "csv/figures.csv", "spss/figures_wide.sav"} <= set(names)
        assert set(names) == {*sums, "SHA256SUMS"}
        folder = file.namelist()[0].partition("/")[0]
        found = {name: hashlib.sha256(file.read(f"{folder}/{name}")).hexdigest() for name in sums}
        assert found == sums
