"""Lets a code of an app be used once, whatever process it comes to: the package remembers it in one cache only."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST = "last_counter"  # the period of the latest code that was used (RFC 6238, 5.2), in the second step's data


@transaction.atomic
def use_once(authenticator: Authenticator, code: str) -> bool:
    """Notes that a right code of an app was used; returns False where it, or a later one, was used before."""
    kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(kept.data["secret"])
    fitting = [n for n in yield_hotp_counters_from_time() if compare_user_code(actual=code, expected=_code(secret, n))]
    used = kept.data.get(LAST, _at_activation(kept))
    latest = max(fitting, default=used)
    if latest <= used:
        return False
    kept.data[LAST] = latest
    kept.save(update_fields=["data"])
    return True


def _code(secret: str, counter: int) -> str:
    return format_hotp_value(hotp_value(secret, counter))


def _at_activation(authenticator: Authenticator) -> int:
    """Returns the latest period whose code can have been used to switch the second step on."""
    return int(authenticator.created_at.timestamp()) // app_settings.TOTP_PERIOD + app_settings.TOTP_TOLERANCE
