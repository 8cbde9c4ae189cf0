"""Set-up says in one list what is missing, and writes no file of settings where the site is set up for real."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

SCRIPT = (settings.BASE_DIR / ".ci" / "debian-packages").read_text()
NEEDED = ("bash", "id", "dpkg-query", "grep")


@pytest.fixture
def programs(tmp_path):
    """Returns a folder with the only programs that are found: no Python, no Node."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NEEDED:
        (folder / name).symlink_to(shutil.which(name))
    return folder


def told(programs, *packages):
    """Returns what an ordinary user is told."""
    as_user = [shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
    programs.parent.chmod(0o755)
    return subprocess.run(
        [*as_user, shutil.which("bash"), "-s", "--", *packages],
        env={"PATH": str(programs)},
        input=SCRIPT,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def open_folders(tmp_path):
    """Lets an ordinary user enter the folder that pytest made for this one alone."""
    changed = [folder for folder in tmp_path.parents if folder.stat().st_uid == os.getuid() and folder.name]
    modes = {folder: folder.stat().st_mode for folder in changed}
    for folder, mode in modes.items():
        folder.chmod(mode | 0o011)
    yield
    for folder, mode in modes.items():
        folder.chmod(mode)


def test_an_ordinary_user_hears_in_one_list_of_all_that_is_missing(programs, open_folders):
    result = told(programs, "python3-venv", "nodejs", "npm", "libnergens0", "chromium", "redis-server", "base-files")
    assert result.returncode == 1
    assert result.stderr.endswith(" python3-venv nodejs npm libnergens0 chromium redis-server\n")
    assert result.stderr.count("\n") == 1


def test_a_program_that_is_too_old_is_named_beside_the_list(programs, open_folders):
    node = programs / "node"
    node.write_text("#!/bin/sh\n[ $1 = --version ] && echo v16.20.0\n")
    node.chmod(0o755)
    result = told(programs, "nodejs", "libnergens0")
    assert (result.returncode, "Node 18 or newer; here is v16.20.0" in result.stderr) == (1, True)
    assert result.stderr.endswith("install --no-install-recommends libnergens0\n")


def test_nothing_is_said_where_all_is_there(programs, open_folders):
    for name, there in {"node": shutil.which("node"), "python3": "/usr/bin/python3"}.items():
        (programs / name).symlink_to(there)
    assert (told(programs, "base-files").returncode, told(programs, "base-files").stderr) == (0, "")


def test_set_up_for_real_writes_no_settings_and_set_up_to_develop_does(tmp_path):
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    shutil.copytree(settings.BASE_DIR / "static", tmp_path / "static")
    for name in ("requirements.txt", "package.json", "package-lock.json", "build-css.mjs"):
        shutil.copy(settings.BASE_DIR / name, tmp_path)
    steps = {
        target: subprocess.run(
            ["make", "--dry-run", target], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout
        for target in ("install", "setup")
    }
    assert "BASE_URL" not in steps["install"]
    assert "npm ci" in steps["install"]
    assert "DEBUG=on" in steps["setup"]
