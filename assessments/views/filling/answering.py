"""What is stored of a person's answers, for the pages."""

from assessments.models import Response
from assessments.respondents import Respondent


def stored(person: Respondent) -> Response:
    """The person's response as it is stored, or an empty one."""
    key = person.response_key
    found = Response.objects.only("answers", "texts", "browsers", "is_submitted").filter(key=key) if key else ()
    return next(iter(found), None) or Response()
