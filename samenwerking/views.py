"""Shows the pages of the site itself: start, health, security.txt. They know nothing of rounds."""

from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samenwerking import health
from samenwerking.checks import changed_secrets
from samenwerking.database import UNSETTLED, Unsettled


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Tells a visitor what this site is; whoever is signed in goes on to work."""
    if request.user.is_authenticated:
        return redirect("overview")
    return render(request, "start.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    """Shows docs/handleiding.md as a page; a test holds the one against the other."""
    return render(request, "help.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Says that this process answers: liveness."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Says whether this process can serve visitors, readiness, and how what it leans on is.

    Only a database that is away or being restored, or that has not had this version's migrations, takes the site out of
    use. Without mail or a worker people can still fill in, and all processes would be gone at once.
    """
    try:
        unapplied = health.migrations()
        if unapplied:
            return _told(["database: ok", f"migrations: {unapplied}"], status=503)
        background = health.background(timezone.now())
        around = health.around()
    except Unsettled:
        return _told([f"database: {UNSETTLED}"], status=503)
    except Error:
        return _told(["database: away"], status=503)
    told = {"database": "", "migrations": "", "queue": "; ".join(background), **around}
    return _told([f"{name}: {trouble or 'ok'}" for name, trouble in told.items()])


@require_safe
def working(request: HttpRequest) -> HttpResponse:
    """Says whether all is well that works in the background or around the site: for whoever watches over it.

    It is apart from readiness: a site without a worker can serve, and taking it out of use would mend nothing.
    """
    try:
        found = health.background(timezone.now())
        around = {name: trouble for name, trouble in health.around().items() if trouble != health.NOT_ASKED}
    except Unsettled:
        return _told([f"database: {UNSETTLED}"], status=503)
    except Error:
        return _told(["no database"], status=503)
    found += [f"{name}: {trouble}" for name, trouble in around.items() if trouble]
    return _told(found or ["ok"], status=503 if found else 200)


@require_safe
def secrets(request: HttpRequest) -> HttpResponse:
    """Says whether a secret of the server has changed, for whoever watches over the installation.

    It is apart from readiness: to take the site out of use would help nobody who can still go on. The check itself can
    run before there is a database, and finds nothing then.
    """
    try:
        health.ask_database()
    except Error:
        return _told(["no database"], status=503)
    found = changed_secrets()
    lines = [f"{name} changed: see manage.py check --deploy" for name in found] or ["ok"]
    return _told(lines, status=503 if found else 200)


def _told(lines: list[str], status: int = 200) -> HttpResponse:
    return HttpResponse("".join(f"{line}\n" for line in lines), status=status, content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Lets search engines read the public pages; a personal link is never one."""
    lines = ["User-agent: *", "Disallow: /v/", "Disallow: /lees/", "Disallow: /account/", "Disallow: /beheer/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Says whom to tell of a leak (RFC 9116); the contact is the gemeente's, so there is none without its setting."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now() + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def not_offered(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Answers 404 at an address of a package that this site does not offer."""
    raise Http404
