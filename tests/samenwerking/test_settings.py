"""The settings refuse to start unsafely, and say in one sentence what is missing."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product

import environ
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samenwerking.checks import check_mail_password, check_sender
from samenwerking.settings import minimum_group_size

HERE = "http://127.0.0.1:8000"
SAFE = {
    "DEBUG": "off",
    "BASE_URL": "https://samenwerking.voorbeeld.nl",
    "SECRET_KEY": "a" * 50,
    "LINK_SECRET": "b" * 50,
    "RESPONSE_SECRET": "c" * 50,
    "EMAIL_URL": "smtp+tls://mail.voorbeeld.nl:587",
}
SECRETS = ("SECRET_KEY", "LINK_SECRET", "RESPONSE_SECRET")


def read_settings(**environment):
    """Returns the settings, read anew with this environment and no other. Raises ImproperlyConfigured."""
    spec = spec_from_file_location("settings_read_anew", settings.BASE_DIR / "samenwerking" / "settings.py")
    module = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        # All at once, since .env may add to it.
        patch.setattr(os, "environ", {"PATH": os.environ["PATH"], **SAFE, **environment})
        patch.setattr(environ.Env, "ENVIRON", os.environ)
        spec.loader.exec_module(module)
    return module


def refusal(**environment):
    """Returns why the settings refuse to be read with this environment."""
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(**environment)
    return str(refused.value)


def in_a_process(**environment):
    """Returns how a fresh process ends that reads the settings."""
    return subprocess.run(
        [sys.executable, "-c", "from samenwerking import settings"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **SAFE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


# What a minimum is read as.
MINIMA = {
    "5": 5,
    "3": 3,
    "12": 12,
    " 7 ": 7,
    "2": 5,
    "0": 5,
    "-4": 5,
    "": 5,
    "3.0": 5,
    "4,5": 5,
    "1e1": 5,
    "drie": 5,
    "٤": 5,
    "0004": 4,
    "1000": 1000,
}


def test_a_minimum_that_is_no_whole_number_from_three_means_five():
    assert {value: minimum_group_size(value) for value in MINIMA} == MINIMA


def test_a_minimum_that_no_round_could_keep_stops_the_start(subtests):
    for value in ("1001", "999999", "9" * 5000):
        with subtests.test(value[:10]):
            assert "MINIMUM_GROUP_SIZE is more than 1000" in refusal(MINIMUM_GROUP_SIZE=value)


def test_without_a_secret_it_does_not_start_in_production(subtests):
    for name, value in product(SECRETS, ("", "x" * 49)):
        with subtests.test(name, value=value):
            assert f"{name} is missing or shorter than 50 characters" in refusal(**{name: value})
    process = in_a_process(LINK_SECRET="")
    assert process.returncode == 1
    assert "LINK_SECRET is missing or shorter than 50 characters" in process.stderr


def test_a_process_starts_with_the_settings_that_these_tests_call_safe():
    process = in_a_process()
    assert (process.returncode, process.stderr) == (0, "")


def test_one_secret_cannot_serve_twice():
    assert "must differ" in refusal(LINK_SECRET=SAFE["SECRET_KEY"])


def test_development_needs_no_secrets():
    own = read_settings(DEBUG="on", BASE_URL=HERE, **dict.fromkeys(SECRETS, ""))
    assert own.LINK_SECRET == "for-development-only-link_secret"


def test_users_reach_it_over_https_only(subtests):
    for address in ("", "http://samenwerking.voorbeeld.nl", "samenwerking.voorbeeld.nl"):
        with subtests.test(address):
            assert "BASE_URL must be the address that users see" in refusal(BASE_URL=address)


def test_production_has_secure_cookies_and_only_its_own_host():
    own = read_settings()
    assert own.SESSION_COOKIE_SECURE is own.CSRF_COOKIE_SECURE is True
    assert own.ALLOWED_HOSTS == ["samenwerking.voorbeeld.nl"]


def test_this_machine_may_be_served_without_https_and_without_debug():
    own = read_settings(BASE_URL=HERE)
    assert own.DEBUG is own.SESSION_COOKIE_SECURE is False


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction():
    own = read_settings(DATABASE_URL="sqlite:///x.sqlite3")
    assert own.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_in_production_mail_with_personal_links_is_never_printed():
    assert "EMAIL_URL is missing" in refusal(EMAIL_URL="")
    own = read_settings()
    assert own.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    assert own.EMAIL_HOST == "mail.voorbeeld.nl"


def test_on_this_machine_mail_may_be_printed():
    own = read_settings(BASE_URL=HERE, EMAIL_URL="")
    assert own.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"


def test_staff_needs_a_second_step_in_production_alone():
    said = {debug: read_settings(DEBUG=debug, BASE_URL=HERE).STAFF_NEEDS_SECOND_STEP for debug in ("off", "on")}
    assert said == {"off": True, "on": False}
    assert read_settings().STAFF_NEEDS_SECOND_STEP is True


def test_only_the_demo_on_this_machine_goes_without_a_second_step():
    refused = refusal(STAFF_NEEDS_SECOND_STEP="off")
    assert "STAFF_NEEDS_SECOND_STEP can be off on this machine only" in refused
    assert read_settings(STAFF_NEEDS_SECOND_STEP="off", BASE_URL=HERE).STAFF_NEEDS_SECOND_STEP is False


def test_cookies_on_https_have_names_that_no_other_site_can_set():
    own, here = read_settings(), read_settings(BASE_URL=HERE)
    assert (own.SESSION_COOKIE_NAME, own.CSRF_COOKIE_NAME) == ("__Host-sessionid", "__Host-csrftoken")
    assert not hasattr(here, "SESSION_COOKIE_NAME")
    assert not hasattr(here, "CSRF_COOKIE_NAME")


def checked_for_real_use(**environment):
    """Returns what `manage.py check --deploy` says."""
    command = [sys.executable, "manage.py", "check", "--deploy"]
    own = {"PATH": os.environ["PATH"], **SAFE, "DATABASE_URL": "sqlite://:memory:", **environment}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=own, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_check_for_real_use_names_what_is_wrong_and_is_silent_where_nothing_is():
    """Without a count of proxies, a proxy gives a redirect loop; secrets that start the site are long enough."""
    said = checked_for_real_use(DEFAULT_FROM_EMAIL="Gemeente Voorbeeld, team Jeugd <j@voorbeeld.nl>")
    assert "TRUSTED_PROXY_COUNT is not set" in said
    assert "(samenwerking.E001) DEFAULT_FROM_EMAIL is no sender" in said
    own = {name: f"{name}-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"[:50] for name in SECRETS}
    said = checked_for_real_use(TRUSTED_PROXY_COUNT="1", SECURITY_CONTACT="mailto:security@voorbeeld.nl", **own)
    assert said == "System check identified no issues (2 silenced).\n"


def test_the_cache_in_memory_has_room_for_a_busy_round_and_another_cache_keeps_its_own_options():
    options = {
        address: read_settings(CACHE_URL=address).CACHES["default"].get("OPTIONS")
        for address in ("", "filecache:///tmp/x", "locmemcache://?max_entries=7")
    }
    assert options == {
        "": {"MAX_ENTRIES": 50_000},
        "filecache:///tmp/x": None,
        "locmemcache://?max_entries=7": {"MAX_ENTRIES": 7},
    }
    assert read_settings().CACHES == read_settings(CACHE_URL="").CACHES


def test_every_part_of_the_mail_address_has_its_setting():
    own = read_settings(EMAIL_URL="smtp+tls://naam:g%40heim@mail.voorbeeld.nl:587")
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    found = [getattr(own, f"EMAIL_{name}") for name in names]
    assert found == ["mail.voorbeeld.nl", 587, "naam", "g@heim", True, False]


def test_former_secrets_are_as_long_as_any_and_have_commas_between(subtests):
    one, other = "d" * 40, "e" * 40
    for name in ("SECRET_KEY_FALLBACKS", "LINK_SECRET_FALLBACKS", "RESPONSE_SECRET_FALLBACKS"):
        with subtests.test(name):
            assert getattr(read_settings(), name) == []
            assert getattr(read_settings(**{name: f"{one}, {other}"}), name) == [one, other]
            refused = refusal(**{name: f"{one},kort"})
            assert f"{name} has a value that is shorter than 32 characters" in refused


def test_https_is_promised_for_this_name_alone_and_for_more_where_a_gemeente_chooses_so():
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    alone, more = read_settings(), read_settings(HSTS_INCLUDE_SUBDOMAINS="on", HSTS_PRELOAD="on")
    assert [getattr(alone, name) for name in names] == [31536000, False, False]
    assert [getattr(more, name) for name in names] == [31536000, True, True]


def test_a_sender_is_refused_where_no_mail_could_go_out_and_only_there(settings, subtests):
    senders = {
        "Gemeente Voorbeeld, team Jeugd <j@voorbeeld.nl>": ["samenwerking.E001"],
        "a@voorbeeld.nl, b@voorbeeld.nl": ["samenwerking.E001"],
        "Gemeente": ["samenwerking.E001"],
        "a@": ["samenwerking.E001"],
        '"Gemeente Voorbeeld, team Jeugd" <j@voorbeeld.nl>': [],
        "Gemeenté <a@voorbeeld.nl>": [],
    }
    for sender, faults in senders.items():
        with subtests.test(sender):
            settings.DEFAULT_FROM_EMAIL = sender
            assert [fault.id for fault in check_sender()] == faults


def test_a_mail_password_is_refused_with_which_nobody_could_sign_in(settings, subtests):
    for name, password, faults in [
        ("samenwerking", "geheim-é", ["samenwerking.W008"]),
        ("jeugdé", "geheim", ["samenwerking.W008"]),
        ("samenwerking", "g~h%i!m#", []),
        ("", "", []),
    ]:
        with subtests.test(password):
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = name, password
            found = check_mail_password()
            assert [fault.id for fault in found] == faults
            assert not any(password in str(fault) for fault in found)
