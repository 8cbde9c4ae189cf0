"""Stores versions of the instrument, each one document. What a round asked is never changed afterwards."""

from functools import lru_cache

from django.db import models

from factors.documents import build
from factors.instrument import Instrument


class InstrumentVersionManager(models.Manager["InstrumentVersion"]):
    def get_queryset(self) -> models.QuerySet["InstrumentVersion"]:
        """Leaves out the document, which is 380 kB and takes 6 ms to parse: a process keeps what it built of it."""
        return super().get_queryset().defer("document")

    def latest_version(self) -> "InstrumentVersion":
        """Returns the version that a new round starts with."""
        return self.latest("loaded_at")


class InstrumentVersion(models.Model):
    version = models.CharField("versie", max_length=20, primary_key=True)
    document = models.JSONField("inhoud", help_text="De YAML-bestanden van het instrument als één document.")
    checksum = models.CharField("controlegetal", max_length=64)
    loaded_at = models.DateTimeField("geladen op", auto_now_add=True)

    objects = InstrumentVersionManager()

    class Meta:
        base_manager_name = "objects"  # a round's version comes without the document too
        verbose_name = "instrumentversie"
        verbose_name_plural = "instrumentversies"
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return f"versie {self.version}"

    @property
    def instrument(self) -> Instrument:
        return _instrument(self.version, self.checksum)

    @property
    def is_in_use(self) -> bool:
        """Tells whether a round asked it, by the relations to this version: the instrument knows no rounds."""
        related = [relation.get_accessor_name() for relation in self._meta.related_objects]
        return any(getattr(self, name).exists() for name in related if name)


@lru_cache(maxsize=8)
def _instrument(version: str, checksum: str) -> Instrument:
    """Returns the instrument, built once a process: a document with this checksum always gives the same instrument."""
    loaded = InstrumentVersion.objects.filter(version=version, checksum=checksum)
    return build(loaded.values_list("document", flat=True).get())
