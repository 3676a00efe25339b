"""Logs as data: JSON for machines, coloured lines on a terminal; every line has its request's id.

What a person typed is never in them: no query strings, no form contents, no rows of the database.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

DETAIL = "DETAIL:"
"""How PostgreSQL begins the line of an error that repeats the offending row."""


def without_rows(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Takes the rows out of the text of database errors."""
    text = event.get("exception")
    if isinstance(text, str) and DETAIL in text:
        lines = text.splitlines()
        event["exception"] = "\n".join(x for x in lines if not x.lstrip().startswith(DETAIL))
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    without_rows,
]


def configure_structlog() -> None:
    """Our own loggers go the way of the standard ones."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_settings(form: str, level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`. `form` is json, text, or auto (text on a terminal)."""
    text = form == "text" or (form == "auto" and sys.stderr.isatty())
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    silent = {"handlers": ["none"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "data": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "data"},
            "none": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": _known(level)},
        "loggers": {
            # Each would tell a second time what the line of the request tells.
            "django.request": silent,
            "django.server": silent,
            "granian.access": silent,
            "procrastinate": {"level": "WARNING"},
            "procrastinate.worker": {"level": _known(level)},
            "psycopg.pool": {"level": "ERROR"},
        },
    }


def _known(level: str) -> str:
    return level if level in logging.getLevelNamesMapping() else "INFO"
