"""Passwords of common Dutch words are refused; sentences and what a program made up are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from samenwerking.accounts import passwords
from samenwerking.accounts.models import User
from tests.cast import PASSWORD


@pytest.mark.parametrize(
    "password",
    "wachtwoord12 samenwerking1 gemeente2026! welkom123456 Welkom-Welkom W3lk0mW3lk0m! Zomer2026Zomer! mijnwachtwoord1"
    " jeugdhulp2027 V0etbal123456 oranje-Oranje-1 G3h31m!G3h31m! maandag-ochtend1".split()[:12],
)
def test_a_common_word_with_a_number_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_of_common_words" in [fault.code for fault in refused.value.error_list]


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "mijn hond werkt op school",
        "vier paarse olifanten",
        "k7$Gqjan92Lp#xTz",
        "T9!vabc22-mQe7rW",
        "wachtwoordloos-tijdperk",
        "ΩçµøπåßΩçµøπåß",
    ],
)
def test_a_sentence_and_what_a_program_made_up_are_taken(password):
    validate_password(password)


def test_the_name_of_the_gemeente_and_of_the_owner_count_too(settings):
    settings.ORGANISATION_NAME = "Gemeente Oostdorp"
    passwords._pattern.cache_clear()
    with pytest.raises(ValidationError, match="raadt iemand te snel"):
        validate_password("Oostdorp20262027")
    with pytest.raises(ValidationError):
        validate_password("adaeerste2026", User(email="a@voorbeeld.nl", name="Ada Eerste"))
    passwords._pattern.cache_clear()
