"""A mailed link to choose a password: an invitation lives through a holiday, a forgotten password three days."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator

from samenwerking.accounts.models import User
from samenwerking.accounts.tokens import PasswordLinkKeys
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


class Aged(PasswordLinkKeys):
    """Makes keys as they were made so long ago."""

    ago = timedelta()

    def _now(self):
        return super()._now() - self.ago


def works(user, days):
    old = Aged()
    old.ago = timedelta(days=days)
    return default_token_generator.check_token(user, old.make_token(user))


def test_the_sign_in_package_uses_these_keys():
    assert isinstance(default_token_generator, PasswordLinkKeys)


def test_an_invitation_opens_for_sixty_days_and_a_forgotten_password_for_three():
    invited = User.objects.create_user("nieuw@example.org", name="Beleidsmedewerker 2")
    known = User.objects.create_user("bekend@example.org", PASSWORD, name="Beleidsmedewerker 3")
    assert [works(invited, days) for days in (2, 4, 59, 61)] == [True, True, True, False]
    assert [works(known, days) for days in (2, 4, 59, 61)] == [True, False, False, False]


def test_an_invitation_is_of_no_use_once_there_is_a_password_or_another_address():
    invited = User.objects.create_user("nieuw@example.org", name="Beleidsmedewerker 2")
    key = default_token_generator.make_token(invited)
    assert not default_token_generator.check_token(None, key)
    assert not default_token_generator.check_token(invited, None)
    invited.email = "ander@example.org"
    assert not default_token_generator.check_token(invited, key)
    invited.email = "nieuw@example.org"
    invited.set_password(PASSWORD)
    assert not default_token_generator.check_token(invited, key)
