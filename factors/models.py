"""Versions of the instrument. A version is one document: what a round asked is never changed afterwards."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models

from factors.instrument import Instrument, build


class InstrumentVersionManager(models.Manager["InstrumentVersion"]):
    def get_by_natural_key(self, version: str) -> "InstrumentVersion":
        return self.get(version=version)

    def latest_version(self) -> "InstrumentVersion":
        """The version that a new round starts with."""
        return self.latest("loaded_at")


class InstrumentVersion(models.Model):
    version = models.CharField("versie", max_length=20, primary_key=True)
    document = models.JSONField("inhoud", help_text="De YAML-bestanden van het instrument als één document.")
    checksum = models.CharField("controlegetal", max_length=64)
    loaded_at = models.DateTimeField("geladen op", auto_now_add=True)

    objects = InstrumentVersionManager()

    class Meta:
        verbose_name = "instrumentversie"
        verbose_name_plural = "instrumentversies"
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return f"versie {self.version}"

    def natural_key(self) -> tuple[str]:
        return (self.version,)

    @property
    def instrument(self) -> Instrument:
        return _instrument(self.version, self.checksum)

    @property
    def is_in_use(self) -> bool:
        """Whether a round asked it; what uses it is asked of the relations, the instrument knows no rounds."""
        related = [relation.get_accessor_name() for relation in self._meta.related_objects]
        return any(getattr(self, name).exists() for name in related if name)

    def clean(self) -> None:
        if self.pk and self.is_in_use and type(self).objects.get(pk=self.pk).checksum != self.checksum:
            raise ValidationError("Deze versie is al gebruikt in een ronde. Maak een nieuwe versie.")


@lru_cache(maxsize=8)
def _instrument(version: str, checksum: str) -> Instrument:
    """Built once a process: a document with this checksum always gives the same instrument."""
    return build(InstrumentVersion.objects.get(version=version, checksum=checksum).document)
