"""Refuses passwords of Dutch words that many people choose: the list that comes with Django is English."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

WORDS = Path(__file__).parent / "dutch_passwords.txt"
FEW = 2  # different common words; three or more are a sentence
ENOUGH = 6  # letters beside them: another word, or a name that is not on the list
AS_LETTERS = str.maketrans("@4310$57!€", "aaeiosstie")  # signs that stand for a letter


class LengthValidator(MinimumLengthValidator):
    """Says in Dutch what Django's translation lacks. Is for AUTH_PASSWORD_VALIDATORS, as the others."""

    def get_error_message(self) -> str:
        """Returns what is wrong with a short password."""
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens."


class SimilarityValidator(UserAttributeSimilarityValidator):
    """Says in good Dutch that a password is like what others know of its owner."""

    def get_error_message(self) -> str:
        """Returns what is wrong; Django's translation puts the wrong article before the name of the field."""
        return "Dit wachtwoord lijkt te veel op uw naam of uw e-mailadres."


class DutchPasswordValidator:
    """Refuses what is little more than a common word."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError where little else stands in `password` but common words, figures and signs."""
        if any(_is_common(spelling) for spelling in (password.lower(), password.lower().translate(AS_LETTERS))):
            raise ValidationError(
                "Dit wachtwoord raadt iemand te snel: het is vooral een woord dat veel mensen kiezen."
                " Neem een zin van een paar woorden.",
                code="password_of_common_words",
            )

    def get_help_text(self) -> str:
        """Returns what a form says beforehand."""
        return "Neem geen woord dat veel mensen kiezen, zoals ‘welkom’ of ‘wachtwoord’ met een getal erachter."


def _is_common(password: str) -> bool:
    words, rest = set(_pattern().findall(password)), _pattern().sub("", password)
    return 0 < len(words) <= FEW and len(re.sub(r"[\W\d_]", "", rest)) < ENOUGH


@cache
def _pattern() -> re.Pattern[str]:
    """Returns a pattern of all common words, the longest first, so that nothing is left of a compound."""
    lines = WORDS.read_text(encoding="utf-8").split("\n")
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    words |= set(re.findall(r"\w{4,}", settings.ORGANISATION_NAME.lower()))
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))
