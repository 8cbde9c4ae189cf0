"""`make bench` prints how long a coördinator waits who closes a round, first of all on a site that has just started."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Round
from assessments.scores.answers import asked_of
from tests.bench.figures import figure, within
from tests.cast import build_cast, submit_all
from tests.cluster import cluster, on_cluster
from tests.faults.visitors import Log, Visitor, hidden
from tests.served import SECRET_KEY, served

__all__ = ["cluster"]  # a fixture

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

PEOPLE = {("school", "uitvoerend"): 20, ("wijkteam", "uitvoerend"): 20, ("school", "management"): 9}
PEOPLE |= {("wijkteam", "bestuur"): 8}  # 57 in all
SECONDS = 1.0


def round_to_close():
    cast = build_cast(PEOPLE)
    asked = {level: asked_of(cast.round.instrument, level) for level in ("uitvoerend", "management", "bestuur")}
    answers = (
        (participant, {key: 1 + (place * 7 + i * i) % 5 for i, key in enumerate(asked[participant.level])})
        for place, participant in enumerate(cast.participants())
    )
    submit_all(cast.round, answers)
    return cast


@pytest.mark.compared
def test_the_first_closing_of_57_people_on_a_site_that_has_just_started(cluster, settings, monkeypatch):
    settings.SECRET_KEY = SECRET_KEY  # signs in by the site's own
    monkeypatch.setenv("STAFF_NEEDS_SECOND_STEP", "off")
    with on_cluster(cluster), served(cluster.url) as site:
        cast = round_to_close()
        client, visitor = Client(), Visitor(site, Log())
        client.force_login(cast.coordinator)
        visitor.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        path = reverse("round_close", args=[cast.round.pk])
        fields = hidden(visitor.get(path)) | {"name": cast.round.name}
        begin = time.perf_counter()
        visitor.post(path, fields)
        took = time.perf_counter() - begin
        assert Round.objects.get(pk=cast.round.pk).is_frozen
    print(f"\nclosing a round of 57 people, the first on this site: {took:.2f} s")
    figure("closing.first", took)
    within(took, SECONDS, "the first closing")
