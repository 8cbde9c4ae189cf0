"""DEBUG shows the insides of the site, so with it nobody but this machine itself is answered."""

import os
import shutil
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from samenwerking.loopback import is_loopback, only_this_machine
from tests.samenwerking.test_settings import HERE, SAFE, read_settings, refusal


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_this_machine_is_known_by_each_of_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", [None, "", "0.0.0.0", "::", "*", "10.0.0.7", "localhost.voorbeeld.nl", "127.0.0.1.nl"])
def test_any_other_name_is_elsewhere(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "environment",
    [
        {"BASE_URL": "https://samenwerking.voorbeeld.nl"},
        {"BASE_URL": HERE, "ALLOWED_HOSTS": "*"},
        {"BASE_URL": HERE, "ALLOWED_HOSTS": "localhost,samenwerking.voorbeeld.nl"},
    ],
)
def test_debug_is_refused_where_others_could_come(environment):
    assert "DEBUG shows the insides of the site" in refusal(DEBUG="on", **environment)


@pytest.mark.parametrize("address", [HERE, "http://localhost:8000", "http://[::1]:8000"])
def test_on_this_machine_debug_is_not_refused(address):
    assert read_settings(DEBUG="on", BASE_URL=address).DEBUG is True


@pytest.fixture
def copy(tmp_path):
    """Returns a folder with the code, in which `make .env` has made what a developer has."""
    for name in ("samenwerking", "assessments", "factors", "fixtures", "templates"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name)
    for name in ("manage.py", "Makefile"):
        shutil.copy(settings.BASE_DIR / name, tmp_path)
    subprocess.run(["make", "--silent", ".env"], cwd=tmp_path, check=True)
    assert "DEBUG=on" in (tmp_path / ".env").read_text()
    return tmp_path


def in_copy(folder, expression, **environment):
    """Returns what Python prints of the settings in a fresh process that runs in the folder."""
    command = [sys.executable, "-c", f"from samenwerking import settings; print(({expression}))"]
    own = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)


def test_a_developer_s_file_that_was_left_behind_does_not_count_for_an_address_elsewhere(copy):
    without_debug = {name: value for name, value in SAFE.items() if name != "DEBUG"}
    expression = "settings.DEBUG, settings.STAFF_NEEDS_SECOND_STEP"
    assert in_copy(copy, expression, **without_debug).stdout == "(False, True)\n"
    forgotten = {name: value for name, value in without_debug.items() if name != "RESPONSE_SECRET"}
    assert "RESPONSE_SECRET is missing" in in_copy(copy, expression, **forgotten).stderr
    assert in_copy(copy, expression).stdout == "(True, False)\n"


def test_a_file_that_says_debug_and_names_an_address_elsewhere_is_refused(copy):
    text = (copy / ".env").read_text().replace(HERE, "https://samenwerking.voorbeeld.nl")
    (copy / ".env").write_text(f"{text}EMAIL_URL=smtp+tls://mail.voorbeeld.nl:587\n")
    assert "DEBUG shows the insides of the site" in in_copy(copy, "settings.DEBUG").stderr


@pytest.mark.parametrize(
    ("command", "host"),
    [
        (["gunicorn", "samenwerking.wsgi", "--bind"], "0.0.0.0"),
        (["gunicorn", "samenwerking.wsgi", "--bind"], "[::]"),
        (["python", "manage.py", "runserver", "--noreload"], "[::]"),
    ],
)
def test_a_server_with_debug_does_not_listen_where_others_could_reach_it(command, host):
    environment = {"PATH": os.environ["PATH"], **SAFE, "DEBUG": "on", "BASE_URL": HERE}
    program = Path(sys.executable).parent / command[0]
    started = subprocess.run(
        [program, *command[1:], f"{host}:{free_port()}"],
        cwd=settings.BASE_DIR,
        env=environment | {"DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert started.returncode == 1
    assert "DEBUG is on, so this site listens on 127.0.0.1 alone" in started.stderr


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def served():
    """Returns the port of a gunicorn with DEBUG on this machine."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], **SAFE, "DEBUG": "on", "BASE_URL": f"http://127.0.0.1:{port}"}
    server = subprocess.Popen(
        [Path(sys.executable).parent / "gunicorn", "samenwerking.wsgi", "--bind", f"127.0.0.1:{port}", "--workers=1"],
        cwd=settings.BASE_DIR,
        env=environment | {"DATABASE_URL": "sqlite://:memory:"},
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port):
    until = time.monotonic() + 180
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def ask(port, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/nergens/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_behind_a_proxy_on_this_machine_the_debug_page_is_not_shown(served):
    """A proxy gives the name that the visitor asked for, or says for whom it asks."""
    status, page = ask(served)
    assert (status, "DEBUG = True" in page) == (404, True)
    for headers in ({"Host": "samenwerking.voorbeeld.nl"}, {"X_Forwarded_For": "192.0.2.7"}, {"Forwarded": "for=x"}):
        assert ask(served, **headers) == (403, "DEBUG is on, so this site answers nobody but this machine itself.\n")


@pytest.mark.parametrize("address", ["192.0.2.7", "", "::"])
def test_whoever_is_elsewhere_is_refused_whatever_the_server_listens_on(address):
    answers = []
    site = only_this_machine(lambda environ, start_response: [b"inside"])
    assert b"inside" not in site({"REMOTE_ADDR": address}, lambda status, headers: answers.append(status))
    assert answers == ["403 Forbidden"]
    assert site({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "[::1]:8000"}, None) == [b"inside"]
