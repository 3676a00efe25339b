"""How the embedded server is set: for one machine that also runs the site and its worker."""

from __future__ import annotations

from pathlib import Path

import psutil

OWN_FILE = "phaseout.conf"
OPERATORS_FILE = "postgresql.local.conf"
"""In the installation's folder: what an operator writes there comes last and holds."""

MB = 1024 * 1024
CGROUP = Path("/sys/fs/cgroup/memory.max")


INCLUDED = f"\ninclude_if_exists = '{OWN_FILE}'\ninclude_if_exists = '../{OPERATORS_FILE}'\n"
"""What is added to `postgresql.conf` once, when the data folder is made."""


def configuration(memory: int, *, durable: bool) -> str:
    """The text of `phaseout.conf`, written anew at every start.

    A transaction that was answered is on the disk: `synchronous_commit` and `fsync` stay on.
    `durable=False` is for tests, whose data nobody misses.
    """
    settings = {
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{_between(memory // 8, 128, 1024)}MB",
        "effective_cache_size": f"{_between(memory // 2, 256, 65536)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{_between(memory // 32, 64, 512)}MB",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "logging_collector": "on",
        "log_directory": "log",
        "log_filename": "postgresql-%a.log",  # a week, then over again
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        # Facts and names stay out of the log: no statements, no details of rows.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "synchronous_commit": "on",
        "fsync": "on",
        "full_page_writes": "on",
    }
    if not durable:
        settings |= {"synchronous_commit": "off", "fsync": "off", "full_page_writes": "off"}
        settings |= {"logging_collector": "off", "io_method": "sync", "shared_buffers": "128MB"}
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()
    ]
    head = "# Written by phaseout at every start; your own settings go into ../" + OPERATORS_FILE
    return "\n".join([head, *lines, ""])


def memory_here() -> int:
    """Bytes of memory this machine (or this container) has."""
    total = int(psutil.virtual_memory().total)
    limit = CGROUP.read_text().strip() if CGROUP.exists() else "max"
    return min(total, int(limit)) if limit.isdigit() else total


def _between(size: int, least: int, most: int) -> int:
    return max(least, min(most, size // MB))
