"""Makes all files that describe a release, by their names in it, and the list of checksums of whatever is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assessments.dataset.metadata import ddi, documents, words
from assessments.dataset.metadata.citation import cff
from assessments.dataset.metadata.codebook import codebook_pdf
from assessments.dataset.metadata.datapackage import as_json, datapackage
from assessments.dataset.metadata.schema_org import jsonld
from assessments.dataset.tables import Dataset
from factors import export

CHECKSUMS = "SHA256SUMS"


def describe(dataset: Dataset, paths: Mapping[str, str], names: Iterable[str] = ()) -> dict[str, bytes]:
    """Returns the files by name, the README first.

    `paths` has by table the CSV file in which its rows are, and `names` are those of all files with data; the README
    says what each of them is.
    """
    found = dict(_files(dataset, paths))
    readme = documents.readme(dataset, ["README.md", *found, CHECKSUMS, *(names or paths.values())])
    return {"README.md": readme.encode(), **found}


def checksums(hashes: Mapping[str, str]) -> str:
    """Returns SHA256SUMS for these hashes by name, as `sha256sum --check` reads it."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))


def _files(dataset: Dataset, paths: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    yield "LICENCE.txt", documents.licence(dataset).encode()
    yield "CITATION.cff", cff(dataset).encode()
    yield "codeboek.pdf", codebook_pdf(dataset)
    yield "scoring.md", documents.rules_in_words(dataset).encode()
    yield "datapackage.json", datapackage(dataset, paths).encode()
    yield "dataset.jsonld", jsonld(dataset).encode()
    for version in ddi.VERSIONS:
        yield f"ddi-codebook-{version}.xml", ddi.codebook(dataset, version, paths)
    for instrument in words.by_age(dataset):
        name = f"{documents.QUESTIONNAIRE}vragenlijst-{instrument.version}"
        yield f"{name}.json", as_json(export.as_json(instrument)).encode()
        yield f"{name}.csv", export.as_csv(instrument).encode()
