"""The installation's folder: made where it is missing, refused where a server could not live.

No permission of a folder that was there is ever changed.
"""

from __future__ import annotations

from pathlib import Path

from phaseout.database.programs import OsUser
from phaseout.law.refusals import Refusal

LONGEST_SOCKET = 103
"""Bytes of a socket's path that every Unix allows."""

SOCKET = ".s.PGSQL.5432"


def prepare(home: Path, user: OsUser | None) -> Path:
    """The folder of the server's data in `home`; folders above it are made where missing.

    Raises:
        Refusal: `database_path_too_long`, `database_folder_closed`, `state_folder_unwritable`.
    """
    data = data_folder(home)
    if len(str(data / SOCKET).encode()) > LONGEST_SOCKET:
        raise _too_long(data)
    missing = [folder for folder in (home, *home.parents) if not folder.exists()]
    if user is not None:
        _check_open([folder for folder in home.parents if folder not in missing], user)
    make_folder(home, open_to_all=user is not None)
    if user is not None:
        _check_open([home], user)
    return data


def data_folder(home: Path) -> Path:
    return home / "pg"


def make_folder(home: Path, *, open_to_all: bool) -> None:
    """Make `home` and what is missing above it. As root the way to the data is open, not the data.

    Raises:
        Refusal: `state_folder_unwritable`.
    """
    missing = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755 if open_to_all else 0o700)  # whatever the umask is
    except OSError as problem:
        raise Refusal(
            "state_folder_unwritable",
            what=(f"不能使用文件夹 {home}", f"the folder {home} cannot be used"),
            why=(f"无法建立（{problem.strerror}）。", f"it cannot be made ({problem.strerror})."),
            instead=(
                "请用 PHASEOUT_HOME 指定可写的文件夹。",
                "Name a folder that can be written to with PHASEOUT_HOME.",
            ),
        ) from None


def _check_open(folders: list[Path], user: OsUser) -> None:
    closed = [folder for folder in reversed(folders) if not user.may_pass(folder)]
    if not closed:
        return
    raise Refusal(
        "database_folder_closed",
        what=("不能启动内置数据库", "the embedded database cannot start"),
        why=(
            f"以 root 运行时数据库使用系统用户 {user.name}，而文件夹 {closed[0]} 不允许其进入；"
            "本程序不会更改已有文件夹的权限。",
            f"under root the server runs as the OS user {user.name}, whom the folder {closed[0]}"
            " does not let in; we never change permissions of folders that were there.",
        ),
        instead=(
            "请用 PHASEOUT_HOME 指定家目录以外的文件夹，例如 /var/lib/phaseout。",
            "Name a folder outside any home with PHASEOUT_HOME, for example /var/lib/phaseout.",
        ),
    )


def _too_long(data: Path) -> Refusal:
    return Refusal(
        "database_path_too_long",
        what=("不能启动内置数据库", "the embedded database cannot start"),
        why=(
            f"套接字路径 {data / SOCKET} 超过{LONGEST_SOCKET}字节。",
            f"the socket's path {data / SOCKET} is longer than {LONGEST_SOCKET} bytes.",
        ),
        instead=(
            "请用 PHASEOUT_HOME 指定路径较短的文件夹。",
            "Name a folder with a shorter path with PHASEOUT_HOME.",
        ),
    )
