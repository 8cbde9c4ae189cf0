"""What is stored of a person's answers, for the pages."""

from assessments.actions.responses import is_full
from assessments.models import Response
from assessments.respondents import Respondent


def stored(person: Respondent) -> Response:
    """The person's response as it is stored, or an empty one."""
    key = person.response_key
    found = Response.objects.only("answers", "texts", "browsers", "is_submitted").filter(key=key) if key else ()
    return next(iter(found), None) or Response()


def is_locked_out(person: Respondent, response: Response) -> bool:
    """Whether an open link filled up before this browser, that has `response`, saved a first answer."""
    return person.open_link is not None and response.key != person.response_key and is_full(person.open_link)
