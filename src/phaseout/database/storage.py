"""A disk that takes nothing: full, or only to be read. What to say of it, whoever met it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from phaseout.law.refusals import Refusal

NO_ROOM = Refusal(
    "no_room",
    what=("没有办成", "it was not done"),
    why=(
        "服务器的磁盘已满，写不进新的文件或数据。没有留下办了一半的内容，已有的都在，仍可查阅。",
        "the server's disk is full: no file or row can be written. Nothing half was left, and what"
        " is there is kept and can be read.",
    ),
    instead=(
        "请告知系统管理员腾出空间，然后重新提交。",
        "Tell the administrator to make room, then send it again.",
    ),
)

READ_ONLY = Refusal(
    "storage_read_only",
    what=("没有办成", "it was not done"),
    why=(
        "服务器的存储目前只能读、不能写，可能是磁盘故障、权限不符或数据库处于只读状态。已有的都在。",
        "the server's storage can be read but not written: a failing disk, missing rights, or a"
        " database that is read-only. What is there is kept.",
    ),
    instead=(
        "请告知系统管理员检查存储，恢复后重新提交。",
        "Tell the administrator to look at the storage, and send it again when it is mended.",
    ),
)
FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
FULL_IN_WORDS = os.strerror(errno.ENOSPC)
"""DuckDB has no number for it, only the system's words."""

DISK_FULL, READ_ONLY_DATABASE = "53100", "25006"
"""PostgreSQL's own codes."""


def of_storage(error: BaseException | None) -> Refusal | None:
    """What to say where the disk took nothing, ours or PostgreSQL's; None for any other error."""
    for one in _chain(error):
        state = getattr(one, "sqlstate", None)
        number = one.errno if isinstance(one, OSError) else None
        if number in FULL or state == DISK_FULL or FULL_IN_WORDS in str(one):
            return NO_ROOM
        if number in CLOSED or state == READ_ONLY_DATABASE:
            return READ_ONLY
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from: Django wraps what psycopg says."""
    while error is not None:
        yield error
        error = error.__cause__
