"""The proxy in the documentation does what the site leaves to a proxy: this is run with that very file."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.samenwerking.test_loopback import free_port, wait_for
from tests.samenwerking.test_settings import SAFE

STALLED = 40  # the site has eight threads
WITHOUT_CHECK = ssl._create_unverified_context()
AROUND = """
pid {folder}/nginx.pid; daemon off; error_log {folder}/main.log crit; user {user};
events {{}}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""


class Served:
    """Is the site behind nginx, with the ports that this run has."""

    def __init__(self, folder):
        self.folder = folder
        self.site, self.proxy, self.plain = free_port(), free_port(), free_port()
        self.log = folder / "error.log"
        self._certificate()
        (folder / "site.conf").write_text(self._example())
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user="root" if os.getuid() == 0 else "nobody"))
        self.nginx = subprocess.Popen([shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", folder / "nginx.conf"])
        self.gunicorn = subprocess.Popen(
            [Path(sys.executable).parent / "gunicorn", "samenwerking.wsgi", "--bind", f"127.0.0.1:{self.site}"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], **SAFE, "BASE_URL": f"https://127.0.0.1:{self.proxy}"}
            | {"DATABASE_URL": "sqlite://:memory:", "TRUSTED_PROXY_COUNT": "1"},
        )
        wait_for(self.site)
        wait_for(self.proxy)

    def _certificate(self):
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2"]
        paths = ["-keyout", self.folder / "site.key", "-out", self.folder / "site.pem"]
        subprocess.run([*made, *paths], check=True, capture_output=True)

    def _example(self):
        text = (settings.BASE_DIR / "docs" / "nginx.conf").read_text()
        for there, here in {
            "/etc/ssl/samenwerking.pem": self.folder / "site.pem",
            "/etc/ssl/samenwerking.key": self.folder / "site.key",
            "/var/log/nginx/error.log": self.log,
            "listen [::]:443 ssl;": "",  # a machine that tests may have no IPv6
            "listen [::]:80;": "",
            "listen 443": f"listen 127.0.0.1:{self.proxy}",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "127.0.0.1:8000": f"127.0.0.1:{self.site}",
            "server_name samenwerking.example.nl": "server_name 127.0.0.1",
        }.items():
            assert there in text
            text = text.replace(there, str(here))
        return text

    def ask(self, method, path, body=None, **headers):
        connection = HTTPSConnection("127.0.0.1", self.proxy, timeout=60, context=WITHOUT_CHECK)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status

    def stall(self):
        """Returns a connection on which the head of a form is sent, and the rest is not."""
        connection = WITHOUT_CHECK.wrap_socket(socket.create_connection(("127.0.0.1", self.proxy), timeout=60))
        head = f"POST /account/login/ HTTP/1.1\r\nHost: 127.0.0.1:{self.proxy}\r\nContent-Length: 1000\r\n"
        connection.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=".encode())
        return connection

    def end(self):
        for process in (self.gunicorn, self.nginx):
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Served(tmp_path_factory.mktemp("proxy"))
    yield found
    found.end()


def test_a_page_is_served_over_https_and_redirects_to_itself_no_longer(served):
    assert served.ask("GET", "/robots.txt") == 200


def test_a_file_that_is_too_large_does_not_reach_the_site(served):
    assert served.ask("POST", "/account/login/", b"x" * 7_000_000) == 413
    assert served.ask("POST", "/account/login/", b"x" * 5_000_000) != 413


def test_whoever_stalls_keeps_nobody_waiting(served):
    stalled = [served.stall() for _ in range(STALLED)]
    began = time.monotonic()
    assert served.ask("GET", "/gezond/leeft/") == 200
    assert time.monotonic() - began < 10  # and they are cut off after fifteen
    for connection in stalled:
        connection.close()


def test_a_personal_link_stands_in_no_log_also_where_the_site_is_away(tmp_path):
    alone = Served(tmp_path)
    try:
        assert alone.ask("GET", "/v/een-persoonlijke-link/") in (404, 500)  # there are no tables
        alone.gunicorn.terminate()
        alone.gunicorn.wait(60)
        assert alone.ask("GET", "/v/een-persoonlijke-link/") == 502
    finally:
        alone.end()
    assert alone.log.exists()
    assert "persoonlijke-link" not in alone.log.read_text() + (tmp_path / "main.log").read_text()
