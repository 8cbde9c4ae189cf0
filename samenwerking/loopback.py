"""Tells which addresses are this machine's own, and under DEBUG keeps everybody else out. It knows no settings."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A proxy adds these: then the request may come from anywhere, also where the proxy runs on this machine.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")
REFUSED = b"DEBUG is on, so this site answers nobody but this machine itself.\n"


def is_loopback(host: str | None) -> bool:
    """Tells whether a host name, or an address with or without brackets, can only be this machine."""
    name = (host or "").strip("[]").lower()
    if name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def only_this_machine(application: Application) -> Application:
    """Guards an application that shows its insides: whoever is elsewhere gets 403, whatever the server listens on."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _is_from_elsewhere(environ):
            start_response("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", str(len(REFUSED)))])
            return [REFUSED]
        return application(environ, start_response)

    return guarded


def _is_from_elsewhere(environ: dict[str, Any]) -> bool:
    asked = urlsplit(f"//{environ.get('HTTP_HOST', 'localhost')}").hostname
    return (
        not is_loopback(environ.get("REMOTE_ADDR"))
        or not is_loopback(asked)
        or any(name in environ for name in FORWARDED)
    )
