"""What one host answers: paths to answers. It knows no sockets and no feeds.

A `Site` may be changed while the press is running, from any thread.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

Headers = tuple[tuple[str, str], ...]

Pause = Callable[[float], bool]
"""Waits so many seconds; True when the press is closing and the stream should end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a client asked for. `path` carries its query; header names are as they were sent."""

    method: str
    host: str
    path: str
    headers: Headers = ()

    def header(self, name: str) -> str | None:
        """The first value of a header, None where it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the site says: `body` at once after `wait` seconds, or `stream` piece by piece.

    `changed_at` becomes Last-Modified. A stream is sent chunked and gets a `Pause`.
    """

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    changed_at: datetime | None = None
    wait: float = 0.0
    stream: Callable[[Pause], Iterator[bytes]] | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, None where it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


Responder = Callable[[Request], Answer]


def html(markup: str | bytes, *, charset: str | None = "utf-8", changed_at: datetime | None = None) -> Answer:
    """A page. `charset` None leaves it out of the header, as old servers do (text is then UTF-8)."""
    kind = f"text/html; charset={charset}" if charset else "text/html"
    body = markup if isinstance(markup, bytes) else markup.encode(charset or "utf-8", "xmlcharrefreplace")
    return Answer(headers=(("Content-Type", kind),), body=body, changed_at=changed_at)


def plain(text: str, status: int = 200) -> Answer:
    """A text file, such as robots.txt, or a short word with an error status."""
    return Answer(status=status, headers=(("Content-Type", "text/plain; charset=utf-8"),), body=text.encode())


def redirect(url: str, status: int = 301) -> Answer:
    """Sends the client elsewhere; `url` may be relative."""
    return Answer(status=status, headers=(("Location", url), ("Content-Type", "text/html")), body=b"Moved.")


def refusal(status: int, *, retry_after: int | str | None = None) -> Answer:
    """An error answer such as 401, 403, 410, 429 or 503; `retry_after` in seconds or as an HTTP date."""
    extra: Headers = (("Retry-After", str(retry_after)),) if retry_after is not None else ()
    return Answer(
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"), *extra),
        body=f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>".encode(),
    )


class Site:
    """One host: the answers it gives by path.

    A path with a query is looked up whole first and then without its query, since most
    servers ignore parameters they do not know (trackers).
    """

    def __init__(self, host: str, *, aliases: Sequence[str] = (), robots: str | None = None) -> None:
        self.host = host
        self.hosts = (host, *aliases)
        self._answers: dict[str, Answer | Responder] = {}
        self._lock = Lock()
        if robots is not None:
            self.put("/robots.txt", plain(robots))

    def put(self, path: str, answer: Answer | Responder) -> None:
        """Answers `path` from now on with `answer`, or with what `answer` makes of the request."""
        with self._lock:
            self._answers[path] = answer

    def remove(self, path: str) -> None:
        """Forgets a path: 404 from now on."""
        with self._lock:
            self._answers.pop(path, None)

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that are answered."""
        with self._lock:
            return tuple(self._answers)

    def answer(self, request: Request) -> Answer:
        """What this host says to a request."""
        with self._lock:
            found = self._answers.get(request.path) or self._answers.get(request.path.partition("?")[0])
        if found is None:
            return refusal(404)
        return found if isinstance(found, Answer) else found(request)
