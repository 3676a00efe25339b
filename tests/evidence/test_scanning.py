"""Every file is shown to clamd where there is one; here to a server that speaks its protocol."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from contextlib import ExitStack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.evidence import scanning
from phaseout.evidence.attaching import attach
from phaseout.evidence.keeping import keep
from phaseout.evidence.models import EvidenceFile
from phaseout.law.refusals import Refusal

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """nINSTREAM: chunks with their length before them, a chunk of length 0 at the end."""

    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        body = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            body += self.rfile.read(length)
        self.server.seen.append(body)  # type: ignore[attr-defined]
        found = b"Eicar-Test-Signature FOUND" if EICAR in body else b"OK"
        self.wfile.write(b"stream: " + found + b"\n")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_is_seen_whole_and_kept(desk, clamd, pdf):
    kept = attach(SimpleUploadedFile("报告.pdf", pdf), by=desk.person())
    assert clamd.seen == [pdf]
    assert kept.open().read() == pdf


def test_an_infected_file_is_named_with_what_was_found_and_not_kept(desk, clamd, settings):
    body = b"%PDF-1.7\n" + EICAR
    with pytest.raises(Refusal) as refusal:
        attach(SimpleUploadedFile("送货单.pdf", body), by=desk.person())
    assert refusal.value.code == "evidence.infected"
    assert "送货单.pdf" in refusal.value.zh
    assert "Eicar-Test-Signature" in refusal.value.zh
    assert not EvidenceFile.objects.exists()
    assert not [
        f for f in settings.EVIDENCE_ROOT.rglob("*") if f.is_file() and EICAR in f.read_bytes()
    ]


def test_imports_are_shown_to_it_too(desk, clamd):
    with pytest.raises(Refusal) as refusal:
        keep([b"name,value\n", EICAR], name="表.csv", by=desk.person())
    assert refusal.value.code == "evidence.infected"


class HangsUp(socketserver.BaseRequestHandler):
    """As clamd (1.4) does with a file over its StreamMaxLength: away, before all was sent."""

    def handle(self) -> None:
        self.request.recv(20)
        reset = struct.pack("ii", 1, 0)
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)


class SaysNothing(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.rfile.read()


@pytest.mark.parametrize(
    ("handler", "why", "seconds"),
    [
        (None, "连接不上", 180),
        (HangsUp, "StreamMaxLength", 180),
        (SaysNothing, "秒内没有结果", 0.2),
    ],
)
def test_a_scanner_that_does_not_answer_takes_no_file(
    desk, settings, monkeypatch, handler, why, seconds
):
    monkeypatch.setattr(scanning, "PATIENCE", seconds)
    settings.CLAMD = "127.0.0.1:9"
    with ExitStack() as stack:
        if handler is not None:
            server = stack.enter_context(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
            stack.callback(server.shutdown)
            settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        large = SimpleUploadedFile("报告.pdf", b"%PDF-1.7\n" + b" " * 8_000_000)
        with pytest.raises(Refusal, match="scanner-silent") as refusal:
            attach(large, by=desk.person())
    assert refusal.value.code == "evidence.scanner-silent"
    assert why in refusal.value.zh


def test_without_an_address_nothing_is_scanned(desk, settings, pdf):
    settings.CLAMD = ""
    assert attach(SimpleUploadedFile("报告.pdf", pdf), by=desk.person()).pk
