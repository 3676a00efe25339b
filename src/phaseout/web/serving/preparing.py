"""What must be so before anybody is let in."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from phaseout.database import embedded
from phaseout.database.backup import connected, migrations_of
from phaseout.database.folders import make_folder
from phaseout.database.usable import must_be_usable
from phaseout.law.refusals import Refusal
from phaseout.web.environment import database_address, database_is_embedded, keep_secret_key

Announce = Callable[[str, str], None]

NOT_SERVED = ("phaseout.W001",)
"""Warnings that keep the site from starting: demo people in a database that is not a demo."""


@contextmanager
def running_database(home: Path) -> Iterator[None]:
    """The embedded server while the block runs: stopped again if it was not running before.

    A database of one's own (DATABASE_URL) is left as it is.
    """
    signal.signal(signal.SIGTERM, _leave)
    if not database_is_embedded():
        make_folder(home, open_to_all=False)
        keep_secret_key(home)
        yield
        return
    started = embedded.start(home)
    keep_secret_key(home)
    try:
        yield
    finally:
        if started:
            embedded.stop(home)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)  # so that what was started is stopped


def prepare(home: Path, announce: Announce = lambda zh, en: None) -> None:
    """Migrate, load the organisations, check that it is safe, collect static files; idempotent.

    Raises:
        Refusal: `unsafe_settings` with everything that is unsafe; `database_not_reached`,
            `database_too_old`, `database_not_utf8`.
    """
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    from phaseout.accounts.organisations import load_organisations

    make_folder(Path(settings.EVIDENCE_ROOT), open_to_all=False)
    check(databases=())
    announce("更新数据库结构", "bringing the database up to date")
    with connected(database_address(home)) as turn:  # two that start at once: one after the other
        must_be_usable(turn)
        turn.execute("SELECT pg_advisory_lock(hashtext('phaseout.prepare'))")
        call_command("migrate", verbosity=0, interactive=False)
        load_organisations()
        check(databases=("default",))
        _collect_static(Path(settings.STATIC_ROOT))


def _collect_static(root: Path) -> None:
    """Collect and compress the static files, unless they are those of last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            sources.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text() == sources.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(sources.hexdigest())


def set_up() -> None:
    """Load Django with the site's settings, unless that was done."""
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaseout.web.settings")
    if not apps.ready:
        import django

        django.setup()


def must_be_prepared(home: Path) -> None:
    """See that the database has the tables that this version of the program reads.

    Raises:
        Refusal: `database_not_prepared`; `database_not_reached`.
    """
    from django.db.migrations.loader import MigrationLoader

    with connected(database_address(home)) as connection:
        applied = set(migrations_of(connection))
    missing = [key for key in MigrationLoader(None).disk_migrations if ".".join(key) not in applied]
    if not missing:
        return
    raise Refusal(
        "database_not_prepared",
        what=("不能读取网站的数据库", "the database of the site cannot be read"),
        why=(
            "库中还没有网站的数据表。" if not applied else "数据库结构比本程序旧，尚未更新。",
            "it has no tables of the site yet."
            if not applied
            else "its tables are older than this program.",
        ),
        instead=(
            "请先运行 phaseout serve（演示为 phaseout demo），"
            "并核对 PHASEOUT_HOME 和 PHASEOUT_MODE。",
            "Run phaseout serve first (phaseout demo for a demonstration), and see that"
            " PHASEOUT_HOME and PHASEOUT_MODE are those of the site.",
        ),
    )


def check(databases: tuple[str, ...]) -> None:
    """Refuse on any error of Django's checks or of ours; say warnings on stderr.

    Raises:
        Refusal: `unsafe_settings`.
    """
    from django.core import checks

    found = checks.run_checks(databases=list(databases))
    bad = [m for m in found if m.level >= checks.ERROR or m.id in NOT_SERVED]
    for message in found:
        if message not in bad and not message.is_silenced():
            print(message, file=sys.stderr)  # noqa: T201
    if not bad:
        return
    said = " ".join(f"[{m.id}] {m.msg} {m.hint or ''}".strip() for m in bad)
    raise Refusal(
        "unsafe_settings",
        what=("不能启动网站", "the site does not start"),
        why=(f"设置不安全：{said}", f"its settings are not safe: {said}"),
        instead=(
            "请逐条更正后重试；各项设置见 docs/operators/settings.md。",
            "Mend each and try again; docs/operators/settings.md explains them.",
        ),
    )
