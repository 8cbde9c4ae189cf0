"""A token lets in its owner's programs and nobody else, as often as is said, and every refusal has one form."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.views.api import limits
from samenwerking.accounts.api_tokens import withdraw_all
from samenwerking.accounts.models import ApiToken, User
from samenwerking.api import HEADERS, PROBLEM

METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PATHS = ("/rondes", "/instrumentversies", "/", "/openapi.json")


def test_every_token_that_does_not_work_gets_the_same_answer(published, token, read, described):
    ended, withdrawn, shut_out = (token(published.coordinator, days=days) for days in (0, 30, 30))
    ApiToken.objects.filter(ends_on=timezone.localdate()).update(
        made_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert read("/rondes", withdrawn).status_code == 200
    withdraw_all(User(pk=0))
    ApiToken.objects.filter(ends_on__gt=timezone.localdate()).first().delete()
    other = token(published.stranger)
    User.objects.filter(pk=published.stranger.pk).update(is_active=False)
    answers = [read("/rondes", key) for key in (ended, withdrawn, other, "swk_bestaat-niet", "", None)]
    answers += [read("/rondes", Authorization=said) for said in (shut_out, f"Basic {shut_out}", "Bearer")]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="Samenwerking"'}
    described("/rondes", answers[0])


def test_no_session_lets_in_and_none_is_begun(published, client, token):
    client.force_login(published.coordinator)
    address = "/api/v1/rondes"
    assert client.get(address).status_code == 401
    before = dict(client.session)
    answer = client.get(address, headers={"Authorization": f"Bearer {token(published.coordinator)}"})
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert dict(client.session) == before


def test_where_a_second_step_is_asked_an_owner_without_one_reads_nothing(published, token, read, settings):
    key = token(published.coordinator)
    settings.STAFF_NEEDS_SECOND_STEP = True
    assert read("/rondes", key).status_code == 401


def test_its_last_day_of_use_is_noted_and_nothing_else(published, token, read, django_assert_num_queries):
    key = token(published.coordinator)
    before = ApiToken.objects.values().get(user=published.coordinator)
    read("/instrumentversies", key)
    assert ApiToken.objects.values().get(user=published.coordinator) == before | {"last_used_on": timezone.localdate()}


def test_nothing_is_written_for_the_second_request_of_a_day(published, token, read):
    key, written = token(published.coordinator), []

    def watch(execute, sql, *more):
        written.extend([sql] if sql.startswith(("UPDATE", "INSERT", "DELETE")) else [])
        return execute(sql, *more)

    read("/rondes", key)
    with connection.execute_wrapper(watch):
        assert read("/rondes", key).status_code == 200
    assert written == []


def test_a_token_reads_so_often_in_ten_minutes_and_another_is_not_stopped(
    published, token, read, described, monkeypatch
):
    monkeypatch.setattr(limits, "REQUESTS", 3)
    key = token(published.coordinator)
    assert [read("/rondes", key).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = read("/rondes", key)
    assert refused.headers["Retry-After"] == "600"
    assert "10 minuten" in described("/rondes", refused)["detail"]
    assert read("/rondes", token(published.coordinator)).status_code == 200
    cache.clear()  # as time does
    assert read("/rondes", key).status_code == 200


def test_who_tries_wrong_tokens_is_stopped_and_a_right_one_from_there_is_not(published, token, read):
    key = token(published.coordinator)
    tried = [read("/rondes", f"swk_{number}").status_code for number in range(limits.WRONG_TOKENS + 2)]
    assert tried == [401] * limits.WRONG_TOKENS + [429] * 2
    assert read("/rondes").status_code == 429
    assert read("/rondes", key).status_code == 200
    assert read("/rondes", "swk_1", **{"X-Forwarded-For": "10.0.0.9"}).status_code == 429


def test_no_count_is_kept_under_a_token_or_an_address(published, token, read):
    key = token(published.coordinator)
    read("/rondes", key)
    read("/rondes", "swk_fout")
    kept = str(cache._cache)
    assert "wrong-tokens." in kept
    assert [said for said in (key, "swk_fout", "127.0.0.1") if said in kept] == []


@pytest.mark.parametrize("path", PATHS)
def test_what_is_not_reading_is_refused_before_anything_else(published, token, read, path):
    for key in (None, token(published.coordinator)):
        answers = [read(path, key, method) for method in METHODS]
        assert [answer.status_code for answer in answers] == [405] * len(METHODS)
        assert {answer.headers["Allow"] for answer in answers} == {"GET, HEAD"}
        assert {answer.headers["Content-Type"] for answer in answers} == {PROBLEM}


def test_a_post_needs_no_token_against_forged_forms_to_be_told_what_is_wrong(published):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/rondes").status_code == 405


def test_head_says_what_get_would(published, token, read):
    key = token(published.coordinator)
    whole, head = read("/rondes", key), read("/rondes", key, "HEAD")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])


def test_what_a_program_has_already_is_not_sent_again_and_is_never_kept_on_the_way(published, token, read):
    key = token(published.coordinator)
    first = read("/rondes", key)
    assert first.headers["Cache-Control"] == "no-store"
    again = read("/rondes", key, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["API-Version"]) == (304, b"", "1.0.0")
    published.round.name = "Najaar"
    published.round.save()
    assert read("/rondes", key, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("kind", ["text/html", "application/xml", "text/html;q=0.9, image/*"])
def test_who_takes_no_json_is_told_so(published, token, read, described, kind):
    refused = read("/rondes", token(published.coordinator), Accept=kind)
    assert described("/rondes", refused)["status"] == 406
    for fits in ("*/*", "application/*", "application/json", "text/html, application/json;q=0.5"):
        assert read("/rondes", token(published.coordinator), Accept=fits).status_code == 200


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("pagina=0", ["pagina"]),
        ("pagina=x&paginaGrootte=101", ["pagina", "paginaGrootte"]),
        ("pagina=1&pagina=2", ["pagina"]),
        ("pagina=", ["pagina"]),
        ("pagina=-1", ["pagina"]),
        ("pagina=1e3", ["pagina"]),
        ("pagina=²", ["pagina"]),
        ("pagina=99999999999999999999", ["pagina"]),
        ("netwerk=Oost&sleutel=x", ["netwerk", "sleutel"]),
    ],
)
def test_all_that_is_wrong_with_a_question_is_said_at_once(published, token, read, described, asked, names):
    problem = described("/rondes", read(f"/rondes?{asked}", token(published.coordinator)))
    assert problem["status"] == 400
    assert [fault["parameter"] for fault in problem["fouten"]] == names


def test_what_takes_no_question_refuses_one(published, token, read):
    path = f"/rondes/{published.round.pk}/uitkomsten?item=kennis"
    assert read(path, token(published.coordinator)).status_code == 400


@pytest.mark.parametrize("path", ["/rondes/", "/rondes//", "/nergens", "/rondes/1", "/RONDES", "/../beheer/"])
def test_an_address_that_is_not_there_is_a_problem_and_leads_nowhere_else(published, token, read, path):
    answer = read(path, token(published.coordinator))
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_a_database_that_is_away_is_a_problem_that_passes(published, token, client):
    client.raise_request_exception = False
    key = token(published.coordinator)

    def away(*_):
        raise OperationalError

    with connection.execute_wrapper(away):
        answer = client.get("/api/v1/rondes", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "halve minuut" in answer.json()["detail"]


SIGNS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]),
    path=st.one_of(st.sampled_from(PATHS), SIGNS.map(lambda signs: f"/{signs}")),
    query=SIGNS,
    said=st.dictionaries(
        st.sampled_from(["Authorization", "Accept", "Content-Type", "If-None-Match", "Cookie", "Origin"]), SIGNS
    ),
)
def test_whatever_is_asked_the_answer_is_json_or_a_problem_with_all_headers(published, method, path, query, said):
    cache.clear()
    address = f"/api/v1{path.partition('?')[0].partition('#')[0]}"
    answer = Client(raise_request_exception=False).generic(method, address, QUERY_STRING=query, headers=said)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in answer.headers
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == PROBLEM
        if method != "HEAD":
            problem = json.loads(answer.content)
            assert (problem["status"], bool(problem["title"]), bool(problem["detail"])) == (
                answer.status_code,
                True,
                True,
            )
    else:
        assert answer.status_code in (200, 304)
