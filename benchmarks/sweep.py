"""How fast a sweep is: feeds polled and articles taken in per CPU second, beside a bare Scrapy spider.

The bare spider asks for the same addresses from the same server and throws the answers away: the
floor. Run it with `python -m benchmarks.sweep`; server and client share the machine, so figures are
per second of CPU that the client (with its workers) used.
"""

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from crawler.clock import read_clock
from crawler.outlets import Directory, source_id
from crawler.politeness.manners import Manners
from crawler.records import Find, Lead, Poll, PollState, Source, SourceKind
from crawler.sweep import SweepOrder, run_sweep

FEEDS = 1_000
PAGES = 300
PARAGRAPH = "The council met on Tuesday evening and voted to keep the winter shelter open for another year. "
FURNITURE = "".join(
    f"<li><a href='/section/{n}'>A teaser for some other story, number {n}</a></li>" for n in range(600)
)


def make_page(number: int) -> bytes:
    """An article of about 50 kB, most of it furniture, as pages are."""
    body = "".join(f"<p>{PARAGRAPH * 4}</p>" for _ in range(12))
    return (
        f"<!doctype html><html lang='en'><head><title>Headline {number}</title>"
        f"<meta property='og:title' content='Headline {number}'><meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2017-03-28T10:00:00-04:00'></head>"
        f"<body><nav><ul>{FURNITURE}</ul></nav><article><h1>Headline {number}</h1>{body}</article>"
        "</body></html>"
    ).encode()


def make_feed() -> bytes:
    """A feed that leads to all pages."""
    items = "".join(
        f"<item><title>Headline {n}</title><link>http://outlet{n}.example/story/{n}</link></item>"
        for n in range(PAGES)
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()
    )


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    pages = {f"/story/{number}".encode(): make_page(number) for number in range(PAGES)}
    feed = make_feed()
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = b"/" + head.split(b" ", 2)[1].split(b"/", 3)[-1]
            if b"\r\nif-none-match:" in head.lower():
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
            elif path == b"/robots.txt":
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                body = feed if path == b"/all" else pages.get(path, b"")
                kind = b"text/xml" if path == b"/all" else b"text/html"
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
                    + body
                )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _serve(told: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=500)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


class Drawer:
    """A sink that counts, and keeps nothing but that."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def held(self) -> Mapping[str, datetime]:
        return {}

    def hold(self, domain: str, until: datetime) -> None:
        """Nobody asks for a pause here."""

    def keep_poll(self, poll: Poll) -> Sequence[Lead]:
        return poll.leads

    def waiting(self, limit: int) -> Sequence[Lead]:
        return ()

    def keep_find(self, find: Find) -> None:
        """The report counts."""


@dataclass(frozen=True)
class Pace:
    """How many of something were done, in how many seconds."""

    what: str
    count: int
    wall: float
    cpu: float

    def __str__(self) -> str:
        per_cpu, per_wall = self.count / self.cpu, self.count / self.wall
        return f"{self.what:<44}{self.count:>6} {per_cpu:>8.0f}/s CPU {per_wall:>8.0f}/s wall"


def measure(what: str, work: Callable[[], int]) -> Pace:
    """Do it, and tell how fast it went."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    count = work()
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Pace(what, count, wall, cpu)


def sweep_order(port: int, sources: Sequence[tuple[Source, PollState]]) -> SweepOrder:
    """A sweep without pauses, through the server as a proxy."""
    manners = Manners(
        contact="bench@campaign.example", pause=0.0, proxy=f"http://127.0.0.1:{port}", obey_robots=False
    )
    return SweepOrder(sources=tuple(sources), outlets=Directory(), manners=manners, clock=read_clock)


def poll_unchanged(port: int) -> int:
    """Every feed answers 304."""
    urls = [f"http://outlet{number}.example/feed" for number in range(FEEDS)]
    sources = [Source(id=source_id(SourceKind.FEED, url), kind=SourceKind.FEED, url=url) for url in urls]
    order = sweep_order(port, [(each, PollState(source_id=each.id, etag='"1"')) for each in sources])
    with tempfile.TemporaryDirectory() as folder:
        return run_sweep(order, Drawer(Path(folder))).counts["poll: unchanged"]


def take_in_articles(port: int) -> int:
    """One feed leads to articles of many outlets, each fetched and extracted."""
    url = "http://outlets.example/all"
    source = Source(id="all", kind=SourceKind.FEED, url=url)
    order = sweep_order(port, [(source, PollState(source_id="all"))])
    with tempfile.TemporaryDirectory() as folder:
        return run_sweep(order, Drawer(Path(folder))).counts["find: read"]


def _crawl_bare(port: int, urls: Sequence[str], told: Connection) -> None:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        answers = 0

        async def start(self):  # type: ignore[no-untyped-def]
            meta = {"proxy": f"http://127.0.0.1:{port}"}
            for url in urls:
                headers = {"If-None-Match": '"1"'} if url.endswith("/feed") else {}
                yield scrapy.Request(url, headers=headers, meta=meta, dont_filter=True)

        def parse(self, response, **_):  # type: ignore[no-untyped-def]
            Bare.answers += 1

    process = AsyncCrawlerProcess(
        {
            "CONCURRENT_REQUESTS": 32,
            "HTTPERROR_ALLOW_ALL": True,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Bare)
    process.start()
    told.send(Bare.answers)


def ask_bare(port: int, urls: Sequence[str]) -> int:
    """The floor: Scrapy alone, with nothing of ours."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_crawl_bare, args=(port, urls, theirs))
    child.start()
    answers: int = ours.recv()
    child.join()
    return answers


def main() -> None:
    """Measure in turn, floor and ours."""
    argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__).parse_args()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    feeds = [f"http://outlet{number}.example/feed" for number in range(FEEDS)]
    pages = [f"http://outlet{number}.example/story/{number}" for number in range(PAGES)]
    paces = [
        measure("unchanged feeds, bare Scrapy (floor)", lambda: ask_bare(port, feeds)),
        measure("unchanged feeds, a sweep", lambda: poll_unchanged(port)),
        measure("pages fetched, bare Scrapy (floor)", lambda: ask_bare(port, pages)),
        measure("articles fetched and extracted, a sweep", lambda: take_in_articles(port)),
    ]
    server.terminate()
    server.join()
    for pace in paces:
        print(pace)
    rates = [pace.count / pace.cpu for pace in paces]
    print(f"polls: {rates[1] / rates[0]:.2f} of the floor; pages: {rates[3] / rates[2]:.2f} of the floor")


if __name__ == "__main__":
    main()
