"""pg_dump and pg_restore: the wheel's for the embedded server, fitting ones for another."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from phaseout.database.address import Address
from phaseout.database.programs import MAJOR, plain_environment, wheel_folder
from phaseout.law.refusals import Refusal

ON_DEBIAN = "/usr/lib/postgresql/{major}/bin"


@contextmanager
def dumping(address: Address, snapshot: str) -> Iterator[IO[bytes]]:
    """The bytes of a dump in pg_dump's custom form, of exactly the given snapshot.

    Raises:
        Refusal: `backup_dump_failed`, when the block ends, or before it.
    """
    program = fitting("pg_dump", address)
    command = [str(program), "--format=custom", "--compress=3", "--no-owner"]
    command += ["--no-privileges", f"--snapshot={snapshot}"]
    environment = {**plain_environment(), **address.environment()}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        try:
            yield running.stdout
        except BaseException:
            running.kill()
            raise
        said = running.stderr.read().decode(errors="replace")
    if running.returncode != 0:
        raise _failed("backup_dump_failed", ("不能备份", "nothing was backed up"), said)


def load(dump: Path, into: Address) -> None:
    """Load a dump into an empty database.

    Raises:
        Refusal: `backup_does_not_load`.
    """
    program = fitting("pg_restore", into)
    jobs = str(min(4, os.cpu_count() or 1))
    command = [str(program), "--exit-on-error", "--no-owner", "--no-privileges"]
    command += [f"--jobs={jobs}", f"--dbname={into.name}", str(dump)]
    # Not each of its transactions waits for the disk: the commit of the swap waits for all.
    quick = {"PGOPTIONS": "-c synchronous_commit=off"}
    environment = {**plain_environment(), **into.environment(), **quick}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace")
        raise _failed("backup_does_not_load", ("不能恢复", "nothing was restored"), said)


def fitting(name: str, address: Address) -> Path:
    """The program of the server's own major version; a dump of another may not load.

    Raises:
        Refusal: `no_fitting_program`.
    """
    with address.connect() as connection:
        major = connection.info.server_version // 10000
    if major == MAJOR:
        return wheel_folder() / name
    places = os.pathsep.join([os.environ.get("PATH", ""), ON_DEBIAN.format(major=major)])
    for folder in places.split(os.pathsep):
        found = shutil.which(name, path=folder) if folder else None
        if found and _major_of(found) == major:
            return Path(found)
    raise Refusal(
        "no_fitting_program",
        what=(f"不能运行 {name}", f"{name} cannot be run"),
        why=(
            f"数据库为 PostgreSQL {major}，未找到同一版本的 {name}。",
            f"the server is PostgreSQL {major}, and no {name} of that version was found.",
        ),
        instead=(
            f"请安装 postgresql-client-{major}，或把其文件夹加入 PATH。",
            f"Install postgresql-client-{major}, or add its folder to the PATH.",
        ),
    )


def _major_of(program: str) -> int | None:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(found[1]) if found else None


def _failed(code: str, what: tuple[str, str], said: str) -> Refusal:
    errors = [line for line in said.splitlines() if "error" in line.lower()]
    first = (errors or said.strip().splitlines() or [""])[0].rstrip(".")
    return Refusal(
        code,
        what=what,
        why=(f"PostgreSQL 称：{first}。", f"PostgreSQL says: {first}."),
        instead=(
            "现有数据未作改动；请按所述原因处理后重试。",
            "What is there has not been changed; mend the cause and try again.",
        ),
    )
