# ruff: noqa: E501 - pages and scripts as they are
"""Pages drawn by a real Chromium, all of whose requests go through the real gate; hostile ones end in time."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from pytest import MonkeyPatch

from crawler.outlets import Directory
from crawler.politeness.chromium_settings import why_no_browser
from crawler.records import FindOutcome, Outlet, PollOutcome, Source, SourceKind
from crawler.sweep import SweepOrder, SweepReport, run_sweep
from tests.browser import ensure_chromium
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.politeness.hostile_pages import ATTEMPTS, ENDLESS, LINK, NUISANCES, running, trying
from tests.crawler.politeness.test_canaries import CANARIES, PUBLIC, Names, canary
from tests.crawler.sweeping import MANNERS, article, order, rss, source
from tests.crawler.test_bombs import drip

DAILY = "http://daily.example/"
STORY = "http://daily.example/2017/03/28/mayors-answer-the-threat-of-cuts.html"
SHELL = b"<!doctype html><html><head><title>Daily</title></head><body><div id=app></div><script src=%s></script></body></html>"
LISTING = b"""fetch('/api/news').then(answer => answer.json()).then(news => {
  document.getElementById('app').innerHTML = '<main>' + news.map(each =>
    `<article><h2><a href="${each.path}">${each.headline}</a></h2></article>`).join('') + '</main>' })"""
NEWS = b'[{"path": "/2017/03/28/mayors-answer-the-threat-of-cuts.html", "headline": "Mayors answer the threat of cuts"}]'
TELLING = b"""const words = 'Council members voted on Tuesday to keep the shelter open all winter. '.repeat(8);
document.title = 'Mayors answer the threat of cuts'; document.getElementById('app').innerHTML =
  `<article><h1>Mayors answer the threat of cuts \xe2\x80\x93 \xc3\xa9t\xc3\xa9</h1><time datetime="2017-03-28T10:00:00-04:00">28 March</time>
  <p>${words}</p><p>${words}</p><p>${words}</p></article>`"""
SECONDS = 2.5
ALLOWED = "127.0.0.4"  # a network inside that the administrator lets us ask


def drawn(*domains: str) -> Directory:
    """Outlets whose pages are empty until their scripts have run."""
    return Directory(
        Outlet(slug=f"o{number}", name=domain, domains=(domain,), rendered=True)
        for number, domain in enumerate(domains)
    )


def section(url: str) -> Source:
    return source(url, SourceKind.SECTION)


def sweep(
    web: Web | None, sources: list[Source], outlets: Directory, notebook: Notebook, **more: Any
) -> SweepReport:
    manners = {"chromium": ensure_chromium()} | more.pop("manners", {})
    made: SweepOrder = order(web, sources, manners=manners, **more)
    return run_sweep(replace(made, outlets=outlets), notebook)


def put_app(web: Web) -> None:
    """A site of scripts: an empty section page and an empty article page."""
    web.put(DAILY, SHELL % b"http://static.daily.example/list.js")
    web.put("http://static.daily.example/list.js", LISTING, "text/javascript")
    web.put("http://daily.example/api/news", NEWS, "application/json")
    web.put(
        STORY, Answer(body=SHELL % b"/story.js", headers={"Content-Type": "text/html; charset=iso-8859-1"})
    )
    web.put("http://daily.example/story.js", TELLING, "text/javascript; charset=utf-8")


def test_links_and_articles_that_exist_only_after_scripts_ran(web: Web, notebook: Notebook) -> None:
    put_app(web)
    web.put(DAILY, Answer(body=SHELL % b"http://static.daily.example/list.js", headers={"ETag": '"1"'}))
    report = sweep(web, [section(DAILY)], drawn("daily.example"), notebook, manners={"pause": 0.1})
    assert report.ended == "done", report.broken
    (find,) = notebook.finds
    assert find.outcome is FindOutcome.READ and find.article and find.page
    assert find.article.headline == "Mayors answer the threat of cuts – été"
    assert find.article.published is not None and find.article.published.day.isoformat() == "2017-03-28"
    assert find.article.evidence["page"].value.startswith("drawn by Chromium")
    assert find.page.header("content-type") == "text/html; charset=iso-8859-1"
    assert find.lead.headline == "Mayors answer the threat of cuts"
    # Each page and each part once, robots.txt first everywhere, by our own name.
    assert sorted(web.asked()) == [
        "/", "/2017/03/28/mayors-answer-the-threat-of-cuts.html", "/api/news", "/list.js", "/story.js"
    ]  # fmt: skip
    assert {line.host for line in web.log if line.path == "/robots.txt"} == {
        "daily.example",
        "static.daily.example",
    }
    assert {line.headers["user-agent"] for line in web.log} == {"InTheNews/0.1 (+press@campaign.example)"}
    pages = sorted((line for line in web.log if line.path in ("/", STORY[20:])), key=lambda line: line.began)
    parts = max(line.ended for line in web.log if line.path in ("/list.js", "/api/news"))
    assert pages[1].began - parts >= 0.1, "the page after a drawn page waits for its pause"
    # The empty page is the same as ever: what is new shows only when it is drawn again.
    news = NEWS.replace(b"mayors-answer-the", b"councils-answer-the")
    web.put("http://daily.example/api/news", news, "application/json")
    again: list[Any] = [(section(DAILY), notebook.polls[0].state)]
    assert sweep(web, again, drawn("daily.example"), notebook).counts["new_leads"] == 1


def test_a_missing_browser_is_told_and_stops_nothing_else(web: Web, notebook: Notebook) -> None:
    put_app(web)
    web.put("http://plain.example/feed", rss(("One", "http://plain.example/1"), ("Shell", STORY)))
    web.put("http://plain.example/1", article("One"))
    sources = [section(DAILY), source("http://plain.example/feed")]
    manners = {"chromium": "/no/such/chromium"}
    report = sweep(web, sources, drawn("daily.example"), notebook, manners=manners)
    assert report.ended == "done", report.broken
    (trouble,) = report.troubles
    assert "install Chromium" in trouble.words and "/no/such/chromium" in trouble.words
    finds = {find.lead.url: find for find in notebook.finds}
    assert finds["http://plain.example/1"].outcome is FindOutcome.READ
    assert finds[STORY].outcome is FindOutcome.LATER and "install Chromium" in finds[STORY].reason


def test_what_is_missing_is_named(monkeypatch: MonkeyPatch) -> None:
    assert why_no_browser(replace(MANNERS, chromium=ensure_chromium())) is None
    words = why_no_browser(replace(MANNERS, chromium="no-such-browser"))
    assert words and "apt-get install chromium" in words and "no-such-browser" in words
    monkeypatch.setitem(sys.modules, "scrapy_playwright", None)  # as if it were not installed
    words = why_no_browser(MANNERS)
    assert words and "pip install in-the-news[browser]" in words


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


def hop(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


def test_no_request_of_a_page_reaches_a_canary(notebook: Notebook) -> None:
    hits: list[str] = []
    let_in: list[str] = []
    with ExitStack() as stack:
        web = stack.enter_context(Web().serving(PUBLIC))
        for address in CANARIES:
            stack.enter_context(canary(address, web.port, hits))
            stack.enter_context(udp_canary(address, web.port, hits))
        stack.enter_context(canary(ALLOWED, web.port, let_in))
        names = Names({f"{name}.example": [[PUBLIC]] for name in ("trying", "moving", "hopping")})
        names.answers["inside.example"] = [["127.0.0.1"]]
        trial, moving, hopping = (
            f"http://{host}.example:{web.port}/" for host in ("trying", "moving", "hopping")
        )
        inside, named, allowed = (f"{host}:{web.port}" for host in ("127.0.0.1", "inside.example", ALLOWED))
        web.put(trial, trying([inside, named, allowed]))
        web.put(moving, running(f"{LINK} location.href = 'http://{inside}/moved'"))
        web.put(hopping, hop(f"http://{named}/hopped"))
        for place in (inside, named, allowed):
            for name in ("hop", "hopped"):
                target = f"http://{place}/{name}"
                web.put(f"{trial}hop?to={quote(target, safe='')}", hop(target))
        manners = {
            "allowed_networks": (f"{PUBLIC}/32", f"{ALLOWED}/32"), "render_seconds": 10.0,
            "request_seconds": 1.0, "obey_robots": False,
        }  # fmt: skip
        sources = [section(trial), section(moving), section(hopping)]
        outlets = drawn("trying.example", "moving.example", "hopping.example")
        report = sweep(None, sources, outlets, notebook, look_up=names, manners=manners)
        asked = web.asked(f"trying.example:{web.port}")
    assert report.ended == "done", report.broken
    assert hits == []
    assert len(let_in) >= 5, "scripts, styles and data do go out through the door, where the door lets them"
    made = {poll.source.url: [lead.url for lead in poll.leads] for poll in notebook.polls}
    assert made[trial] == [f"{trial}2017/03/28/all-attempts-made-{3 * len(ATTEMPTS)}.html"]
    assert made[moving], "a page that moves on is taken as it was"
    assert sum(path.startswith("/hop") for path in asked) == 6, "the redirects were asked for"
    (trouble,) = report.troubles
    assert "not on the public internet" in trouble.words


def test_hostile_pages_end_in_time_and_their_neighbours_are_read(web: Web, notebook: Notebook) -> None:
    put_app(web)
    for name, script in (ENDLESS | NUISANCES).items():
        web.put(f"http://{name}.example/", running(script))
        web.put(
            f"http://{name}.example/endless", Answer(write=drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 4096, 0.0))
        )
        web.put(f"http://{name}.example/bytewise", Answer(write=drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.2)))
    sources = [section(f"http://{name}.example/") for name in (ENDLESS | NUISANCES)] + [section(DAILY)]
    outlets = drawn(*(f"{name}.example" for name in (ENDLESS | NUISANCES)), "daily.example")
    limits = {"render_seconds": SECONDS, "render_bytes": 2**20, "page_bytes": 2**22, "browser_bytes": 2**28}
    began = time.monotonic()
    report = sweep(web, sources, outlets, notebook, manners=limits)
    assert report.ended == "done", report.broken
    polls = {poll.source.url.split("/")[2].split(".")[0]: poll for poll in notebook.polls}
    assert {name for name, poll in polls.items() if poll.outcome is not PollOutcome.NEW} == set(ENDLESS)
    assert all(polls[name].state.trouble for name in ENDLESS)
    assert [len(polls[name].leads) for name in NUISANCES] == [1] * len(NUISANCES)
    (read,) = (find for find in notebook.finds if find.outcome is FindOutcome.READ)
    assert read.lead.url == STORY
    assert not any(path.startswith("/popup") or path in ("/file.zip", "/elsewhere") for path in web.asked())
    assert time.monotonic() - began < 60
