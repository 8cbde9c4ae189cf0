"""Writes log lines as JSON, without personal links, for both the settings and gunicorn. It knows no rounds."""

import json
import re
from typing import Any

import structlog

# Whoever has a personal link can answer for somebody, and a link under /lees/ opens a report. A link can also stand
# inside ?next= or a Referer.
PERSONAL_LINK = re.compile(r"((?:/|%2F)(?:v|lees)(?:/|%2F))[^/\s\"'\\?&#<>]+", re.IGNORECASE)


def without_personal_links(line: str) -> str:
    return PERSONAL_LINK.sub(r"\1***", line)


def render(_: object, __: str, event: dict[str, Any]) -> str:
    """Returns the event as one line of JSON; links are taken out last, and so from tracebacks too."""
    return without_personal_links(json.dumps(event, default=str, ensure_ascii=False))


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
