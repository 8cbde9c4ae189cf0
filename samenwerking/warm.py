"""Makes what a first request would otherwise wait for: modules, templates and the table of addresses."""

from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template

from samenwerking.loopback import Application

PAGES = ("/", "/account/login/")


def warm_up(application: Application) -> None:
    """Reads all templates of ours and asks for some pages, in the process that its workers will be copies of."""
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))
    for page in PAGES:
        list(application(_request_for(page), lambda status, headers: None))


def _request_for(path: str) -> dict[str, object]:
    address = urlsplit(settings.BASE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": address.hostname,
        "SERVER_PORT": str(address.port or 443),
        "HTTP_HOST": address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,  # as a proxy would say it
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
    }
