"""Builds the container image without a registry of images, and runs it as Kubernetes would; it must run as root.

The base is a Debian that mmdebstrap makes, once. Buildah builds in a chroot. What the image says of its user, folder
and command is what runs: on a root that can't be written, with no more rights than that user has.
"""

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

SUITE = "trixie"
BASE = settings.BASE_DIR / "build" / "roots" / f"{SUITE}-minbase.tar"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
RUN = """
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom; do
  touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir -m 1777 "$root/dev/shm"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs chroot --userspec="$user" --groups="${user#*:}" "$root" "$@"
"""


class Image:
    """Is the built image, laid out as a folder; `run` starts a command in it."""

    def __init__(self, folder):
        self.folder = folder
        BASE.parent.mkdir(parents=True, exist_ok=True)
        if not BASE.exists():
            part = BASE.with_suffix(".part")
            options = ["--quiet", "--format=tar", "--variant=minbase", "--include=ca-certificates"]
            subprocess.run(["mmdebstrap", *options, SUITE, part], check=True)
            part.rename(BASE)
        base = self.buildah("from", "scratch")
        self.buildah("add", base, BASE, "/")
        # Where this machine reaches the registries of packages by a certificate of its own, so must the base.
        self.buildah("copy", base, CERTIFICATES, CERTIFICATES)
        self.buildah("commit", "--rm", base, "base")
        self.buildah("build", "--build-arg", "BASE=localhost/base", "--tag", "samenwerking", settings.BASE_DIR)
        told = json.loads(self.buildah("inspect", "--type", "image", "samenwerking"))
        self.config = told["OCIv1"]["config"]
        self.root = Path(self.buildah("mount", self.buildah("from", "samenwerking")))

    def buildah(self, command, *arguments):
        storage = ["--storage-driver", "vfs", "--root", self.folder / "storage", "--runroot", self.folder / "run"]
        own = ["--isolation", "chroot", "--quiet"] if command == "build" else []
        done = subprocess.run(
            ["buildah", *storage, command, *own, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout.strip()

    @property
    def environment(self):
        return dict(line.split("=", 1) for line in self.config["Env"])

    def start(self, *command, environment=None, **more):
        """Starts a command in the image, or the image's own; returns the process, whose end is that of all in it."""
        inside = ["/usr/bin/env", "--chdir", self.config["WorkingDir"], *(command or self.config["Cmd"])]
        around = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-euc", RUN, "bash"]
        # What `unshare` and `mount` need of PATH is in the image's too.
        own = {**self.environment, "PATH": f"{self.environment['PATH']}:/usr/sbin:/sbin", **(environment or {})}
        return subprocess.Popen([*around, self.root, self.config["User"], *inside], env=own, text=True, **more)

    def run(self, *command, **more):
        """Returns how a command in the image ended, and what it said."""
        process = self.start(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
        said, _ = process.communicate()
        return process.returncode, said

    def remove(self):
        self.buildah("umount", "--all")
        shutil.rmtree(self.folder)


@contextmanager
def running(process):
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def image():
    assert os.getuid() == 0, "An image is built and mounted by root alone."
    found = Image(Path(tempfile.mkdtemp(prefix="samenwerking-image-", dir="/tmp")))
    yield found
    found.remove()
