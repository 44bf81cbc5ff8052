"""How we behave on other people's sites, as one record; the gate keeps to it."""

from dataclasses import dataclass
from datetime import timedelta

MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """Who we say we are and what we allow ourselves; times in seconds, sizes in bytes after decompression.

    `contact` is a mail address or web page where an outlet can reach us. `pause` is the
    least time between an answer and the next request to the same registrable domain (robots.txt
    may ask for more); only a press on loopback is asked without one. `allowed_networks` are
    non-public networks that may be asked all the same (an intranet outlet): `10.1.0.0/16`.
    `patience` is how long a sweep waits, all in all, when nothing is left to do but to wait out pauses
    that outlets ask for; who would have to wait longer is left for a later sweep.
    `worker_seconds` are a worker's own seconds on the processor for one page or feed.
    `proxy` is set by the administrator and goes before `http_proxy` and `https_proxy`.
    A page that only its scripts fill is drawn by `chromium` (a path or a command; None: the system's)
    within `render_seconds` on the processor; what it asks for meanwhile may hold `render_bytes` in
    all, the text it becomes `page_bytes`, and each process of the browser `browser_bytes`.
    """

    contact: str
    product: str = "InTheNews"
    version: str = "0.1"
    pause: float = 1.0
    requests_at_once: int = 32
    obey_robots: bool = True
    proxy: str | None = None
    allowed_networks: tuple[str, ...] = ()
    source_bytes: int = 15 * MIB
    page_bytes: int = 10 * MIB
    header_bytes: int = 64 * 1024
    request_seconds: float = 20.0
    redirects: int = 10
    longest_hold: timedelta = timedelta(hours=24)
    patience: float = 60.0
    workers: int = 2
    worker_seconds: float = 10.0
    worker_bytes: int = 512 * MIB
    chromium: str | None = None
    render_seconds: float = 8.0
    render_bytes: int = 30 * MIB
    browser_bytes: int = 768 * MIB

    @property
    def user_agent(self) -> str:
        """What we send as User-Agent: product, version and where to complain."""
        return f"{self.product}/{self.version} (+{self.contact})"
