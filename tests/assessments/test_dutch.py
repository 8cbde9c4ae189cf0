"""One of something is named in the singular."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from assessments.models import MessageState
from assessments.running.readiness import unmet
from tests.cast import build_cast


@pytest.fixture
def cast(db):
    return build_cast({("school", "bestuur"): 1}, is_open=False)


def test_a_round_with_one_participant_says_what_it_lacks(cast):
    told = {requirement.step: requirement.text for requirement in unmet(cast.round)}
    assert told["deelnemers"] == "Er is 1 deelnemer. Er zijn er minstens 3 nodig om een uitkomst te zien."


@pytest.mark.parametrize(("count", "told"), [(1, "1 bericht staat weer"), (2, "2 berichten staan weer")])
def test_messages_that_are_tried_again(client, db, count, told):
    cast = build_cast()
    client.force_login(cast.coordinator)
    for participant in cast.participants()[:count]:
        participant.messages.update(state=MessageState.REFUSED)
    page = client.post(reverse("mail_try_again", args=[cast.round.pk]), follow=True).content.decode()
    assert f"{told} in de wachtrij." in page


def test_the_last_recovery_code(coordinator, cast):
    TOTP.activate(cast.coordinator, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(cast.coordinator)
    _, *others = codes.get_unused_codes()
    for code in others:
        assert codes.validate_code(code)
    assert "U hebt nog 1 herstelcode." in coordinator.get(reverse("mfa_index")).content.decode()
