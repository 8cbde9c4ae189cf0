"""Each secret of the server that changes is noticed where somebody looks, and each can be replaced without a loss."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.urls import reverse

from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round
from assessments.anonymity.keys import link_token
from assessments.anonymity.secrets import complaints, fingerprint, generations, note_secrets
from assessments.models import KnownSecret, OpenLink, Response
from samenwerking.accounts.models import User
from tests.cast import filled

pytestmark = pytest.mark.django_db

NAMES = ("SECRET_KEY", "LINK_SECRET", "RESPONSE_SECRET")
NEW = "another secret of more than thirty-two characters"


@pytest.fixture
def served():
    """Lets the database know the secrets that the site is served with."""
    note_secrets()


def replace_secret(settings, name, *, keep=False):
    """Gives the server another secret, and keeps the former one or not, as a beheerder does in the environment."""
    if keep:
        setattr(settings, f"{name}_FALLBACKS", [getattr(settings, name)])
    setattr(settings, name, NEW)


@pytest.fixture
def beheerder(db):
    return User.objects.create_superuser("beheerder@voorbeeld.nl", "x" * 20, name="Beheerder")


@pytest.mark.parametrize("name", NAMES)
def test_without_an_open_round_the_check_the_health_address_the_log_and_a_command_notice(
    client, served, settings, caplog, name
):
    assert health(client) == (200, "ok\n")
    call_command("secrets")
    replace_secret(settings, name)
    said = f"{name} is not the one that this site was last served with"
    with pytest.raises(SystemCheckError, match=said):
        call_command("check", deploy=True)
    assert health(client) == (503, f"{name} changed: see manage.py check --deploy\n")
    do_what_is_due()
    assert said in caplog.text
    assert NEW not in caplog.text
    with pytest.raises(CommandError, match=said):
        call_command("secrets")


def health(client):
    response = client.get("/gezond/geheimen/")
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("name", "consequence"),
    [
        ("SECRET_KEY", "tweede stappen werken niet meer"),
        ("LINK_SECRET", "Links in mails die al zijn verstuurd, werken niet meer"),
        ("RESPONSE_SECRET", "niemand kan opslaan"),
    ],
)
def test_a_beheerder_reads_what_it_means(client, beheerder, served, settings, name, consequence):
    client.force_login(beheerder)
    assert "geheim van de server" not in client.get(reverse("admin:index")).content.decode()
    replace_secret(settings, name)
    client.force_login(beheerder)  # under another SECRET_KEY everybody signs in again
    page = client.get(reverse("admin:index")).content.decode()
    assert f"Een geheim van de server is veranderd: {name}." in page
    assert consequence in page


def test_whoever_may_not_enter_beheer_is_told_nothing(client, served, settings):
    replace_secret(settings, "LINK_SECRET")
    assert "LINK_SECRET" not in client.get(reverse("admin:index"), follow=True).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_one_that_is_replaced_with_the_former_one_kept_is_noted_and_the_former_may_go(cast, served, settings, name):
    replace_secret(settings, name, keep=True)
    assert complaints() == {}
    do_what_is_due()
    assert KnownSecret.objects.get(pk=name).fingerprint == fingerprint(NEW)
    close_round(round_id=cast.round.pk)
    setattr(settings, f"{name}_FALLBACKS", [])
    assert complaints() == {}


@pytest.mark.parametrize("name", NAMES)
def test_one_that_is_lost_stays_told_of_until_somebody_accepts_it(served, settings, caplog, name):
    replace_secret(settings, name)
    note_secrets()
    assert list(complaints()) == [name]
    caplog.set_level(logging.INFO)
    call_command("secrets", accept=name)
    assert complaints() == {}
    assert f"{name} is noted as the one in use" in caplog.text


@pytest.mark.parametrize("name", ["LINK_SECRET", "RESPONSE_SECRET"])
def test_one_that_open_rounds_need_can_t_be_given_up(cast, served, settings, name):
    replace_secret(settings, name)
    with pytest.raises(CommandError, match=f"Open rounds need the former {name}"):
        call_command("secrets", accept=name)
    assert "1 open round(s) were opened under" in complaints()[name]


def test_a_database_keeps_a_fingerprint_of_each_and_no_secret(served, settings):
    kept = dict(KnownSecret.objects.values_list("name", "fingerprint"))
    assert kept == {name: fingerprint(known[0]) for name, known in generations().items()}
    assert not {settings.SECRET_KEY, settings.LINK_SECRET, settings.RESPONSE_SECRET} & set(kept.values())


@pytest.fixture
def steps(db):
    """Returns a function that reads the second steps of a user who has an app and recovery codes."""
    user = User.objects.create_user("beheerder@voorbeeld.nl", name="Beheerder")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).get_unused_codes()

    def read():
        app, kept = (Authenticator.objects.get(type=kind) for kind in ("totp", "recovery_codes"))
        return TOTP(app).instance.data["secret"], RecoveryCodes(kept).get_unused_codes() == codes

    return read


def test_second_steps_move_to_a_new_secret_and_need_the_former_no_longer(served, settings, steps):
    before = steps()
    replace_secret(settings, "SECRET_KEY", keep=True)
    do_what_is_due()
    settings.SECRET_KEY_FALLBACKS = []
    after = steps()
    assert (before[0] != after[0], after[1]) == (True, True)


def test_second_steps_that_can_t_be_read_are_left_for_when_the_former_secret_is_back(served, settings, steps):
    former = settings.SECRET_KEY
    replace_secret(settings, "SECRET_KEY")
    with pytest.raises(InvalidToken):
        steps()
    call_command("secrets", accept="SECRET_KEY")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert steps()[1]


@pytest.mark.parametrize("keep", [True, False])
def test_a_guest_goes_on_with_the_former_secret_and_counts_twice_without_it(client, cast, served, settings, keep):
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend")
    token = link_token(link.pk)
    client.post(reverse("begin", args=[token]))
    client.post(reverse("questions", args=[token, 1]), {"VG1": "2"})
    replace_secret(settings, "SECRET_KEY", keep=keep)
    client.post(reverse("begin", args=[token]))
    client.post(reverse("questions", args=[token, 1]), {"VG1": "3"})
    assert Response.objects.count() == (1 if keep else 2)
    if keep:
        assert filled().answers == {"VG1": 3}
