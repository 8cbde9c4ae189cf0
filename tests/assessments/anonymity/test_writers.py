"""Responses are used in few modules, and written in fewer; what deletes rows notes that, but for a few: all are listed.

A round that is thrown away takes its responses along; no module names these then.
"""

import ast

from django.conf import settings

ROOM = settings.BASE_DIR / "assessments"
WRITERS = {
    "actions/responses.py": "saves and erases with a respondent who was read under the lock",
    "actions/participants.py": "owns the round; erases what somebody who is taken out had not sent",
    "actions/closing.py": "owns the round; erases everything once it is counted",
    "demo/build.py": "makes constructed answers",
}
READERS = {
    "actions/mail.py": "reminds nobody who has finished",
    "actions/open_links.py": "counts who began by a link that lets in fewer or nobody",
    "anonymity/unsealing.py": "opens them while a round closes",
    "filling/answering.py": "shows somebody their own answers",
    "models/__init__.py": "names the model",
    "models/openlinks.py": "counts the guests of a link",
    "models/responses.py": "defines the model",
    "running/open_links.py": "counts who sent by a link of a team",
    "running/response.py": "counts who has finished",
}
WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete", "save"}

DELETES_WITHOUT_A_NOTE = {
    "actions/announcing.py: announce": "a kind and an id, of what stays after all",
    "actions/keeping.py: keep_network": "as above",
    "actions/closing.py: count_and_erase": "close_round notes it",
    "actions/invitations.py: ask_to_check_level": "as with invite_again",
    "actions/invitations.py: invite_again": "a message has no address and no text; closing rewrites its table",
    "actions/job_titles.py: remove_level": "what a network calls a job title, apart from who has it",
    "actions/open_links.py: withdraw_link": "a link that nobody used has nothing of a person",
    "actions/mail.py: _handle": "as with invite_again",
    "actions/meetings.py: cancel_meeting": "as with invite_again",
    "actions/timetable.py: forget_days_before_the_invitation": "a kind of mail and a day, of nobody",
    "actions/timetable.py: move_with_the_last_day": "as above",
    "actions/timetable.py: plan_as_usual": "as above",
    "actions/responses.py: erase_answers": "without the round's secret nobody can open what the file keeps",
    "anonymity/erasure.py: _rewrite": "the notes themselves",
    "anonymity/erasure.py: _wipe_sqlite": "the notes themselves",
    "dataset/tasks.py: _keep": "published figures of a release, which are there again at once",
    "report/tasks.py: make_reports": "whatever erases a text erases the PDFs with it, and notes both",
}


def trees():
    """Yields the path in the room and the syntax tree of each module."""
    for path in ROOM.rglob("*.py"):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOM)), ast.parse(path.read_text())


def names_responses(tree):
    """Tells whether code names the model or the responses of a round or link."""
    return any(
        (isinstance(node, ast.Name) and node.id == "Response")
        or (isinstance(node, ast.Attribute) and node.attr in ("Response", "responses"))
        or (isinstance(node, ast.alias) and node.name == "Response")
        or (isinstance(node, ast.ClassDef) and node.name == "Response")
        or (isinstance(node, ast.Constant) and node.value == "Response")
        for node in ast.walk(tree)
    )


def written(tree):
    """Returns what code writes to something that it names after responses, as in `own_response(…).delete()`."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and "response" in ast.unparse(node.func.value).lower()
    ]


def test_responses_are_used_in_the_listed_modules_only():
    assert sorted(path for path, tree in trees() if names_responses(tree)) == sorted([*WRITERS, *READERS])


def test_they_are_written_in_fewer():
    assert {path: calls for path, tree in trees() if path not in WRITERS and (calls := written(tree))} == {}


def calls_in(function):
    """Returns the names of what a function calls, without what they are called on."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in called}


def test_whoever_deletes_rows_notes_it_or_is_listed():
    functions = [
        (f"{path}: {node.name}", calls_in(node))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    silent = [name for name, calls in functions if "delete" in calls and "note_erasure" not in calls]
    assert sorted(silent) == sorted(DELETES_WITHOUT_A_NOTE)
