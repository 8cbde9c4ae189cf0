"""What is stored of a person's answers, for the pages."""

from assessments.actions.responses import is_full
from assessments.by_key import ByKey
from assessments.models import Response
from assessments.respondents import Respondent

_shown = ByKey(Response.objects.only("answers", "texts", "browsers", "is_submitted"))


def stored(person: Respondent) -> Response:
    """The person's response as it is stored, or an empty one."""
    key = person.response_key
    return (_shown.get(key) if key else None) or Response()


def is_locked_out(person: Respondent, response: Response) -> bool:
    """Whether an open link filled up before this browser, that has `response`, saved a first answer."""
    return person.open_link is not None and response.key != person.response_key and is_full(person.open_link)
