"""What the gate promises of itself, held by a real sweep: TLS, cookies, consoles, scopes, a clean stop."""

import multiprocessing
import os
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from crawler.clock import read_clock
from crawler.errors import Refused
from crawler.politeness.addresses import check_url
from crawler.records import PollState, Source
from crawler.sweep import run_sweep
from tests.crawler.imap import make_context
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.politeness.test_canaries import PUBLIC, Names
from tests.crawler.sweeping import order, rss, source
from tests.crawler.test_sweep import FEED, outcomes, put_daily

INSIDE = {"allowed_networks": (f"{PUBLIC}/32",)}


def look_up_link(host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
    """Every name leads to a neighbour on the own link, with its scope as some systems write it."""
    return [(socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("fe80::1%lo", port, 0, 1))]


def looked_at(url: str) -> tuple[Source, PollState]:
    """A source that is not new: no workers are started beforehand."""
    known = source(url)
    return known, PollState(source_id=known.id, polled_at=read_clock())


def listening(process: int) -> int:
    """How many sockets this process listens at (state 0A of /proc/net/tcp)."""
    tables = [Path(f"/proc/{process}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    waiting = {line.split()[9] for table in tables for line in table if line.split()[3] == "0A"}
    held = {os.readlink(each) for each in Path(f"/proc/{process}/fd").iterdir() if each.is_symlink()}
    return sum(f"socket:[{inode}]" in held for inode in waiting)


def test_the_process_of_a_sweep_listens_nowhere_and_keeps_no_cookie(web: Web, notebook: Notebook) -> None:
    seen: list[int] = []
    put_daily(web, 2)
    items = rss(*((f"Headline {number}", f"http://daily.example/story/{number}") for number in range(2)))

    def answer(_: Mapping[str, str]) -> Answer:
        seen.extend(listening(child.pid) for child in multiprocessing.active_children() if child.pid)
        return Answer(body=items, headers={"Set-Cookie": "who=you; Path=/", "Content-Type": "text/xml"})

    web.put(FEED, answer)
    run_sweep(order(web, [source(FEED)]), notebook)
    assert seen == [0]
    assert len(web.log) == 4
    assert not [line.path for line in web.log if "cookie" in line.headers]
    assert listening(os.getpid()) >= 1, "a listener would have been seen: the outlet is one"


def test_a_certificate_that_nobody_vouches_for_is_refused_in_words(
    notebook: Notebook, tmp_path: Path
) -> None:
    names = Names({"daily.example": [[PUBLIC]]})
    with Web().serving(PUBLIC, make_context(tmp_path)) as web:
        url = f"https://daily.example:{web.port}/feed"
        web.put(url, rss(("One", "http://daily.example/1")))
        report = run_sweep(order(None, [looked_at(url)], look_up=names, manners=INSIDE), notebook)
    assert web.log == []
    (trouble,) = report.troubles
    assert trouble.words == "its certificate is not valid (self-signed, run out, or for another name)"


def test_a_name_that_leads_to_the_own_link_is_refused_with_its_scope(notebook: Notebook) -> None:
    report = run_sweep(order(None, [looked_at("http://linked.example/feed")], look_up=look_up_link), notebook)
    (trouble,) = report.troubles
    assert trouble.words == "linked.example leads to fe80::1, which is not on the public internet"
    with pytest.raises(Refused, match=r"leads to fe80::1, which is not on the public internet"):
        check_url("http://[fe80::1%25lo]/")


def test_who_is_being_answered_when_the_sweep_is_stopped_has_seconds_not_minutes(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web, 2)
    stopping = threading.Event()

    def answer_slowly(_: Mapping[str, str]) -> Answer:
        stopping.set()
        return Answer(seconds=60.0)

    web.put("http://daily.example/story/0", answer_slowly)
    began = monotonic()
    report = run_sweep(
        order(web, [source(FEED)], manners={"request_seconds": 60.0}), notebook, stopping=stopping
    )
    assert report.ended == "stopped"
    assert monotonic() - began < 30
    assert outcomes(notebook) == {}, "both leads wait"
    assert [lead.headline for lead in notebook.waiting(9)] == ["Headline 0", "Headline 1"]
