"""Where the tables are: a folder of files, a workbook, or one file named as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phaseout.facts.schema import Table, folded, tables
from phaseout.law.refusals import Refusal

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXT = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Found:
    """What `path` holds. A table has one file; a folder stands for its Parquet files.

    `workbook` is the workbook that holds the tables, else None; `unknown` names the files that are
    no table.
    """

    files: dict[str, Path]
    workbook: Path | None
    unknown: tuple[Path, ...]


def find(path: Path) -> Found:
    """The files behind `path`.

    Raises:
        Refusal: `no_facts` (nothing there, or nothing that is a table), `two_files_for_table`.
    """
    if not path.exists():
        raise no_facts(path, f"路径{path}不存在。", f"the path {path} does not exist.")
    if path.is_file():
        return _single(path)
    if table := _parquet_folder(path):
        return Found({table.name: path}, None, ())
    found = _in_folder(path)
    if not found.files and found.workbook is None:
        raise _no_table_among(path)
    return found


def _single(path: Path) -> Found:
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        return Found({}, path, ())
    table = table_named(path.stem)
    if table is None or not _readable(path, table):
        raise no_facts(
            path,
            f"文件名{path.name}不是事实表的名称。",
            f"{path.name} is not the name of a facts table.",
        )
    return Found({table.name: path}, None, ())


def _in_folder(path: Path) -> Found:
    files: dict[str, Path] = {}
    unknown = []
    for file in sorted(path.iterdir()):
        if file.name.startswith((".", "~$")):
            continue
        table = table_named(file.stem if file.is_file() else file.name)
        if table is None or not (_readable(file, table) or _is_parquet_folder(file, table)):
            unknown.append(file)
        elif table.name in files:
            raise two_of_a_table(table, files[table.name].name, file.name)
        else:
            files[table.name] = file
    if not files:
        books = [file for file in unknown if file.suffix.lower() in WORKBOOKS]
        if len(books) == 1:
            return Found({}, books[0], tuple(file for file in unknown if file != books[0]))
    return Found(files, None, tuple(unknown))


def table_named(name: str) -> Table | None:
    """The table that a file or a sheet of that name holds; None where it is none."""
    bare = folded(name)
    for table in tables().values():
        if bare in table.written:
            return table
    return None


def _readable(file: Path, table: Table) -> bool:
    ending = file.suffix.lower()
    return file.is_file() and (
        ending in TEXT or (ending == ".parquet" and table.name == "monitoring")
    )


def _is_parquet_folder(path: Path, table: Table) -> bool:
    return path.is_dir() and table.name == "monitoring" and bool(parquet_files(path))


def _parquet_folder(path: Path) -> Table | None:
    table = table_named(path.name)
    return table if table is not None and _is_parquet_folder(path, table) else None


def parquet_files(path: Path) -> list[Path]:
    """The Parquet files at or below `path`, in order."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix.lower() == ".parquet" and p.is_file())


def two_of_a_table(table: Table, one: str, other: str) -> Refusal:
    """The refusal of two files, or two sheets, that are the same table."""
    return Refusal(
        "two_files_for_table",
        what=(
            f"表“{table.zh}”有两个：{one}和{other}",
            f"the table {table.name} is there twice: {one} and {other}",
        ),
        why=("无法知道以哪一个为准。", "nobody can know which one holds."),
        instead=("请只保留一个。", "Keep one of them."),
    )


def _no_table_among(folder: Path) -> Refusal:
    there = sorted(one.name for one in folder.iterdir())[:5]
    if not there:
        return no_facts(
            folder,
            f"文件夹{folder.name}是空的。",
            f"the folder {folder.name} is empty.",
        )
    return no_facts(
        folder,
        f"所给文件（{'、'.join(there)}）的名称都不是事实表的名称。",
        f"no file given ({', '.join(there)}) bears the name of a facts table.",
    )


def no_facts(path: Path, zh: str, en: str) -> Refusal:
    """The refusal of a place without facts; tells which names are expected."""
    names_zh = "、".join(f"{table.name}.csv（{table.zh}）" for table in tables().values())
    names_en = ", ".join(f"{table}.csv" for table in tables())
    return Refusal(
        "no_facts",
        what=("没有可导入的事实表", "there are no facts to take"),
        why=(zh, en),
        instead=(
            f"请提供含以下任一文件的文件夹，或含同名工作表的工作簿：{names_zh}；"
            "monitoring也可以是Parquet文件或文件夹。",
            f"Give a folder with any of these files, or a workbook with sheets of these names: "
            f"{names_en}; monitoring may also be a Parquet file or a folder of them.",
        ),
    )
