"""A web of outlets on one loopback port: a forward proxy that answers for any host, and keeps a log."""

import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

MANY_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an outlet answers; `write` may send the body (or anything) by itself."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    write: Callable[[Any], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One line of the log: monotonic seconds when a request came in and when its answer left.

    Both are noted before the asker can know of the answer, so that what it does next comes after.
    """

    host: str
    path: str
    headers: Mapping[str, str]
    began: float
    answered: float
    status: int


class Web:
    """Answers by (host, path), as a value or as a function of the request's headers."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], Answer | Callable[[Mapping[str, str]], Answer]] = {}
        self.takers: dict[tuple[str, str], Callable[[bytes], Answer]] = {}
        self.log: list[Asked] = []
        self.port = 0

    def put(
        self,
        url: str,
        answer: Answer | Callable[[Mapping[str, str]], Answer] | bytes,
        kind: str = "text/html",
    ) -> None:
        """Answer at this address."""
        parts = urlsplit(url)
        if isinstance(answer, bytes):
            answer = Answer(body=answer, headers={"Content-Type": kind})
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.answers[parts.netloc, path or "/"] = answer

    def take(self, url: str, taker: Callable[[bytes], Answer]) -> None:
        """Take what is posted to this address."""
        parts = urlsplit(url)
        self.takers[parts.netloc, parts.path or "/"] = taker

    def asked(self, host: str | None = None) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [line.path for line in self.log if host in (None, line.host) and line.path != "/robots.txt"]

    @property
    def proxy(self) -> str:
        """The address of the proxy."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def serving(self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator["Web"]:
        """Answer on a free port of loopback, with TLS if there is a context."""
        web = self

        class Handler(_Handler):
            def do_GET(self) -> None:
                self.answer_for(web)

            do_POST = do_GET

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = MANY_AT_ONCE
            allow_reuse_address = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up in the middle is part of the tests."""

        with Server((address, 0), Handler) as server:
            self.port = server.server_address[1]
            if tls:
                server.socket = tls.wrap_socket(server.socket, server_side=True)
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
            )
            thread.start()
            yield self
            server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer_for(self, web: Web) -> None:
        began = time.monotonic()
        parts = urlsplit(self.path)
        host = parts.netloc or self.headers["Host"]
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self._find_answer(web, host, path, headers)
        if answer.seconds:
            time.sleep(answer.seconds)  # a slow outlet: what is being tested, not a wait of the test
        web.log.append(
            Asked(
                host=host,
                path=path,
                headers=headers,
                began=began,
                answered=time.monotonic(),
                status=answer.status,
            )
        )
        self._send(answer)

    def _find_answer(self, web: Web, host: str, path: str, headers: Mapping[str, str]) -> Answer:
        nothing = Answer(status=404, body=b"not found")
        if self.command == "POST":
            body = self.rfile.read(int(headers.get("content-length", "0")))
            taker = web.takers.get((host, path))
            return taker(body) if taker else nothing
        found = web.answers.get((host, path), nothing)
        return found(headers) if callable(found) else found

    def _send(self, answer: Answer) -> None:
        if answer.write:
            self.close_connection = True
            answer.write(self.wfile)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 304:
            self.wfile.write(answer.body)

    def log_message(self, *args: Any) -> None:
        """The log is the Web's."""
