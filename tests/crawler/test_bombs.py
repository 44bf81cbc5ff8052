"""Answers made to exhaust us: each ends within its limit, neighbours do not notice, memory stays small."""

import gzip
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest

from crawler.records import FindOutcome, PollOutcome
from crawler.sweep import Progress, SourcePolled, run_sweep
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import article, order, rss, source

SECONDS = 3.0
GRACE = 2.0 + os.getloadavg()[0] / (os.cpu_count() or 1)  # two seconds on a machine that does nothing else
MIB = 1024 * 1024
MEMORY = 400 * MIB


def packed(megabytes: int) -> bytes:
    """That many MiB of blanks, packed a thousand to one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * MIB
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def drip(head: bytes, piece: bytes, pause: float) -> Callable[[Any], None]:
    """Send the head and then pieces for ever, until nobody listens."""

    def write(out: Any) -> None:
        with suppress(OSError):
            out.write(head)
            while True:
                out.write(piece)
                out.flush()
                if pause:
                    time.sleep(pause)  # the slow outlet that is being tested

    return write


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n"
BOMB = packed(512)
LAUGHS = (
    b"<!DOCTYPE r [<!ENTITY a0 'ha ha ha ha ha ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><rss version='2.0'><channel><item><title>&a9;</title></item></channel></rss>"
)
BOMBS = {
    "gzip": Answer(body=BOMB, headers={"Content-Encoding": "gzip"}),
    "twice": Answer(body=gzip.compress(BOMB), headers={"Content-Encoding": "gzip, gzip"}),
    "brotli": Answer(body=brotli.compress(b" " * 64 * MIB, quality=1), headers={"Content-Encoding": "br"}),
    "deflate": Answer(body=zlib.compress(b" " * 64 * MIB, 9), headers={"Content-Encoding": "deflate"}),
    "endless": Answer(write=drip(HEAD, b"<item>x</item>" * 4096, 0.0)),
    "bytewise": Answer(write=drip(HEAD, b"<", 0.2)),
    "slowheaders": Answer(write=drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.2)),
    "headers": Answer(write=drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 512, 0.0)),
    "longheader": Answer(write=drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 4096, 0.0)),
    "huge": Answer(body=b"<rss>" + b" " * 16 * MIB),
    "attributes": Answer(body=b"<rss " + b" ".join(b"a%d='1'" % n for n in range(80_000)) + b">"),
    "wide": Answer(body=("<rss " + " ".join(f"a{n}='1'" for n in range(80_000)) + ">").encode("utf-16")),
    "deep": Answer(body=b"<rss>" + b"<a>" * 100_000),
    "brackets": Answer(body=b"<rss>" + b"<" * 200_000),
    "entities": Answer(body=LAUGHS),
}  # fmt: skip


def memory_of(process: int) -> int:
    """Bytes held by a process and all below it; shared pages are counted once (PSS)."""
    total = 0
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += memory_of(int(child))
    return total


def children_of(process: int) -> set[int]:
    """The processes that this one started, by any of its threads."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return {int(child) for task in tasks for child in (task / "children").read_text().split()}


@contextmanager
def watching_memory() -> Iterator[list[int]]:
    """The peak, in bytes, of everything that this process starts from now on."""
    peak, done = [0], threading.Event()
    others = children_of(os.getpid())

    def look() -> None:
        while not done.wait(0.1):
            ours = children_of(os.getpid()) - others
            peak[0] = max(peak[0], sum(memory_of(child) for child in ours))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield peak
    done.set()
    thread.join()


def test_every_bomb_ends_within_its_limit_and_its_neighbours_are_read(web: Web, notebook: Notebook) -> None:
    for name, answer in BOMBS.items():
        web.put(f"http://{name}.example/feed", answer)
    deep = b"<html><body>" + b"<div>" * 100_000 + b"text" + b"</div>" * 100_000
    stories = [(f"Story {number}", f"http://daily.example/{number}") for number in range(5)]
    web.put("http://daily.example/feed", rss(*stories))
    for number in range(4):
        web.put(f"http://daily.example/{number}", article(f"Story {number}"))
    web.put("http://daily.example/4", deep)
    sources = [source(f"http://{name}.example/feed") for name in [*BOMBS, "daily"]]
    limits = {"request_seconds": SECONDS, "worker_seconds": SECONDS, "workers": 2}
    began = time.monotonic()
    with watching_memory() as peak:
        report = run_sweep(order(web, sources, manners=limits), notebook)
    assert report.ended == "done", report.broken
    assert set(BOMBS) == {trouble.url.split("/")[2].split(".")[0] for trouble in report.troubles}
    assert all(trouble.words for trouble in report.troubles)
    finds = {find.lead.url: find.outcome for find in notebook.finds}
    assert [finds[f"http://daily.example/{number}"] for number in range(4)] == [FindOutcome.READ] * 4
    assert "http://daily.example/4" in finds
    # Two workers, and at most four bombs that have to be killed: their deadlines follow one another,
    # each of SECONDS on the processor, which a busy machine makes twice as many at the most.
    assert time.monotonic() - began < 2 * (2 * SECONDS + GRACE) + 5
    assert peak[0] < MEMORY, f"{peak[0] / MIB:.0f} MiB"


@pytest.mark.parametrize(
    "name", ["gzip", "endless", "bytewise", "slowheaders", "headers", "attributes", "wide"]
)
def test_a_bomb_alone_ends_within_its_limit(name: str, web: Web, notebook: Notebook) -> None:
    web.put("http://bomb.example/feed", BOMBS[name])
    told: list[tuple[float, Progress]] = []
    limits = {"request_seconds": SECONDS, "worker_seconds": SECONDS}
    run_sweep(
        order(web, [source("http://bomb.example/feed")], manners=limits),
        notebook,
        lambda event: told.append((time.monotonic(), event)),
    )
    ((ended, event),) = told
    assert isinstance(event, SourcePolled)
    assert event.outcome in (PollOutcome.FAILED, PollOutcome.EMPTY)
    asked = next(line.began for line in web.log if line.path == "/robots.txt")
    assert ended - asked < SECONDS + GRACE, event.trouble
