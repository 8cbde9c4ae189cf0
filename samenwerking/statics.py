"""Gives static files hashed names, for real use."""

from functools import cached_property

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Caches each hashed URL per process; computing them took 5 % of a page."""

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        name = name or ""
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]
