"""Does what is the same for every request and response, whatever the page. It knows nothing of rounds."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import parse_header_parameters

from samenwerking.database import close_if_hung_up

Handler = Callable[[HttpRequest], HttpResponseBase]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
REFUSED = "application/octet-stream; charset=refused"  # which Django can pass on to `only_utf8`


def probes_by_any_name(get_response: Handler) -> Handler:
    """Lets probes ask for our health by the address of this machine, which is in no list of names.

    A balancer or Kubernetes asks so. What these pages answer depends on no name.
    """
    own_name = urlsplit(settings.BASE_URL).netloc

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/gezond/"):
            request.META["HTTP_HOST"] = own_name
        return get_response(request)

    return middleware


def without_lost_connections(get_response: Handler) -> Handler:
    """Lets no page fail because the database was started anew since the last one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        close_if_hung_up()
        return get_response(request)

    return middleware


def only_utf8(get_response: Handler) -> Handler:
    """Refuses a request in any other encoding: some give characters that nothing can store or show."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _is_utf8(request.META.get("CONTENT_TYPE", "")):
            raise BadRequest("The request is not in UTF-8.")
        return get_response(request)

    return middleware


def readable(application: Application) -> Application:
    """Guards Django, which reads the address in the request's encoding and fails before its first middleware."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = REFUSED
        return application(environ, start_response)

    return guarded


def _is_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
    except ValueError:
        return False
    return parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8")


def content_security_policy(get_response: Handler) -> Handler:
    """Adds the header that says what a page may load.

    It is the same for all pages: a package that could vary it cost a tenth of all middleware.
    """
    policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = policy
        return response

    return middleware


def audited(get_response: Handler) -> Handler:
    """Notes who does what, where somebody is signed in. Participants never are."""
    # It has models, and wsgi.py imports this module before there are apps.
    from auditlog.middleware import AuditlogMiddleware  # noqa: PLC0415

    audit = AuditlogMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return audit(request) if _is_signed_in(request) else get_response(request)

    return middleware


def nothing_kept_of_signed_in_pages(get_response: Handler) -> Handler:
    """Keeps signed-in pages out of a browser's cache: after signing out on a shared computer, 'back' shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        was_signed_in = _is_signed_in(request)
        response = get_response(request)
        if was_signed_in or (request.session.modified and request.user.is_authenticated):
            add_never_cache_headers(response)
        return response

    return middleware


def _is_signed_in(request: HttpRequest) -> bool:
    """Tells whether somebody is signed in; participants have no session, so nobody is looked up for them."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
