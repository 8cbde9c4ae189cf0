"""Notes signs of life of what works in the background, and tells what has been silent for too long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from samenwerking.workers.models import Heartbeat

EVERY = 20  # seconds between two signs of life of a worker
SILENT = timedelta(minutes=2)  # a worker that gave none for so long is gone
SILENT_DUE = timedelta(minutes=15)  # `due` is to run every few minutes
KEPT = timedelta(days=1)

Kind = Heartbeat.Kind


def beat(kind: str, name: str, failures: int = 0) -> None:
    """Notes that the process is there now."""
    now = {"kind": kind, "seen_at": timezone.now(), "failures": failures}
    Heartbeat.objects.update_or_create(name=name, defaults=now)


def stop(name: str) -> None:
    """Forgets a process that ended as it should: nobody has to wait for it."""
    Heartbeat.objects.filter(name=name).delete()


def forget_the_dead(now: datetime) -> int:
    """Deletes what was last seen more than a day ago, and returns the number."""
    return Heartbeat.objects.filter(seen_at__lt=now - KEPT).delete()[0]


def lost_workers(now: datetime) -> set[str]:
    """Returns the names of workers that were there, did not end as they should and have been silent for too long."""
    lost = Heartbeat.objects.filter(kind=Kind.WORKER, seen_at__lt=now - SILENT)
    return set(lost.values_list("name", flat=True))


def last_seen() -> dict[str, datetime]:
    """Returns by kind when one of its processes was last there."""
    return {kind: last.seen_at for kind, last in _last_of_each_kind().items()}


def failures_of_due() -> int:
    """Returns how much went wrong when `due` last ran."""
    last = _last_of_each_kind().get(Kind.DUE)
    return last.failures if last else 0


def troubles(now: datetime) -> list[str]:
    """Returns in plain English what is wrong with the work in the background; nothing where all is well."""
    last = _last_of_each_kind()
    found = [
        _silence(Kind.WORKER, last.get(Kind.WORKER), now - SILENT),
        _silence(Kind.DUE, last.get(Kind.DUE), now - SILENT_DUE),
    ]
    due = last.get(Kind.DUE)
    if due and due.failures:
        found.append(f"due: {due.failures} failed, see its log")
    return [trouble for trouble in found if trouble]


def _last_of_each_kind() -> dict[str, Heartbeat]:
    return {heartbeat.kind: heartbeat for heartbeat in Heartbeat.objects.order_by("seen_at")}


def _silence(kind: str, last: Heartbeat | None, since: datetime) -> str:
    if last is None:
        return f"{kind}: not seen yet"
    return f"{kind}: silent since {last.seen_at:%Y-%m-%dT%H:%M:%SZ}" if last.seen_at < since else ""
