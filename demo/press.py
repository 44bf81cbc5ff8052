"""An HTTP forward proxy on loopback that answers for the outlets' own host names.

It fetches nothing: what a host says comes from its `Site`. A host that has none gets 502,
as a real proxy says when a name does not resolve, and stands in the canary log.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from demo.log import Log, Visit
from demo.negotiation import fit
from demo.sites import Answer, Request, Site, plain, refusal

IDLE_SECONDS = 60
"""How long a kept-alive connection may be silent before the press closes it."""


class Press:
    """All sites behind one proxy address.

        with Press(sites).serving() as press:
            urlopen through press.proxy_url; look at press.log

    `canary` lists the visits to hosts that have no site: in a test it should stay empty.
    """

    def __init__(self, sites: Iterable[Site] = ()) -> None:
        self.log = Log()
        self.canary = Log()
        self.closing = Event()
        self._sites: dict[str, Site] = {}
        self._lock = Lock()
        self._port: int | None = None
        for site in sites:
            self.add(site)

    def add(self, site: Site) -> None:
        """Puts a site on the air, also while the press is running."""
        with self._lock:
            self._sites.update(dict.fromkeys(site.hosts, site))

    @property
    def sites(self) -> tuple[Site, ...]:
        """Every site once."""
        with self._lock:
            return tuple(dict.fromkeys(self._sites.values()))

    def site(self, host: str) -> Site:
        """The site of a host. Raises KeyError where there is none."""
        with self._lock:
            return self._sites[host]

    @property
    def proxy_url(self) -> str:
        """Where the running press listens, `http://127.0.0.1:PORT`."""
        if self._port is None:
            raise RuntimeError("the press is not running: use it inside `with press.serving():`")
        return f"http://127.0.0.1:{self._port}"

    def answer(self, request: Request) -> Answer:
        """What a client is told, before it is fitted to the request."""
        with self._lock:
            site = self._sites.get(request.host)
        if site is None:
            return plain(f"502: no such host: {request.host}\n", 502)
        if request.method not in ("GET", "HEAD"):
            return refusal(405)
        return site.answer(request)

    def keep(self, visit: Visit) -> None:
        """Logs a visit, and in the canary log too if its host has no site."""
        self.log.add(visit)
        with self._lock:
            known = visit.host in self._sites
        if not known:
            self.canary.add(visit)

    @contextmanager
    def serving(self) -> Iterator["Press"]:
        """Runs the press in threads of this process until the block is left."""
        self.closing.clear()
        server = _Server(self)
        self._port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.closing.set()
            server.shutdown()
            thread.join()
            server.server_close()
            server.hang_up()
            self._port = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # `hang_up` ends the threads of connections that are kept alive
    request_queue_size = 256

    def __init__(self, press: Press) -> None:
        self.press = press
        self._connections: set[socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket, Any]:
        """Takes a connection in, and remembers it until it is closed."""
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: socket | tuple[bytes, socket]) -> None:
        """Closes a connection."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends every connection that is still open, also those in the middle of an answer."""
        with self._lock:
            open_ones = tuple(self._connections)
        for connection in open_ones:
            with suppress(OSError):  # the client was quicker
                connection.shutdown(SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of ours; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SamplePress/1"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        started = monotonic()
        request = self._request()
        answer = fit(self.server.press.answer(request), request)
        self.server.press.closing.wait(answer.wait)
        sending = self._send_whole if answer.stream is None else self._send_stream
        sending(request, answer, started)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET

    def do_CONNECT(self) -> None:
        """TLS cannot be spoken here; the visit is logged so that a test sees it."""
        host = self.path.partition(":")[0].lower()
        request = Request(method="CONNECT", host=host, path=self.path, headers=tuple(self.headers.items()))
        self._send_whole(request, plain("501: the sample press speaks plain http only\n", 501), monotonic())
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: the log is `Press.log`."""

    def _request(self) -> Request:
        self._drop_request_body()
        parts = urlsplit(self.path)
        host = parts.hostname or (self.headers.get("Host") or "").partition(":")[0].lower()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Request(method=self.command, host=host, path=path, headers=tuple(self.headers.items()))

    def _drop_request_body(self) -> None:
        length = self.headers.get("Content-Length", "0")
        self.rfile.read(int(length) if length.isdigit() else 0)

    def _send_whole(self, request: Request, answer: Answer, started: float) -> None:
        self._send_head(answer, ("Content-Length", answer.header("Content-Length") or str(len(answer.body))))
        body = b"" if request.method == "HEAD" else answer.body
        if answer.header("Content-Length") not in (None, str(len(answer.body))):
            self.close_connection = True  # a promise that is not kept: the client must see the end
        self._keep(request, answer, started, len(body))
        self.wfile.write(body)
        self.wfile.flush()

    def _send_stream(self, request: Request, answer: Answer, started: float) -> None:
        self._send_head(answer, ("Transfer-Encoding", "chunked"))
        sent, cut = 0, True
        try:
            for piece in self._pieces(request, answer):
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.flush()
                sent += len(piece)
            cut = self.server.press.closing.is_set()
        finally:
            self._keep(request, answer, started, sent, cut)
        self.close_connection = cut
        if not cut and request.method != "HEAD":
            self.wfile.write(b"0\r\n\r\n")

    def _pieces(self, request: Request, answer: Answer) -> Iterator[bytes]:
        if answer.stream is None or request.method == "HEAD":
            return iter(())
        return answer.stream(self.server.press.closing.wait)

    def _send_head(self, answer: Answer, framing: tuple[str, str]) -> None:
        self.send_response(answer.status)
        given = [header for header in answer.headers if header[0].lower() != "content-length"]
        for name, value in (*given, framing):
            self.send_header(name, value)
        self.end_headers()

    def _keep(self, request: Request, answer: Answer, started: float, sent: int, cut: bool = False) -> None:
        self.server.press.keep(
            Visit(
                started=started,
                ended=monotonic(),
                method=request.method,
                host=request.host,
                path=request.path,
                headers=request.headers,
                status=answer.status,
                sent=sent,
                cut=cut,
            )
        )
