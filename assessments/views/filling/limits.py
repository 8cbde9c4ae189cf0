"""Limits how often a link may be tried or used. Counts in the cache for some minutes; keeps no address and no link."""

from uuid import UUID

from django.http import HttpRequest

from assessments.views.counting import address_of, count, counted, hidden

WRONG_LINKS = 60  # from one address; a whole town hall may share it
FILES = 20
CODES = 20  # wrong ones, from one address
CODES_OF_A_ROUND = 300  # wrong ones in an hour that begin alike, from everywhere
SAVES = 900  # of one person; fifteen times the questionnaire, an answer at a time


def tries_too_many_links(request: HttpRequest) -> bool:
    return counted(_wrong_links_of(request)) >= WRONG_LINKS


def count_wrong_link(request: HttpRequest) -> None:
    count(_wrong_links_of(request))


def tries_too_many_codes(request: HttpRequest, code: str) -> bool:
    """Tells whether to wait: a right code too has to, or the limit would be none.

    A guess that could be right for a round begins as the round's code does, so that counts tries at one round.
    """
    own, alike = _wrong_codes_of(request), _wrong_codes_like(code)
    return counted(own) >= CODES or counted(alike) >= CODES_OF_A_ROUND


def count_wrong_code(request: HttpRequest, code: str) -> None:
    count(_wrong_codes_of(request))
    count(_wrong_codes_like(code), minutes=60)


def saves_too_often(request: HttpRequest, who: UUID | None) -> bool:
    """Counts one more save and tells whether there are too many by now.

    It counts by person, or by address for somebody who has not begun yet.
    """
    return count(f"saves.{hidden(str(who or address_of(request)))}") > SAVES


def asks_for_too_many_files(request: HttpRequest, who: UUID | None) -> bool:
    """Counts one more file that is made on the spot and tells whether there are too many by now.

    It counts by person, or by address for somebody who has not begun yet.
    """
    return count(f"files.{hidden(str(who or address_of(request)))}") > FILES


def _wrong_links_of(request: HttpRequest) -> str:
    return f"wrong-links.{hidden(address_of(request))}"


def _wrong_codes_of(request: HttpRequest) -> str:
    return f"wrong-codes.{hidden(address_of(request))}"


def _wrong_codes_like(code: str) -> str:
    return f"wrong-codes-like.{code[:3]}"
