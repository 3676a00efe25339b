"""Malware: every file that comes in is shown to clamd, where the installation names one.

`settings.CLAMD` is `host:port` or the path of a socket; empty: nothing is scanned. A scanner that
does not answer is no reason to take a file unseen: it is refused until the scanner is back.
"""

from __future__ import annotations

from typing import BinaryIO

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from phaseout.law.refusals import Bilingual, Refusal

PATIENCE = 30
"""Seconds for an answer."""


def scan(stream: BinaryIO, *, name: str) -> None:
    """Show the file to the scanner, if there is one; the stream stands at 0 after.

    Raises:
        Refusal: `evidence.infected`, `evidence.scanner-silent`.
    """
    address = str(getattr(settings, "CLAMD", ""))
    if not address:
        return
    stream.seek(0)
    try:
        answers = _scanner(address).instream(stream)
    except (ClamdError, OSError, ValueError) as error:
        raise _silent(name, _in_words(error)) from error
    finally:
        stream.seek(0)
    for status, reason in answers.values():
        if status == "FOUND":
            raise _infected(name, str(reason))
        if status != "OK":
            raise _silent(name, (str(reason), str(reason)))
    if not answers:
        raise _silent(name, ("没有回答", "no answer"))


def _in_words(error: Exception) -> Bilingual:
    """Why there was no answer, for who brought the file. A clamd that is shown more than its own
    limit hangs up, mostly before its word on it can be read."""
    said = str(error)
    if isinstance(error, (BufferTooLongError, BrokenPipeError, ConnectionResetError)):
        return (
            "检查中途断开，文件可能超过检查程序的上限StreamMaxLength",
            "it hung up; the file may be over its limit StreamMaxLength",
        )
    if "timed out" in said:
        return (f"{PATIENCE}秒内没有结果", f"no result within {PATIENCE} seconds")
    if "connecting" in said:
        return ("连接不上", "no connection")
    return (said, said)


def _scanner(address: str) -> ClamdNetworkSocket:
    if address.startswith("/"):
        return ClamdUnixSocket(path=address, timeout=PATIENCE)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host or "127.0.0.1", port=int(port), timeout=PATIENCE)


def _infected(name: str, found: str) -> Refusal:
    return Refusal(
        "evidence.infected",
        what=("不能接收该文件", "the file is not taken"),
        why=(
            f"“{name}”含有恶意程序：{found}。",
            f"malware was found in {name!r}: {found}.",
        ),
        instead=(
            "文件没有保存。请在无毒的计算机上重新制作后上传。",
            "Nothing of it is kept. Make it anew on a clean machine.",
        ),
    )


def _silent(name: str, why: Bilingual) -> Refusal:
    return Refusal(
        "evidence.scanner-silent",
        what=("暂时不能接收文件", "no file is taken for now"),
        why=(
            f"病毒检查程序没有应答，“{name}”无法检查（{why[0]}）。",
            f"the malware scanner does not answer: {name!r} cannot be looked at ({why[1]}).",
        ),
        instead=("请稍后再传，或者告知系统管理员。", "Try later, or tell the administrator."),
    )
