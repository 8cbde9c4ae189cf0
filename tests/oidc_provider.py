"""Serves the npm package oidc-provider to the long tests, with people whom a test changes."""

import json
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from tests.cluster import free_port

PACKAGE = Path(settings.BASE_DIR) / "build" / "oidc-provider" / "node_modules" / "oidc-provider"
SCRIPT = Path(__file__).with_suffix(".mjs")
PATIENCE = 30
SECRET = "geheim-met-+-en-%"


class RealProvider:
    """Is the package in a process of its own; `people` are who can sign in there, by the name that they type.

    The site's name is localhost and this one's is not, so that a browser takes them for two sites.
    """

    def __init__(self, site, folder, key="gemeente", *, only_in_userinfo=False, client=None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.file = folder / f"people-{key}.json"
        self.say({})
        options = {
            "port": self.port,
            "issuer": self.url,
            "returnTo": f"{site}{reverse('sso_return', args=[key])}",
            "endAt": f"{site}/",
            "onlyInUserinfo": only_in_userinfo,
            "client": client or {"client_secret": SECRET},
        }
        self.process = subprocess.Popen(["node", SCRIPT, PACKAGE, json.dumps(options), self.file])
        self.wait()

    def say(self, people):
        """Says who there is: by name the claims, and how they signed in there."""
        self.file.write_text(json.dumps(people))

    def wait(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/jwks", timeout=5).close()
            except OSError:
                assert time.monotonic() < end, "the provider does not answer"
                assert self.process.poll() is None, "the provider ended: make build/oidc-provider"
                time.sleep(0.1)
            else:
                return

    def stop(self):
        self.process.kill()
        self.process.wait()


@contextmanager
def real_provider(*args, **options):
    provider = RealProvider(*args, **options)
    try:
        yield provider
    finally:
        provider.stop()
