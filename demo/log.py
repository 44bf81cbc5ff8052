"""What was asked of the press: one record a request, kept safely across threads."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from demo.sites import Headers


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One request and its answer.

    `started` and `ended` are monotonic seconds: from the parsed request to just before the
    last bytes went out, so that the client's next request cannot start before `ended`.
    `sent` counts body bytes as transferred; `cut` says that the client left a stream early.
    """

    started: float
    ended: float
    method: str
    host: str
    path: str
    headers: Headers
    status: int
    sent: int
    cut: bool = False

    @property
    def url(self) -> str:
        """The absolute address that was asked for."""
        return f"http://{self.host}{self.path}"

    def header(self, name: str) -> str | None:
        """The first value of a request header, None where it was not sent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Log:
    """All visits so far, in the order in which they ended."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._lock = Lock()

    def add(self, visit: Visit) -> None:
        """Keeps a visit."""
        with self._lock:
            self._visits.append(visit)

    def visits(self, host: str | None = None) -> tuple[Visit, ...]:
        """A copy of the visits so far, of one host if asked."""
        with self._lock:
            return tuple(visit for visit in self._visits if host in (None, visit.host))

    def clear(self) -> None:
        """Forgets all visits."""
        with self._lock:
            self._visits.clear()

    def __iter__(self) -> Iterator[Visit]:
        return iter(self.visits())

    def __len__(self) -> int:
        with self._lock:
            return len(self._visits)
