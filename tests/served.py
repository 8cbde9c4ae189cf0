"""The site as it is served for real, by gunicorn, on a database that a test may take away."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from tests.cluster import free_port

GUNICORN = Path(sys.executable).parent / "gunicorn"
PATIENCE = 60
SECRET_KEY = "only-for-these-tests-" + "0123456789" * 3


class Site:
    """Is gunicorn with its workers on one address; `signal` and `kill` are what befalls its first process."""

    def __init__(self, database):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DEBUG": "off",
            "BASE_URL": self.url,
            "SECRET_KEY": SECRET_KEY,
            "LINK_SECRET": settings.LINK_SECRET,
            "RESPONSE_SECRET": settings.RESPONSE_SECRET,
            "DATABASE_URL": database,
        }
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, env=self.environment, cwd=settings.BASE_DIR, check=True)
        self.start()

    def start(self):
        """Starts it, also again; while processes of before still have the port, it ends and is started once more."""
        command = [GUNICORN, "samenwerking.wsgi", "--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.pid = self.process.pid
        self.wait()

    def wait(self):
        """Waits until it answers."""
        end = time.monotonic() + PATIENCE
        while self.answers_to("/gezond/leeft/") != 200:
            assert time.monotonic() < end, "gunicorn does not answer"
            if self.process.poll() is not None:
                return self.start()
            time.sleep(0.1)
        return None

    def answers_to(self, path):
        """Returns the status, or 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as fault:
            return fault.code
        except OSError:
            return 0

    def workers(self):
        """Returns the ids of its workers, in the order in which they started."""
        return children(self.pid)

    def signal(self, number):
        os.kill(self.pid, number)

    def stop(self):
        for pid in {self.pid, self.process.pid}:
            family = [pid, *children(pid)]
            for one in family:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
        self.process.wait()


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


@contextmanager
def served(database):
    """Serves the site on a database; yields the site, and ends it."""
    site = Site(database)
    try:
        yield site
    finally:
        site.stop()
