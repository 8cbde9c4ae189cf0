"""Tests sign in with the code that an app would show."""

import time
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def code_for(secret, periods_ahead=0):
    """Returns the code that an app shows now, or some periods ahead; waits if the current one is about to lapse."""
    if time.time() % 30 > 20:
        time.sleep(30 - time.time() % 30)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods_ahead))


def long_on(user):
    """Dates the second step an hour back: the code with which it was just switched on is used up."""
    Authenticator.objects.filter(user=user).update(created_at=timezone.now() - timedelta(hours=1))


def enter(client, user, code=None):
    """Signs in by the form, with the code if there is one; returns the last answer."""
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code}) if code else answer
