"""Reading and saving for the pages: whoever has a personal link and whoever came in by an open one, the same way."""

from collections.abc import Mapping

from assessments.actions.responses import save_answers, save_answers_by_open_link
from assessments.answers import Value
from assessments.models import Response
from assessments.respondents import Respondent
from assessments.workflow import NotAllowed


def stored(person: Respondent) -> Response:
    """The person's response as it is stored, or an empty one."""
    key = person.response_key
    found = Response.objects.only("answers", "texts", "browsers", "is_submitted").filter(key=key) if key else ()
    return next(iter(found), None) or Response()


def save(
    person: Respondent,
    answers: Mapping[str, Value],
    texts: Mapping[str, str],
    *,
    browser: str,
    submit: bool = False,
) -> Response:
    """The response with these merged in, marked as given by `browser`. Raises NotAllowed."""
    if person.id is None:
        raise NotAllowed("Deze browser is nog niet begonnen.")
    if person.open_link is not None:
        return save_answers_by_open_link(
            open_link_id=person.open_link.pk,
            guest_id=person.id,
            answers=answers,
            texts=texts,
            submit=submit,
            browser=browser,
        )
    return save_answers(participant_id=person.id, answers=answers, texts=texts, submit=submit, browser=browser)
