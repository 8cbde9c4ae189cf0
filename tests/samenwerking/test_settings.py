"""The settings refuse to start unsafely, and say in one sentence what is missing."""

import os
import subprocess
import sys
from itertools import product

from django.conf import settings

from samenwerking.checks import check_sender
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


def start(expression="''", **environment):
    """Returns what Python prints for an expression over the settings of a fresh process."""
    return subprocess.run(
        [sys.executable, "-c", f"from samenwerking import settings; print(({expression}))"],
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
            assert "MINIMUM_GROUP_SIZE is more than 1000" in start(MINIMUM_GROUP_SIZE=value).stderr


def test_without_a_secret_it_does_not_start_in_production(subtests):
    for name, value in product(("SECRET_KEY", "LINK_SECRET", "RESPONSE_SECRET"), ("", "x" * 49)):
        with subtests.test(name, value=value):
            result = start(**{name: value})
            assert result.returncode == 1
            assert f"{name} is missing or shorter than 50 characters" in result.stderr


def test_one_secret_cannot_serve_twice():
    assert "must differ" in start(LINK_SECRET=SAFE["SECRET_KEY"]).stderr


def test_development_needs_no_secrets():
    without = {"SECRET_KEY": "", "LINK_SECRET": "", "RESPONSE_SECRET": ""}
    result = start("settings.LINK_SECRET", DEBUG="on", BASE_URL=HERE, **without)
    assert result.stdout == "for-development-only-link_secret\n"


def test_users_reach_it_over_https_only(subtests):
    for address in ("", "http://samenwerking.voorbeeld.nl", "samenwerking.voorbeeld.nl"):
        with subtests.test(address):
            assert "BASE_URL must be the address that users see" in start(BASE_URL=address).stderr


def test_production_has_secure_cookies_and_only_its_own_host():
    expression = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.ALLOWED_HOSTS"
    assert start(expression).stdout == "(True, True, ['samenwerking.voorbeeld.nl'])\n"


def test_this_machine_may_be_served_without_https_and_without_debug():
    expression = "settings.DEBUG, settings.SESSION_COOKIE_SECURE"
    assert start(expression, BASE_URL="http://127.0.0.1:8000").stdout == "(False, False)\n"


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction():
    expression = "settings.DATABASES['default']['OPTIONS']['transaction_mode']"
    assert start(expression, DATABASE_URL="sqlite:///x.sqlite3").stdout == "IMMEDIATE\n"


def test_in_production_mail_with_personal_links_is_never_printed():
    result = start("settings.EMAIL_BACKEND", EMAIL_URL="")
    assert result.returncode == 1
    assert "EMAIL_URL is missing" in result.stderr
    assert start("settings.EMAIL_BACKEND, settings.EMAIL_HOST").stdout == (
        "('django.core.mail.backends.smtp.EmailBackend', 'mail.voorbeeld.nl')\n"
    )


def test_on_this_machine_mail_may_be_printed():
    result = start("settings.EMAIL_BACKEND", BASE_URL="http://127.0.0.1:8000", EMAIL_URL="")
    assert result.stdout == "django.core.mail.backends.console.EmailBackend\n"


def test_staff_needs_a_second_step_in_production_alone():
    said = {
        debug: start("settings.STAFF_NEEDS_SECOND_STEP", DEBUG=debug, BASE_URL="http://127.0.0.1:8000").stdout
        for debug in ("off", "on")
    }
    assert said == {"off": "True\n", "on": "False\n"}
    assert start("settings.STAFF_NEEDS_SECOND_STEP").stdout == "True\n"


def test_only_the_demo_on_this_machine_goes_without_a_second_step():
    refused = start(STAFF_NEEDS_SECOND_STEP="off")
    assert "STAFF_NEEDS_SECOND_STEP can be off on this machine only" in refused.stderr
    here = start("settings.STAFF_NEEDS_SECOND_STEP", STAFF_NEEDS_SECOND_STEP="off", BASE_URL="http://127.0.0.1:8000")
    assert here.stdout == "False\n"


def test_cookies_on_https_have_names_that_no_other_site_can_set():
    names = "getattr(settings, 'SESSION_COOKIE_NAME', ''), getattr(settings, 'CSRF_COOKIE_NAME', '')"
    assert start(names).stdout == "('__Host-sessionid', '__Host-csrftoken')\n"
    assert start(names, BASE_URL="http://127.0.0.1:8000").stdout == "('', '')\n"


def checked_for_real_use(**environment):
    """Returns what `manage.py check --deploy` says."""
    command = [sys.executable, "manage.py", "check", "--deploy"]
    own = {"PATH": os.environ["PATH"], **SAFE, "DATABASE_URL": "sqlite://:memory:", **environment}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=own, capture_output=True, text=True, check=False).stderr


def test_the_check_for_real_use_names_the_setting_without_which_a_proxy_gives_a_redirect_loop():
    assert "TRUSTED_PROXY_COUNT is not set" in checked_for_real_use()
    assert "TRUSTED_PROXY_COUNT" not in checked_for_real_use(TRUSTED_PROXY_COUNT="1")


def test_the_cache_in_memory_has_room_for_a_busy_round_and_another_cache_keeps_its_own_options():
    options = "settings.CACHES['default'].get('OPTIONS')"
    assert start(options).stdout == "{'MAX_ENTRIES': 50000}\n"
    assert start(options, CACHE_URL="filecache:///tmp/x").stdout == "None\n"
    assert start(options, CACHE_URL="locmemcache://?max_entries=7").stdout == "{'MAX_ENTRIES': 7}\n"


def test_every_part_of_the_mail_address_has_its_setting():
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    expression = ", ".join(f"settings.EMAIL_{name}" for name in names)
    found = start(expression, EMAIL_URL="smtp+tls://naam:g%40heim@mail.voorbeeld.nl:587").stdout
    assert found == "('mail.voorbeeld.nl', 587, 'naam', 'g@heim', True, False)\n"


def test_former_secrets_are_as_long_as_any_and_have_commas_between(subtests):
    one, other = "d" * 40, "e" * 40
    for name in ("SECRET_KEY_FALLBACKS", "LINK_SECRET_FALLBACKS", "RESPONSE_SECRET_FALLBACKS"):
        with subtests.test(name):
            assert start(f"settings.{name}").stdout == "[]\n"
            assert start(f"settings.{name}", **{name: f"{one}, {other}"}).stdout == f"{[one, other]}\n"
            refused = start(**{name: f"{one},kort"})
            assert f"{name} has a value that is shorter than 32 characters" in refused.stderr


def test_https_is_promised_for_this_name_alone_and_for_more_where_a_gemeente_chooses_so():
    expression = "settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD"
    assert start(expression).stdout == "(31536000, False, False)\n"
    assert start(expression, HSTS_INCLUDE_SUBDOMAINS="on", HSTS_PRELOAD="on").stdout == "(31536000, True, True)\n"


def test_secrets_that_start_the_site_are_long_enough_for_the_check_too():
    own = {name: f"{name}-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"[:50] for name in SECRETS}
    said = checked_for_real_use(**own)
    assert "security.W009" not in said
    assert "security.W005" not in said


def test_a_sender_is_refused_where_no_mail_could_go_out_and_only_there(settings, subtests):
    sender = "Gemeente Voorbeeld, team Jeugd <j@voorbeeld.nl>"
    assert "(samenwerking.E001) DEFAULT_FROM_EMAIL is no sender" in checked_for_real_use(DEFAULT_FROM_EMAIL=sender)
    senders = {
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
