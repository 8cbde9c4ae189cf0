"""A PostgreSQL of a test's own, which it may stop, kill and start again; it waits for the disk as in real use."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)
NAME = "samenwerking"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Cluster:
    """Is a cluster under /tmp that listens on 127.0.0.1; `url` is for DATABASE_URL."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="samenwerking-cluster-", dir="/tmp"))
        self.port = free_port()
        self.url = f"postgres://{NAME}@127.0.0.1:{self.port}/{NAME}"
        if os.getuid() == 0:  # a server that is root refuses to start
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")
        self.start()

    def start(self):
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "--log", self.folder / "log", "--wait", "--silent", "start", "--options", options)

    def stop(self):
        """Stops it as a restart for an update does: who is connected is told."""
        connection.close()
        self._run("pg_ctl", "--mode", "fast", "--wait", "--silent", "stop")

    def kill(self):
        """Kills the first of its processes, as a lack of memory does; the others end by themselves."""
        connection.close()
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)

    def copy_tests_database(self):
        """Fills a database with all that is committed in the one of this test."""
        environment = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": NAME}
        subprocess.run([BINARIES / "createdb", NAME], env=environment, check=True)
        dump = subprocess.run(
            [BINARIES / "pg_dump", connection.settings_dict["NAME"]], check=True, capture_output=True
        ).stdout
        command = [BINARIES / "psql", "--quiet", "--output", "/dev/null", "--set", "ON_ERROR_STOP=1", NAME]
        subprocess.run(command, env=environment, input=dump, check=True)

    def remove(self):
        subprocess.run(self._command("pg_ctl", "--mode", "immediate", "--silent", "stop"), check=False, cwd="/")
        shutil.rmtree(self.folder)

    def _run(self, program, *arguments):
        done = subprocess.run(self._command(program, *arguments), cwd="/", stdout=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, (program, arguments)

    def _command(self, program, *arguments):
        command = [str(BINARIES / program), "--pgdata", str(self.folder / "data"), *map(str, arguments)]
        return command if os.getuid() else ["runuser", "--user", pwd.getpwnam("postgres").pw_name, "--", *command]


@contextmanager
def on_cluster(cluster):
    """Leads the ORM of this test to the cluster's database, and back."""
    there = {**connection.settings_dict, "NAME": NAME, "HOST": "127.0.0.1", "PORT": str(cluster.port), "USER": NAME}
    here, connection.settings_dict = connection.settings_dict, there
    connection.close()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = here


@pytest.fixture
def cluster(transactional_db):
    """Returns a running cluster with what is in this test's database; the ORM goes on to ask the test's own."""
    found = Cluster()
    try:
        found.copy_tests_database()
        yield found
    finally:
        found.remove()
