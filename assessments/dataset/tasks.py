"""Writes the bundle of a release and keeps it in the database: through the queue, once, safe to repeat."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_tasks import task

from assessments.dataset.bundle import write_bundle
from assessments.dataset.composing import dataset_of
from assessments.dataset.load import kinds_of_partners, published_rounds
from assessments.dataset.metadata.words import citation
from assessments.dataset.tables import Dataset
from assessments.models import Network, Release, Round

PART = 1024**2  # bytes
TITLE = "Gepubliceerde cijfers over samenwerking rond kinderen en gezinnen"


@task()
def make_bundle(number: str) -> bool:
    """Writes the bundle of a release, unless it is there already or the release is not. Returns whether it did."""
    release = Release.objects.filter(pk=number, size=None).first()
    if release is None:
        return False
    keep_bundle(release)
    return True


def keep_bundle(release: Release) -> None:
    """Writes the bundle of a release and keeps it, with its size and checksum."""
    Network.objects.filter(rounds__entry__releases=release).give_salts()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        checksum = write_bundle(dataset_of_release(release), path)
        _keep(release, path, checksum)


@transaction.atomic
def _keep(release: Release, path: Path, checksum: str) -> None:
    """Keeps the file in parts, in place of one that another worker wrote meanwhile."""
    release.parts.all().delete()
    with path.open("rb") as file:
        for place, content in enumerate(iter(lambda: file.read(PART), b"")):
            release.parts.create(place=place, content=content)
    release.size, release.checksum = path.stat().st_size, checksum
    release.save(update_fields=["size", "checksum"])


def dataset_of_release(release: Release) -> Dataset:
    rounds = Round.objects.filter(entry__releases=release)
    return dataset_of(
        published_rounds(rounds, names_partners=False),
        kinds_of_partners(rounds),
        number=release.number,
        title=TITLE,
        made_on=release.day,
        publisher=_publisher(),
        contact=settings.SUPPORT_CONTACT or settings.BASE_URL,
        address=_address(release),
    )


def citation_of(release: Release) -> str:
    """Returns how a publication names the release, as its own files say it too."""
    return citation(_publisher(), release.day.year, f"{TITLE}, uitgave {release.number}", _address(release))


def _publisher() -> str:
    return settings.ORGANISATION_NAME or "Samenwerking"


def _address(release: Release) -> str:
    return settings.BASE_URL + reverse("release", args=[release.number])
