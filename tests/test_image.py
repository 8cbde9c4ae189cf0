"""The image is small, runs as nobody on a root that can't be written, and does the main job."""

import re
import socket
import subprocess
import time
from types import SimpleNamespace

import page as page_validation
import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password

from assessments.models import Round
from samenwerking.accounts.models import User
from tests.assessments.views.coordinator.test_journey import fill_in, follow_and_publish, set_up
from tests.browsing import sign_in
from tests.cast import PASSWORD
from tests.cluster import NAME, cluster, free_port, on_cluster
from tests.image import image, running
from tests.mail_server import server

__all__ = ["cluster", "image", "server"]  # fixtures

pytestmark = pytest.mark.long

LARGEST = 750  # MB
PATIENCE = 300
BUILDERS = "gcc make node npm pip pip3 uv git curl apt-key python3-config"


def test_it_is_small_and_has_nothing_that_builds_or_tests(image):
    size = int(subprocess.run(["du", "-sm", image.root], capture_output=True, text=True, check=True).stdout.split()[0])
    print(f"the image is {size} MB")
    assert size < LARGEST
    _, found = image.run("/bin/sh", "-c", f"command -v {BUILDERS}; ls -a")
    assert not re.search("^/", found, re.MULTILINE)
    assert {"tests", ".git", ".env", "node_modules", ".ci"} & set(found.split()) == set()
    assert [name for name in image.environment if "SECRET" in name] == []


def test_its_user_is_a_number_that_may_write_nothing_but_temporary_files(image):
    assert image.config["User"] == "10001:10001"
    status, said = image.run("/usr/bin/id", "-u")
    assert (status, said) == (0, "10001\n")
    look = "find / -xdev -writable ! -type l 2>/dev/null; touch here"
    status, said = image.run("/bin/sh", "-c", look)
    assert said.splitlines() == ["/tmp", "touch: cannot touch 'here': Read-only file system"]
    powerful = subprocess.run(
        ["find", image.root, "-xdev", "-user", "10001"], capture_output=True, text=True, check=True
    )
    assert powerful.stdout == ""


def an_empty_database(cluster):
    with psycopg.connect(cluster.url.rpartition("/")[0] + "/postgres", autocommit=True) as there:
        there.execute(f"DROP DATABASE {NAME}")
        there.execute(f"CREATE DATABASE {NAME}")


def in_use(cluster, server, port):
    return {
        "BASE_URL": f"http://127.0.0.1:{port}",
        "STAFF_NEEDS_SECOND_STEP": "off",
        "SECRET_KEY": "only-for-these-tests-" + "0123456789" * 3,
        "LINK_SECRET": settings.LINK_SECRET,
        "RESPONSE_SECRET": settings.RESPONSE_SECRET,
        "DATABASE_URL": cluster.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DEFAULT_FROM_EMAIL": "jeugd@voorbeeld.nl",
    }


def is_listening(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)


def backup_and_doctor_are_well(image, own):
    backed_up = "python manage.py backup --out /tmp/b.zip && python manage.py restore /tmp/b.zip --check"
    status, said = image.run("/bin/sh", "-c", backed_up, **own)
    assert status == 0, said
    _, said = image.run("python", "manage.py", "doctor", **own)
    assert "goed  lettertypen: alle gevonden" in said
    assert "goed  statische bestanden: alle verzameld" in said
    assert "goed  mail: de mailserver antwoordt" in said


@pytest.mark.django_db(transaction=True)
def test_the_main_job_is_done_in_it(image, cluster, server, page, new_context, settings):
    port = free_port()
    own = {"environment": in_use(cluster, server, port)}
    an_empty_database(cluster)
    starters = [image.start("python", "manage.py", "prepare_database", **own) for _ in range(2)]
    assert [starter.wait(PATIENCE) for starter in starters] == [0, 0]

    site = SimpleNamespace(url=f"http://127.0.0.1:{port}")
    settings.BASE_URL = site.url
    serve = [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in image.config["Cmd"]]
    assert serve != image.config["Cmd"]
    quiet = own | {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    work = ["python", "manage.py", "db_worker", "--no-reload", "--interval", "0.2"]
    with (
        on_cluster(cluster),
        running(image.start(*serve, **quiet)),
        running(image.start(*work, **quiet)),
        running(image.start("python", "manage.py", "due", "--every", "60", **quiet)),
    ):
        until(lambda: is_listening(port))
        maker = {"email": "noor@example.org", "name": "Noor, gemeente Oostdorp", "may_make_networks": True}
        User.objects.create(**maker, password=make_password(PASSWORD, hasher="argon2"))
        sign_in(page, site, "noor@example.org")
        set_up(page)
        until(lambda: len(server.received) == 12)
        mail = next(message for message in server.received if message["To"] == "u0@school.example.org")
        link = re.search(rf"{site.url}/v/[\w-]{{43}}/", mail.get_body(("plain",)).get_content())[0]
        fill_in(new_context().new_page(), link)
        round = Round.objects.get()
        follow_and_publish(page, site, round, link)
        until(lambda: len(server.received) == 24)
        report = page.request.get(f"{site.url}/rondes/{round.pk}/rapport/netwerk.pdf").body()
        assert all(page_validation.is_pdf_compliant_bytes(report, profile=profile) for profile in ("ua1", "3a"))
        assert page.request.get(f"{site.url}/gezond/werk/").text() == "ok\n"
        backup_and_doctor_are_well(image, own)
