"""Tells gunicorn how to serve the site. Gunicorn itself reads it; arguments on its command line win."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from samenwerking import logs
from samenwerking.loopback import is_loopback

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
control_socket_disable = True  # it would be a file in the home folder
raw_env = ["LOG_STREAM=stdout"]


class WithoutAccessLog(Logger):
    """Composes no lines that say who asked for what: they are never written, see `logs`."""

    access_log_enabled = False


logger_class = WithoutAccessLog
logconfig_dict = logs.config("stdout", os.environ.get("LOG_LEVEL", "INFO"))


def on_starting(server: Arbiter) -> None:
    """Refuses to listen where others could reach a site with DEBUG. Raises RuntimeError, which gunicorn prints."""
    from django.conf import settings

    listened = [address[0] if isinstance(address, tuple) else str(address) for address in server.cfg.address]
    if settings.DEBUG and not all(map(is_loopback, listened)):
        raise RuntimeError(f"DEBUG is on, so this site listens on 127.0.0.1 alone, and not on {', '.join(listened)}.")


def when_ready(server: Arbiter) -> None:
    """Says in the log which secrets have changed, and makes ready what each worker's first request would wait for.

    It leaves no connection that the workers would share. What closing a round needs is among it: whoever presses that
    button first would wait a second or more for it.
    """
    import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401
    import scipy.special  # noqa: F401
    from django.db import connections

    from assessments.anonymity.secrets import tell_of_changed_secrets
    from assessments.results import pipeline, tally  # noqa: F401 (they read pandas)
    from samenwerking.warm import warm_up
    from samenwerking.wsgi import application

    tell_of_changed_secrets()
    warm_up(application)
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):  # a pool has threads, which no worker would inherit
            connection.close_pool()


def post_fork(server: Arbiter, worker: object) -> None:
    """Lets a worker look for garbage less often: nearly all that a request makes goes by itself when it is done."""
    import gc

    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
