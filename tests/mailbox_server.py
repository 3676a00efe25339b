"""A real mail server and a real receiver of chat messages, on ports of their own."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What the server took. `mood`: what it does with the next ones: take, refuse (the recipient),
    put_off (the whole, after it was sent), vanish (take it, and hang up before it says so)."""

    port: int = 0
    mood: str = "take"
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=office@example.cn&mode=insecure"


class Speaks(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs."""

    timeout = 180

    def handle(self) -> None:
        box, to = self.server.box, ""  # type: ignore[attr-defined]
        self.say(b"220 test")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                if box.mood == "refuse":
                    self.say(b"550 no such mailbox")
                    continue
                to = line.partition(b"<")[2].partition(b">")[0].decode()
                self.say(b"250 ok")
            elif verb == b"DATA":
                self.say(b"354 go on")
                if not self.take(box, to):
                    return
            elif verb == b"QUIT":
                self.say(b"221 bye")
                return
            else:
                self.say(b"250 ok")

    def take(self, box: Mailbox, to: str) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if box.mood == "put_off":
            self.say(b"451 later")
            return True
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        box.letters.append((to, letter))  # type: ignore[arg-type]
        if box.mood == "vanish":
            return False
        self.say(b"250 taken")
        return True

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads, block_on_close = True, True, False

    box = Mailbox()
    with Server(("127.0.0.1", 0), Speaks) as server:
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        yield from _running(server, box)


@dataclass
class Robot:
    """What was posted to a chat robot; `answer`: the status it gives; `error`: the number of an
    error in what it says, as each of the services names it."""

    port: int = 0
    answer: int = 200
    error: int = 0
    posted: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def chat_robot() -> Iterator[Robot]:
    robot = Robot()

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            robot.posted.append((self.path, json.loads(self.rfile.read(length))))
            if robot.answer == 0:  # taken, and no word about it
                self.connection.close()
                return
            self.send_response(robot.answer)
            self.end_headers()
            self.wfile.write(json.dumps({"errcode": robot.error, "code": robot.error}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Takes) as server:
        robot.port = server.server_address[1]
        yield from _running(server, robot)


def _running(server: Any, what: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield what
    finally:
        server.shutdown()
        thread.join()
