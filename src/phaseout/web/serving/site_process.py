"""The process that serves pages: granian with the WSGI application."""

from __future__ import annotations

import copy

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from phaseout.web import settings
from phaseout.web.serving.parent import GRACE, follow_parent


def main(host: str, port: int, workers: int) -> None:
    follow_parent()
    logging = copy.deepcopy(settings.LOGGING)
    logging["loggers"]["_granian"] = {}
    Server(
        "phaseout.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=settings.THREADS,
        backlog=1024,
        backpressure=128,
        log_level=LogLevels.warning,
        log_dictconfig=logging,
        log_access=False,  # the middleware writes a better line, with the request's id
        respawn_failed_workers=True,
        workers_kill_timeout=int(GRACE) - 5,
    ).serve()
