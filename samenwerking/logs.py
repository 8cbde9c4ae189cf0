"""Writes log lines as JSON, without links that open something, for both the settings and gunicorn. No rounds here."""

import json
import re
from typing import Any

import structlog

# Whoever has a link under one of these can answer for somebody, open a report or take an account over. A link can also
# stand inside ?next= or a Referer.
OPEN_SOMETHING = "v|lees|account/password/reset/key|account/confirm-email|account/e-mailadres"
SLASH = "(?:/|%(?:25)*2F)"
BEFORE = f"{SLASH}(?:{OPEN_SOMETHING.replace('/', SLASH)}){SLASH}+"
LINK = re.compile(rf"({BEFORE})[^/\s\"'\\?&#<>]+", re.IGNORECASE)
# One that was pasted with signs in front, which Django writes as \u201c: there, whatever is as long as a secret is one.
SIGN = r"(?:[^\w\\]|\\+(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt\"']))"
PASTED_LINK = re.compile(rf"({BEFORE}{SIGN}{{1,20}})[\w-]{{20,}}", re.IGNORECASE)


def without_links(line: str) -> str:
    """Returns the line with stars in the place of every secret of a link."""
    return LINK.sub(r"\1***", PASTED_LINK.sub(r"\1***", line))


def render(_: object, __: str, event: dict[str, Any]) -> str:
    """Returns the event as one line of JSON; links are taken out last, and so from tracebacks too."""
    return without_links(json.dumps(event, default=str, ensure_ascii=False))


STEPS: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def config(stream: str, level: str = "INFO") -> dict[str, Any]:
    """Returns the logging settings of a process that writes its lines, from `level` up, to stdout or stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": STEPS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    render,
                ],
            }
        },
        "handlers": {
            "stream": {
                "class": "logging.StreamHandler",
                "stream": f"ext://sys.{stream}",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            name: {"handlers": ["stream"], "level": level, "propagate": False}
            for name in ["django", "django.server", "gunicorn.error"]
        }
        # They log each step of each PDF.
        | {name: {"level": "ERROR"} for name in ["weasyprint", "fontTools"]}
        # An address and a time beside a personal link would tell who answered when.
        | {"gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False}},
    }


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *STEPS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
