"""Tells a Prometheus how the installation is, as gauges that the database is asked for at each scrape.

So they are right with any number of processes, and nothing is counted where somebody saves. No figure has a label that
names a network, a round or a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from secrets import compare_digest

from django.conf import settings
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import DailyCount, Message, Round
from samenwerking.jobs import counts_of_jobs, waiting_since
from samenwerking.workers.heartbeats import last_seen

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
# A smaller step would tell of one person. And whoever can scrape may have a link too, and bring a figure of now to just
# under a step: then the next person to begin or send would be seen. So what was sent today is not in it.
STEP = 10

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
        "questionnaires_sent": (
            f"Questionnaires sent in open rounds until yesterday, down to whole steps of {STEP}; not those of parents.",
            [("", _sent_before(timezone.localdate(now)) // STEP * STEP)],
        ),
        "mails_waiting": (
            f"Mails to participants that have not gone, up to whole steps of {STEP}.",
            [("", -(-mails.count() // STEP) * STEP)],
        ),
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


def _sent_before(today: date) -> int:
    counted = DailyCount.objects.filter(round__in=Round.objects.open(), day__lt=today)
    return counted.aggregate(all=Sum("submitted"))["all"] or 0


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, round((now - since).total_seconds())) if since else 0.0
