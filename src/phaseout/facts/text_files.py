"""The bytes of a text file: digest, encoding, blank lines, found in one pass of bounded memory.

UTF-8 (with or without a byte order mark), UTF-16 with its mark, and GB18030. Decoding is strict:
a byte that fits no encoding is named, never replaced.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from phaseout.law.refusals import Refusal

CHUNK = 1024 * 1024

_LINE_BEGINS_BLANK = re.compile(rb"\n[\n\r \t]")
_BLANK = (b"\n", b"\r", b" ", b"\t")
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n[ \t\r\n]*[^ \t\r\n]|\A[ \t]*\r?\n|\r[^\n]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """What one pass over the bytes tells. `plain` is false where rows cannot be counted by lines
    alone: there are blank lines, or line ends of an old kind."""

    path: Path
    digest: str
    encoding: str
    plain: bool


def examine(path: Path) -> TextFile:
    """Digest, encoding and shape of a text file.

    Raises:
        Refusal: `unreadable_file`: it is neither UTF-8 nor GB18030; names the first byte that
            fits neither.
    """
    digest, plain = hashlib.sha256(), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen, wrong, tail = 0, -1, b""
    # The digest is taken by another thread: it is half of the work, and lets others run. The next
    # bytes are read before these are looked through, so that the other thread gets started.
    with path.open("rb") as file, ThreadPoolExecutor(1) as beside:
        chunk = first = file.read(CHUNK)
        while chunk:
            digested = beside.submit(digest.update, chunk)
            following = file.read(CHUNK)
            # Trailing blank lines are nothing; blank lines before further text are seen when the
            # text comes, so the run of line ends is carried over.
            joined = tail + chunk
            plain = plain and not _has_blank_line(joined)
            tail = _tail(joined)
            if wrong < 0:
                wrong = _first_wrong_byte(decoder, chunk, seen)
            seen += len(chunk)
            digested.result()
            chunk = following
    if wrong < 0:
        wrong = _first_wrong_byte(decoder, b"", seen, final=True)
    encoding = _encoding(path, first[:4], wrong)
    return TextFile(path, digest.hexdigest(), encoding, plain)


def _has_blank_line(data: bytes) -> bool:
    """Whether a blank line comes before further text, or a lone carriage return ends a line."""
    # Two bytes after one another are found twenty times as fast as the pattern, and their absence
    # is nearly always enough; so is that of any carriage return.
    lone = b"\r" in data and data.count(b"\r") != data.count(b"\r\n")
    if not lone and data[:1] not in _BLANK and not _LINE_BEGINS_BLANK.search(data):
        return False
    return _BLANK_LINE.search(data) is not None


def _tail(data: bytes) -> bytes:
    """The blanks at the end with the character before them: blank lines may go on."""
    return data[max(0, len(data.rstrip(b" \t\r\n")) - 1) :]


def _first_wrong_byte(
    decoder: codecs.IncrementalDecoder, chunk: bytes, seen: int, *, final: bool = False
) -> int:
    """Offset in the file of the first byte that is not UTF-8; -1 where there is none."""
    pending = len(decoder.getstate()[0])
    if not pending and chunk.isascii():
        return -1
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as problem:
        return seen - pending + problem.start
    return -1


def _encoding(path: Path, first: bytes, wrong: int) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(path, "utf-16", wrong)
    if wrong < 0:
        return "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    if first.startswith(codecs.BOM_UTF8) or _mostly_utf8(path, wrong):
        raise _unreadable(path, wrong, "UTF-8")
    return _strictly(path, "gb18030", wrong)


def _mostly_utf8(path: Path, wrong: int) -> bool:
    """Whether a file with a byte wrong in UTF-8 is a damaged UTF-8 file: GB18030 would take most
    such bytes too, and turn every name into rubbish."""
    with path.open("rb") as file:
        file.seek(max(0, wrong - 65_536))
        text = file.read(2 * 65_536).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    chinese = sum(1 for c in text if "\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef")
    return chinese > 4 * broken


def _strictly(path: Path, encoding: str, wrong: int) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                pending = len(decoder.getstate()[0])
                decoder.decode(chunk)
                seen += len(chunk)
            pending = len(decoder.getstate()[0])
            decoder.decode(b"", True)
        except UnicodeDecodeError as problem:
            at = seen - pending + problem.start
            raise _unreadable(path, at, f"UTF-8、{encoding.upper()}") from None
    return encoding


def transcode(file: TextFile, target: Path) -> TextFile:
    """The same text in UTF-8 at `target`; the digest stays that of the file given."""
    with (
        file.path.open(encoding=file.encoding, newline="") as old,
        target.open("w", encoding="utf-8", newline="") as new,
    ):
        while text := old.read(CHUNK):
            new.write(text)
    return TextFile(target, file.digest, "utf-8", examine(target).plain)


def _unreadable(path: Path, at: int, tried: str) -> Refusal:
    with path.open("rb") as file:
        file.seek(at)
        byte = file.read(1).hex().upper() or "EOF"
    return unreadable(
        path.name,
        f"第{at}字节（0x{byte}）不符合{tried}编码。",
        f"byte {at} (0x{byte}) fits no encoding we read ({tried.replace('、', ', ')}).",
    )


BROKEN = "文件已损坏，或者内容与扩展名不符。"
"""What a reader says of a file in English only, in Chinese."""


def unreadable(name: str, why_zh: str, why_en: str) -> Refusal:
    """The refusal of a file that cannot be read at all."""
    return Refusal(
        "unreadable_file",
        what=(f"不能读取文件{name}", f"the file {name} cannot be read"),
        why=(why_zh, why_en),
        instead=(
            "请另存为UTF-8或GB18030编码、逗号分隔的CSV，或xlsx工作簿。",
            "Save it as CSV in UTF-8 or GB18030 with commas, or as an xlsx workbook.",
        ),
    )
