"""Why an import, or a step of one, is refused: what, why, what to do instead."""

from __future__ import annotations

from phaseout.law.refusals import Refusal


def no_files() -> Refusal:
    return Refusal(
        "no_files",
        what=("没有收到文件", "no file arrived"),
        why=("请求中没有文件，或文件是空的。", "there was no file, or it was empty."),
        instead=(
            "请选择一个工作簿、若干CSV文件、Parquet文件或一个ZIP包。",
            "Choose a workbook, CSV files, Parquet files or a ZIP of CSV files.",
        ),
    )


def wrong_ending(name: str, *, packed: bool = False) -> Refusal:
    """`packed`: the file lies in an archive, where no other archive may be."""
    where = ("压缩包中", "in an archive ") if packed else ("", "")
    last = (
        (" 和 .parquet", " and .parquet")
        if packed
        else ("、.parquet 和 .zip", ", .parquet and .zip")
    )
    return Refusal(
        "wrong_ending",
        what=(f"不接收文件{name}", f"the file {name} is not accepted"),
        why=(
            f"{where[0]}只接收 .xlsx、.xlsm、.xls、.ods、.csv、.txt、.tsv{last[0]}。",
            f"{where[1]}only .xlsx, .xlsm, .xls, .ods, .csv, .txt, .tsv{last[1]} are.",
        ),
        instead=("请另存为其中一种格式。", "Save it in one of these formats."),
    )


def too_large(name: str, limit: int) -> Refusal:
    megabytes = limit // 1_000_000
    return Refusal(
        "file_too_large",
        what=(f"文件{name}太大", f"the file {name} is too large"),
        why=(
            f"一次导入的文件展开后合计不得超过{megabytes:,} MB。",
            f"the files of one import may have {megabytes:,} MB in all, unpacked.",
        ),
        instead=(
            "请分成几次导入；监测数据请用Parquet。",
            "Split it into several imports; give readings as Parquet.",
        ),
    )


def too_many_files(limit: int) -> Refusal:
    return Refusal(
        "too_many_files",
        what=("文件太多", "there are too many files"),
        why=(f"一次最多{limit}个文件。", f"one import takes at most {limit} files."),
        instead=("请分成几次导入。", "Split them into several imports."),
    )


def same_name_twice(name: str) -> Refusal:
    return Refusal(
        "same_name_twice",
        what=(f"有两个文件都叫{name}", f"two files are called {name}"),
        why=("无法知道以哪一个为准。", "nobody can know which one holds."),
        instead=("请只保留一个。", "Keep one of them."),
    )


def one_workbook_alone() -> Refusal:
    return Refusal(
        "one_workbook_alone",
        what=("工作簿须单独导入", "a workbook is imported alone"),
        why=(
            "一次导入或是一个工作簿，或是若干按表命名的文件，不能混在一起。",
            "an import is one workbook, or files named as tables, never a mixture.",
        ),
        instead=("请分开导入。", "Import them one after the other."),
    )


def vast_sheet(name: str, corner: str) -> Refusal:
    return Refusal(
        "vast_sheet",
        what=(f"不能打开工作簿{name}", f"the workbook {name} is not opened"),
        why=(
            f"有一张工作表的范围一直到{corner}，其中绝大部分是空的。",
            f"one of its sheets reaches to {corner}, and nearly all of it is empty.",
        ),
        instead=(
            "请删除数据以外的空行、空列（含格式）后保存。",
            "Delete the empty rows and columns beyond the data, formats included, and save it.",
        ),
    )


def check_failed(said: str) -> Refusal:
    return Refusal(
        "check_failed",
        what=("核对没有完成", "the check did not end"),
        why=(f"多次尝试都中断了（{said}）。", f"it broke off several times ({said})."),
        instead=(
            "请把文件另存为CSV后重新上传；仍不成功的，请把导入编号告诉系统管理员。",
            "Save the files as CSV and upload them again; if that fails too, tell the "
            "administrator the number of the import.",
        ),
    )


def unsafe_archive(name: str, why: tuple[str, str]) -> Refusal:
    return Refusal(
        "unsafe_archive",
        what=(f"不能打开压缩包{name}", f"the archive {name} is not opened"),
        why=why,
        instead=(
            "请只把CSV或Parquet文件直接压缩成一个普通的ZIP包。",
            "Pack just the CSV or Parquet files into a plain ZIP.",
        ),
    )


def too_many_rows(name: str, limit: int) -> Refusal:
    return Refusal(
        "too_many_rows",
        what=(f"文件{name}行数太多", f"the file {name} has too many rows"),
        why=(
            f"一个文件不得超过{limit // 10_000:,}万行。",
            f"a file may have {limit:,} rows at most.",
        ),
        instead=(
            "请分成几个文件，分次导入；并核对文件是否是要导入的那一个。",
            "Split it and import the parts one by one; see also that it is the file you mean.",
        ),
    )


def not_allowed() -> Refusal:
    return Refusal(
        "not_allowed",
        what=("不能办理这次导入", "you may not do this with the import"),
        why=(
            "它涉及的区划超出您的管辖范围，或您没有导入数据的权限。",
            "it concerns divisions outside your territory, or you have no power to import.",
        ),
        instead=("请由提交人或其上级办理。", "Ask the uploader or a superior of the uploader."),
    )


def not_checked(state: str) -> Refusal:
    return Refusal(
        "import_not_checked",
        what=("现在不能入库", "this import cannot be taken now"),
        why=(f"它的状态是“{state}”，不是“已核对”。", f"its state is {state}, not checked."),
        instead=("请先核对，或重新上传。", "Have it checked first, or upload the files again."),
    )


def rows_refused(rows: int) -> Refusal:
    return Refusal(
        "rows_refused",
        what=(f"有{rows}行不合格，没有入库", f"{rows} rows are refused; nothing was taken"),
        why=("您要求全部合格才入库。", "you asked for all rows or none."),
        instead=(
            "请改正后重新上传，或选择只导入合格的行。",
            "Mend them and upload again, or choose to take the good rows only.",
        ),
    )


def registry_changed() -> Refusal:
    return Refusal(
        "registry_changed",
        what=("没有入库", "nothing was taken"),
        why=(
            "核对以后，别人的导入改变了登记库，这次导入的结果会与预览不同。",
            "since the check another import changed the registry, and this one would no longer do "
            "what the preview said.",
        ),
        instead=(
            "已按现在的登记库重新核对，请看过新的预览再入库。",
            "It has been checked again; look at the new preview, then take it.",
        ),
    )


def check_again() -> Refusal:
    return Refusal(
        "check_again",
        what=("没有入库", "nothing was taken"),
        why=(
            "核对留下的中间数据已不完整（服务器曾中断）。",
            "what the check left behind is no longer whole; the server was interrupted.",
        ),
        instead=("请重新核对，再入库。", "Have it checked again, then take it."),
    )
