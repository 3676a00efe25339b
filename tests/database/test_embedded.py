"""The embedded server: starts, stops, comes back after a crash, opens no folder to anybody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from leftovers import remove_home
from phaseout.database import embedded
from phaseout.database.programs import OsUser, programs_for, wheel_folder
from phaseout.law.refusals import Refusal
from phaseout.web.serving import counting
from phaseout.web.serving.database_kept import DatabaseKept
from serving import has_ended, until

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user run the server")


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path outside any home, as an installation has it; nothing is there yet."""
    place = Path(f"/tmp/pht-{os.getpid()}-e")
    yield place
    remove_home(place)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """An installation whose server was started once and stopped."""
    place = Path(f"/tmp/pht-{os.getpid()}-m")
    embedded.start(place, durable=False)
    embedded.stop(place)
    yield place
    remove_home(place)


@pytest.fixture
def stopped(home: Path, made: Path) -> Path:
    """Such an installation for one test alone."""
    subprocess.run(["cp", "-a", made, home], check=True)
    return home


def answer(home: Path) -> int:
    with embedded.address(home).connect() as connection:
        row = connection.execute("SELECT 6 * 7").fetchone()
    assert row is not None
    return int(row[0])


def test_it_starts_once_answers_and_stops_once(home: Path) -> None:
    assert not embedded.status(home).running
    assert embedded.start(home, durable=False)
    assert not embedded.start(home, durable=False)
    assert answer(home) == 42
    assert embedded.status(home).running
    assert embedded.stop(home)
    assert not embedded.stop(home)
    assert not embedded.status(home).running


def test_two_that_start_it_at_once_get_one_server(home: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        started = list(both.map(lambda _: embedded.start(home, durable=False), range(2)))
    assert sorted(started) == [False, True]
    assert answer(home) == 42


def test_what_was_committed_is_there_after_the_server_was_killed(stopped: Path) -> None:
    home = stopped
    embedded.start(home)
    with embedded.address(home).connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        on = [connection.execute(f"SHOW {x}").fetchone() for x in ("fsync", "synchronous_commit")]
        assert on == [("on",), ("on",)]
    pid = embedded.status(home).pid
    assert pid is not None
    children = psutil.Process(pid).children()
    os.kill(pid, signal.SIGKILL)
    assert embedded.start(home)  # at once, while its children may still be going away
    with embedded.address(home).connect() as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    until(lambda: all(map(has_ended, children)))  # its log writer is the last to go


def test_a_pid_file_that_names_another_program_does_not_keep_it_from_starting(
    stopped: Path,
) -> None:
    home = stopped
    embedded.start(home, durable=False)
    pid_file = home / "pg" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    embedded.stop(home)
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        pid_file.write_text("\n".join([str(other.pid), *lines[1:], ""]))
        assert embedded.start(home, durable=False)
        assert answer(home) == 42
    finally:
        other.kill()
        other.wait()


def test_an_initdb_that_was_killed_leaves_nothing_in_the_way(home: Path) -> None:
    half = home / ".pg-arriving-killed"
    half.mkdir(parents=True)
    home.chmod(0o755)
    (half / "PG_VERSION").write_text("18\n")
    assert embedded.start(home, durable=False)
    assert not half.exists()
    assert answer(home) == 42


def test_data_of_another_version_are_refused_with_what_to_do(stopped: Path) -> None:
    home = stopped
    (home / "pg" / "PG_VERSION").write_text("16\n")
    with pytest.raises(Refusal) as refused:
        embedded.start(home)
    assert refused.value.code == "database_of_another_version"
    assert "phaseout db backup" in refused.value.en


def test_a_server_that_cannot_start_says_why_in_postgresqls_words(stopped: Path) -> None:
    home = stopped
    (home / "postgresql.local.conf").write_text("shared_buffers = 'plenty'\n")
    with pytest.raises(Refusal) as refused:
        embedded.start(home, durable=False)
    assert refused.value.code == "database_did_not_start"
    assert "shared_buffers" in refused.value.en or "configuration file" in refused.value.en


def test_the_operators_own_settings_hold(stopped: Path) -> None:
    home = stopped
    (home / "postgresql.local.conf").write_text("work_mem = '5MB'\n")
    embedded.start(home, durable=False)
    with embedded.address(home).connect() as connection:
        assert connection.execute("SHOW work_mem").fetchone() == ("5MB",)


def test_nobody_reaches_it_over_the_network_and_no_other_user_the_socket(stopped: Path) -> None:
    home = stopped
    embedded.start(home, durable=False)
    with embedded.address(home).connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert (home / "pg").stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        embedded.start(tmp_path / ("long" * 30))
    assert refused.value.code == "database_path_too_long"
    assert list(tmp_path.iterdir()) == []


@AS_ROOT
def test_a_closed_folder_above_the_data_is_refused_and_stays_closed(home: Path) -> None:
    home.mkdir(mode=0o700)
    before = {above: above.stat().st_mode for above in (home, *home.parents)}
    with pytest.raises(Refusal) as refused:
        embedded.start(home / "inside")
    assert refused.value.code == "database_folder_closed"
    assert str(home) in refused.value.en
    assert {above: above.stat().st_mode for above in before} == before
    assert not (home / "inside").exists()


@AS_ROOT
def test_starting_changes_no_permission_above_data_and_programs(home: Path) -> None:
    above = {*home.absolute().parents, *wheel_folder().parents, wheel_folder()}
    before = {folder: folder.stat().st_mode for folder in above}
    embedded.start(home, durable=False)
    assert {folder: folder.stat().st_mode for folder in above} == before


@AS_ROOT
def test_programs_in_a_closed_folder_are_copied_not_opened(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_pass = OsUser.may_pass
    closed = wheel_folder().parent
    monkeypatch.setattr(OsUser, "may_pass", lambda u, f: f != closed and may_pass(u, f))
    assert embedded.start(home, durable=False)
    assert answer(home) == 42
    assert programs_for(home).folder.is_relative_to(home / "programs")
    pid = embedded.status(home).pid
    assert psutil.Process(pid).exe().startswith(str(home / "programs"))


def test_it_outlives_the_command_that_started_it(stopped: Path) -> None:
    home = stopped
    code = "import sys; from pathlib import Path; from phaseout.database import embedded;"
    code += "embedded.start(Path(sys.argv[1]), durable=False)"
    subprocess.run([sys.executable, "-c", code, str(home)], check=True)
    assert answer(home) == 42


def test_the_line_that_names_the_fault_is_told_and_not_the_clearing_up_after_it() -> None:
    said = """creating configuration files ... ok
performing post-bootstrap initialization ... FATAL:  could not write file: No space left on device
child process exited with exit code 1
initdb: removing contents of data directory "/x"
"""
    assert embedded._last_words(said).endswith("could not write file: No space left on device")
    assert embedded._last_words("pg_ctl: nothing more\n") == "pg_ctl: nothing more"
    assert embedded._last_words("") == ""


def test_while_a_site_serves_a_server_that_goes_comes_back_and_one_that_was_stopped_does_not(
    stopped: Path,
) -> None:
    home = stopped
    kept = DatabaseKept(home)
    kept.see(now=0.0)
    kept.wait()
    assert not embedded.status(home).running, "somebody stopped it in order"
    embedded.start(home, durable=False)
    pid = embedded.status(home).pid
    assert pid is not None
    server = psutil.Process(pid)
    parts = [server, *server.children()]
    server.kill()
    psutil.wait_procs(parts, timeout=20)
    kept.see(now=1000.0)
    kept.wait()
    assert answer(home) == 42


def test_counts_lie_in_memory_and_what_a_killed_site_left_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, home = tmp_path / "memory", tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(counting, "MEMORY", memory)
    with counting.folder_of_counts(home) as folder:
        assert folder.parent == home, "where the system has no such place"
    dead, alive = memory / ".counts-phaseout-4194399-x", memory / ".counts-phaseout-1-x"
    for left in (dead, alive):
        left.mkdir(parents=True)
    with counting.folder_of_counts(home) as folder:
        assert folder.parent == memory
        assert {*memory.iterdir()} == {alive, folder}
    assert [*memory.iterdir()] == [alive]
