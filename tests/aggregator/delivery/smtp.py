"""A mail server on loopback that takes mail by SMTP (RFC 5321), with or without TLS; it keeps what it got."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.crawler.imap import make_context

USER, PASSWORD = "digest", "five plain words"


@dataclass
class Outbox:
    """What the server got; `refuses` is a reader whom it does not know."""

    folder: Path
    refuses: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    @property
    def ca_file(self) -> str:
        """The certificate of the authority that vouches for the server."""
        return str(self.folder / "ca.pem")

    @contextmanager
    def serving(self) -> Iterator["Outbox"]:
        """Answer on a free port of loopback."""
        context = make_context(self.folder)
        outbox = self

        class Handler(_Handler):
            box = outbox
            tls = context

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up in the middle is part of the tests."""

        with Server(("127.0.0.1", 0), Handler) as server:
            self.port = server.server_address[1]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            yield self
            server.shutdown()


class _Handler(socketserver.StreamRequestHandler):
    box: Outbox
    tls: ssl.SSLContext
    secured = False

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()
            if word.startswith("EHLO"):
                self.say("250-here", "250-AUTH PLAIN" if self.secured else "250-STARTTLS", "250 8BITMIME")
            elif word == "STARTTLS":
                self.say("220 go ahead")
                self.connection = self.tls.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                self.secured = True
            elif word.startswith("AUTH PLAIN"):
                told = base64.b64decode(line.split()[-1]).decode().split("\0")[1:]
                self.say("235 welcome" if told == [USER, PASSWORD] else "535 wrong")
            elif word.startswith("RCPT") and self.box.refuses and self.box.refuses.upper() in word:
                self.say("550 nobody of that name")
            elif word == "DATA":
                self.say("354 go ahead")
                self.take()
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self) -> None:
        """Everything up to the line that is a dot."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        taken = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(taken, EmailMessage)
        self.box.mails.append(taken)
        self.say("250 taken")

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
