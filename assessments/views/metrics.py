"""Tells a Prometheus how the installation is, as gauges that the database is asked for at each scrape.

So they are right with any number of processes, and nothing is counted where somebody saves. No figure has a label that
names a network, a round or a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Message, Response, Round
from samenwerking.jobs import counts_of_jobs, waiting_since
from samenwerking.workers.heartbeats import last_seen

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
STEP = 10  # people: between two scrapes a smaller step would tell when one person began

Sample = tuple[str, float]  # labels, figure


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answers whoever shows METRICS_TOKEN; without that setting there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse("401\n", status=401, headers={"WWW-Authenticate": "Bearer"}, content_type="text/plain")
    return HttpResponse("".join(_lines(timezone.now())), content_type=FORMAT)


def _lines(now: datetime) -> Iterable[str]:
    for name, (meaning, samples) in _gauges(now).items():
        yield f"# HELP samenwerking_{name} {meaning}\n# TYPE samenwerking_{name} gauge\n"
        for labels, figure in samples:
            yield f"samenwerking_{name}{labels} {figure:.0f}\n"


def _gauges(now: datetime) -> dict[str, tuple[str, list[Sample]]]:
    jobs = counts_of_jobs()
    mails = Message.objects.queued().order_by()
    oldest = mails.order_by("queued_at").values_list("queued_at", flat=True).first()
    return {
        "open_rounds": ("Rounds that are open.", [("", Round.objects.open().count())]),
        "responses_saved": (
            f"People with saved answers in open rounds, down to whole steps of {STEP}; it falls as a round closes.",
            [("", Response.objects.count() // STEP * STEP)],
        ),
        "mails_waiting": ("Mails to participants that have not gone.", [("", mails.count())]),
        "oldest_mail_seconds": ("How long the oldest of these waits.", [("", _age(oldest, now))]),
        "jobs": (
            "Jobs by state; failed ones are there for a week.",
            [(f'{{state="{state}"}}', number) for state, number in jobs.items()],
        ),
        "oldest_job_seconds": ("How long a job waits that could begin.", [("", _age(waiting_since(now), now))]),
        "seen_seconds": (
            "Since when the last worker, and due, gave a sign of life; without one there is no line.",
            [(f'{{what="{kind}"}}', _age(seen, now)) for kind, seen in sorted(last_seen().items())],
        ),
    }


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, round((now - since).total_seconds())) if since else 0.0
