"""Progress bars on stderr for the long steps; plain lines where stderr is no terminal."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from phaseout.facts.schema import tables

READING = "facts."
"""How the stages of the intake begin: the rest is the key of the table being read."""

STAGES = {
    "judge": ("判定", "judge"),
    "write": ("写出结论", "write findings"),
    "province": ("生成示范数据", "make the province"),
    "workbook": ("写出工作簿", "write the workbook"),
    "backup": ("备份数据库", "back up the database"),
    "backup.evidence": ("备份证据", "back up the evidence"),
    "restore": ("恢复并核对数据库", "restore and verify the database"),
    "restore.evidence": ("恢复并核对证据", "restore and verify the evidence"),
}


class Bars(AbstractContextManager["Bars"]):
    """One bar a stage; `progress(stage, done, total)` may be called from its start on."""

    def __init__(self, lang: str = "zh") -> None:
        self._lang = lang
        console = Console(stderr=True)
        self._shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}/{task.total:,.0f}"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._console = console
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Bars:
        self._shown.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._shown.stop()

    def say(self, sentence: str) -> None:
        """A line of its own on stderr, above the bars."""
        self._console.print(sentence, highlight=False)

    def progress(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            label = _label(stage, self._lang)
            self._tasks[stage] = self._shown.add_task(label, total=max(total, 1))
            if not self._console.is_terminal:
                self._console.print(f"{label} …", highlight=False)
        self._shown.update(self._tasks[stage], completed=done, total=max(total, 1))


def _label(stage: str, lang: str) -> str:
    """What a stage does, in that language; a table of facts goes by its label."""
    zh, en = STAGES.get(stage, (stage, stage))
    table = tables().get(stage.removeprefix(READING)) if stage.startswith(READING) else None
    if table is not None:
        zh, en = f"读取{table.zh}", f"read {table.name.replace('_', ' ')}"
    return en if lang == "en" else zh
