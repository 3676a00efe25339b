"""A file appears whole under its name, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phaseout.law.refusals import Refusal


@contextmanager
def arriving(path: Path) -> Iterator[Path]:
    """Gives the path to write to, beside `path`; it takes the name of `path` at the end.

    What was there under the name stays until then, and stays when the writing breaks off. The
    folder is made where it is missing.

    Raises:
        Refusal: `not_writable`: the folder, the disk or the rights forbid it.
    """
    beside = path.with_name(f".{path.name}.arriving")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except OSError as problem:
        raise _not_writable(path, problem) from problem
    finally:
        _remove(beside)


def _remove(beside: Path) -> None:
    # Where nothing could be written nothing can be removed: that must not hide the reason.
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return


def _not_writable(path: Path, problem: OSError) -> Refusal:
    said = problem.strerror or str(problem)
    return Refusal(
        "not_writable",
        what=(f"不能写出{path}", f"{path} cannot be written"),
        why=(f"系统不允许写入该位置（{said}）。", f"the system does not let us: {said}."),
        instead=(
            "请换一个可写的文件夹，或检查权限和磁盘空间后重试。",
            "Choose another folder, or look at its rights and the space left, and try again.",
        ),
    )
