# ruff: noqa: E501 - pages and scripts as they are
"""A web of script-made, hostile and walled pages beside canaries that nobody may reach, swept once for all tests."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from crawler.outlets import Directory
from crawler.records import Outlet, Poll, PollState, Source, SourceKind
from crawler.sweep import SweepReport, run_sweep
from tests.browser import ensure_chromium
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.politeness.hostile_pages import ENDLESS, LINK, NUISANCES, running, trying
from tests.crawler.politeness.test_canaries import CANARIES, PUBLIC, Names, canary
from tests.crawler.sweeping import order, source
from tests.crawler.test_bombs import drip

ALLOWED = "127.0.0.4"  # a network inside that the administrator lets us ask
SECONDS = 3.0

STORY = "/2017/03/28/mayors-answer-the-threat-of-cuts.html"
SHELL = b"<!doctype html><html><head><title>Daily</title></head><body><div id=app></div><script src=%s></script></body></html>"
LISTING = b"""fetch('/api/news').then(answer => answer.json()).then(news => {
  document.getElementById('app').innerHTML = '<main>' + news.map(each =>
    `<article><h2><a href="${each.path}">${each.headline}</a></h2></article>`).join('') + '</main>' })"""
NEWS = f'[{{"path": "{STORY}", "headline": "Mayors answer the threat of cuts"}}]'.encode()
TELLING = """const words = 'Council members voted on Tuesday to keep the shelter open all winter. '.repeat(8);
document.title = 'Mayors answer the threat of cuts'; document.getElementById('app').innerHTML =
  `<article><h1>Mayors answer the threat of cuts – été</h1><time datetime="2017-03-28T10:00:00-04:00">28 March</time>
  <p>${words}</p><p>${words}</p><p>${words}</p></article>`""".encode()
WALLS = {
    "challenge": b"<html><head><title>Just a moment...</title></head><body><script>fetch('/solve')</script></body></html>",
    "latewall": running("document.title = 'Just a moment...'; document.body.innerHTML = ''"),
}
TRYING = ("trying", "moved", "hopping")


@dataclass
class Swept:
    """What the sweep did: by whom the web was asked, who reached a canary, what was kept and told."""

    web: Web
    notebook: Notebook
    report: SweepReport
    hits: list[str] = field(default_factory=list)
    let_in: list[str] = field(default_factory=list)

    def host(self, name: str) -> str:
        """The host of an outlet, with the port that all have."""
        return f"{name}.example:{self.web.port}"

    def poll(self, name: str) -> Poll:
        """The look at an outlet's page."""
        return next(poll for poll in self.notebook.polls if self.host(name) in poll.source.url)


def drawn(*names: str) -> Directory:
    """Outlets whose pages are empty until their scripts have run."""
    return Directory(
        Outlet(slug=name, name=name, domains=(f"{name}.example",), rendered=True) for name in names
    )


def section(url: str) -> Source:
    return source(url, SourceKind.SECTION)


def put_app(web: Web, at: str, beside: str) -> None:
    """A site of scripts: an empty section page and an empty article page."""
    shell = SHELL % f"{beside}/list.js".encode()
    web.put(f"{at}/", Answer(body=shell, headers={"ETag": '"1"', "Content-Type": "text/html"}))
    web.put(f"{beside}/list.js", LISTING, "text/javascript")
    web.put(f"{at}/api/news", NEWS, "application/json")
    kind = {"Content-Type": "text/html; charset=iso-8859-1"}
    web.put(f"{at}{STORY}", Answer(body=SHELL % b"/story.js", headers=kind))
    web.put(f"{at}/story.js", TELLING, "text/javascript; charset=utf-8")


def sweep_everything(folder: Path) -> Swept:
    """Put it all on the air, and sweep it with one browser."""
    hits: list[str] = []
    let_in: list[str] = []
    with ExitStack() as stack:
        web = stack.enter_context(Web().serving(PUBLIC))
        for address in CANARIES:
            stack.enter_context(canary(address, web.port, hits))
            stack.enter_context(udp_canary(address, web.port, hits))
        stack.enter_context(canary(ALLOWED, web.port, let_in))
        names = ["daily", *TRYING, *WALLS, *ENDLESS, *NUISANCES]
        put_pages(web)
        notebook = Notebook(folder)
        known = Names({f"{name}.example": [[PUBLIC]] for name in names})
        known.answers |= {"static.daily.example": [[PUBLIC]], "inside.example": [["127.0.0.1"]]}
        sources = [section(f"http://{name}.example:{web.port}/") for name in names]
        states = [(each, PollState(source_id=each.id, etag='"1"')) for each in sources]
        manners = {
            "chromium": ensure_chromium(), "allowed_networks": (f"{PUBLIC}/32", f"{ALLOWED}/32"), "pause": 0.1,
            "render_seconds": SECONDS, "render_bytes": 2**20, "page_bytes": 2**22, "browser_bytes": 2**28,
            "request_seconds": 5.0,
        }  # fmt: skip
        made = order(None, states, look_up=known, manners=manners)
        report = run_sweep(replace(made, outlets=drawn(*names)), notebook)
    return Swept(web=web, notebook=notebook, report=report, hits=hits, let_in=let_in)


def put_pages(web: Web) -> None:
    """All pages; each host is public, and has a server inside at the same port for a neighbour."""
    put_app(web, f"http://daily.example:{web.port}", f"http://static.daily.example:{web.port}")
    inside, named, allowed = (f"{host}:{web.port}" for host in ("127.0.0.1", "inside.example", ALLOWED))
    trial = f"http://trying.example:{web.port}/"
    web.put(trial, trying([inside, named, allowed]))
    web.put(f"http://moved.example:{web.port}/", running(f"{LINK} location.href = 'http://{inside}/moved'"))
    web.put(f"http://hopping.example:{web.port}/", hop(f"http://{named}/hopped"))
    for place in (inside, named, allowed):
        for name in ("hop", "hopped"):
            target = f"http://{place}/{name}"
            web.put(f"{trial}hop?to={quote(target, safe='')}", hop(target))
    for name, body in WALLS.items():
        web.put(f"http://{name}.example:{web.port}/", body)
    for name, script in (ENDLESS | NUISANCES).items():
        host = f"http://{name}.example:{web.port}"
        web.put(f"{host}/", running(script))
        web.put(f"{host}/endless", Answer(write=drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 4096, 0.0)))
        web.put(f"{host}/bytewise", Answer(write=drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.2)))


def hop(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


@contextmanager
def udp_canary(address: str, port: int, hits: list[str]) -> Iterator[None]:
    """A socket that notes every datagram."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as listening:
        listening.bind((address, port))
        listening.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    hits.append(f"UDP {address} {listening.recv(64)!r}")
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield
        done.set()
        thread.join()
