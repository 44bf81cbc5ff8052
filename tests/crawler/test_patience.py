"""An outlet that wants long pauses gets them, over many sweeps, and nobody else waits for it."""

import functools
import itertools
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from crawler.politeness.robots_answer import RobotsAnswer
from crawler.records import FindOutcome, PollOutcome, PollState, SourceKind
from crawler.sweep import LeadFollowed, Progress, run_sweep
from tests.crawler.loopback import Answer, Asked, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import article, order, rss, source
from tests.crawler.test_sweep import FEED, outcomes, put_daily

HOUR = timedelta(hours=1)
WISH = "User-agent: *\nCrawl-delay: %g\n"
SOON = 60.0
"""Seconds: many times what a sweep takes, and far less than the pause."""


def clock_ahead(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def wish(web: Web, seconds: float, host: str = "daily.example") -> None:
    """A Crawl-delay."""
    web.put(f"http://{host}/robots.txt", (WISH % seconds).encode(), "text/plain")


def visits(web: Web, host: str = "daily.example") -> list[Asked]:
    return sorted((line for line in web.log if line.host == host), key=lambda line: line.began)


def test_an_hour_between_two_requests_holds_up_nobody_and_is_kept_over_many_sweeps(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web, 3)
    put_daily(web, 3, "other.example")
    wish(web, 3600)
    manners = {"pause": 0.01}
    began = monotonic()
    first = run_sweep(
        order(web, [source(FEED), source("http://other.example/feed")], manners=manners), notebook
    )
    assert monotonic() - began < SOON
    assert first.ended == "done", first.broken
    assert web.asked("daily.example") == ["/feed"]
    assert sorted(web.asked("other.example")) == ["/feed", "/story/0", "/story/1", "/story/2"]
    left = [find for find in notebook.finds if find.outcome is FindOutcome.LATER]
    assert [find.lead.url[-1] for find in left] == ["0", "1", "2"]
    turns = [find.until - datetime.now(UTC) for find in left if find.until]
    assert [round(turn / HOUR) for turn in turns] == [1, 2, 3], "a turn for each"
    assert round((notebook.held()["daily.example"] - datetime.now(UTC)) / HOUR) == 1

    web.log.clear()
    run_sweep(order(web, [source("http://www.daily.example/feed")], manners=manners), notebook)
    assert web.log == [], "not even robots.txt, in another process"
    later = functools.partial(clock_ahead, 3700)
    run_sweep(order(web, [], manners=manners, clock=later, robots=first.robots), notebook)
    assert web.asked("daily.example") == ["/story/0"]
    assert list(outcomes(notebook).values()).count(FindOutcome.READ) == 4


def test_a_sweep_that_would_only_wait_ends_and_the_next_one_goes_on(web: Web, notebook: Notebook) -> None:
    put_daily(web, 6)
    wish(web, 0.4)
    manners = {"pause": 0.01, "patience": 1.5}
    report = run_sweep(order(web, [source(FEED)], manners=manners), notebook)
    assert report.ended == "done"
    read = len(notebook.finds)
    assert read < 6
    assert {find.outcome for find in notebook.finds} == {FindOutcome.READ}, "the others simply wait"
    sweeps = 1
    while len(notebook.finds) < 6 and sweeps < 9:
        run_sweep(order(web, [], manners=manners), notebook)
        sweeps += 1
    assert set(outcomes(notebook).values()) == {FindOutcome.READ}
    asked = visits(web)
    assert len(asked) == 7 + sweeps, "robots.txt was asked for by each sweep, all else once"
    for before, after in itertools.pairwise(asked):
        assert after.began - before.answered >= 0.4


def test_while_others_are_asked_the_outlet_that_wants_pauses_is_asked_too(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web, 4)
    wish(web, 0.4)
    third_story = threading.Event()

    def tell(_: Mapping[str, str]) -> Answer:
        third_story.set()
        return Answer(body=article("Headline 2"))

    def wait_for_it(_: Mapping[str, str]) -> Answer:
        third_story.wait(SOON)
        return Answer(status=404)

    web.put("http://daily.example/story/2", tell)
    slow = "http://slow.example/feed"
    web.put(slow, wait_for_it)
    manners = {"pause": 0.01, "patience": 0.5, "request_seconds": SOON}
    run_sweep(order(web, [source(FEED), source(slow)], manners=manners), notebook)
    assert third_story.is_set(), "waiting counts only where there is nothing else to do"


def test_outlets_that_are_waited_for_take_nobodys_place(web: Web, notebook: Notebook) -> None:
    slow = ["slow.example", "www.slow.example", "rss.slow.example", "sluggish.example"]
    robots = {}
    for host in slow:
        put_daily(web, 3, host)
        rules = RobotsAnswer(origin=f"http://{host}", status=200, text=WISH % 30, at=datetime.now(UTC))
        robots[rules.origin] = rules
    news = rss(*((f"{number}", f"http://daily.example/story/{number}") for number in range(12)))
    web.put(FEED, Answer(body=news, seconds=1.0))
    sources = [source(f"http://{host}/feed") for host in [*slow, "daily.example"]]
    manners = {"pause": 0.01, "patience": 40.0, "requests_at_once": 2}
    stopping, read = threading.Event(), set[str]()

    def stop_at_last(event: Progress) -> None:
        if isinstance(event, LeadFollowed):
            read.add(event.url)
            if len(read) == 12:
                stopping.set()

    asked = order(web, sources, manners=manners, robots=robots, longest=timedelta(seconds=30))
    run_sweep(asked, notebook, stop_at_last, stopping)
    assert len(web.asked("daily.example")) == 13
    assert [len([path for host in hosts for path in web.asked(host)]) for hosts in (slow[:3], slow[3:])] == [
        1,
        1,
    ]


def test_an_outlet_that_moved_its_feed_or_lists_it_in_an_index_is_read_all_the_same(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web, 1)
    web.put("http://daily.example/old", Answer(status=301, headers={"Location": FEED}))
    index = "http://metro.example/sitemap.xml"
    web.put(
        index, b"<sitemapindex><sitemap><loc>http://metro.example/news.xml</loc></sitemap></sitemapindex>"
    )
    web.put(
        "http://metro.example/news.xml", b"<urlset><url><loc>http://metro.example/one</loc></url></urlset>"
    )
    for host in ("daily.example", "metro.example"):
        wish(web, 3600, host)
    sources = [source("http://daily.example/old"), source(index, SourceKind.SITEMAP)]
    run_sweep(order(web, sources, manners={"pause": 0.01, "patience": 0.3}), notebook)
    assert {poll.outcome for poll in notebook.polls} == {PollOutcome.NEW}
    assert web.asked("daily.example") == ["/old", "/feed"]
    assert web.asked("metro.example") == ["/sitemap.xml", "/news.xml"]


def test_an_index_of_many_parts_keeps_nobody_waiting_and_what_was_read_of_it_is_kept(
    web: Web, notebook: Notebook
) -> None:
    index, parts = "http://metro.example/sitemap.xml", [f"/news-{number}.xml" for number in range(5)]
    put_daily(web, 0, "metro.example")
    listed = "".join(f"<sitemap><loc>http://metro.example{part}</loc></sitemap>" for part in parts)
    web.put(index, f"<sitemapindex>{listed}</sitemapindex>".encode())
    for part in parts:
        page = f"<url><loc>http://metro.example/story{part}</loc></url>"
        web.put(f"http://metro.example{part}", f"<urlset>{page}</urlset>".encode())
    wish(web, 1.0, "metro.example")
    order_ = order(web, [source(index, SourceKind.SITEMAP)], manners={"pause": 0.01, "patience": 1.5})
    report = run_sweep(order_, notebook)
    asked = [path for path in web.asked("metro.example") if path in parts]
    assert report.ended == "done" and 1 <= len(asked) < len(parts)
    (poll,) = notebook.polls
    assert poll.outcome is PollOutcome.NEW
    assert [lead.url for lead in poll.leads] == [f"http://metro.example/story{part}" for part in asked]
    assert poll.problems == (f"{len(parts) - len(asked)} parts left for a later look",)
    assert report.counts["left"] == len(asked), "their pages are for the next sweep"


def test_pauses_of_earlier_sweeps_are_kept_waited_for_where_they_are_short_and_no_failure(
    web: Web, notebook: Notebook
) -> None:
    hosts = ("long.example", "short.example", "wrong.example")
    began = datetime.now(UTC)
    for host, pause in zip(hosts, (5 * HOUR, timedelta(seconds=3), timedelta(days=4000)), strict=True):
        put_daily(web, 1, host)
        notebook.hold(host, began + pause)
    feeds = [source(f"http://{host}/feed") for host in hosts]
    known = [(each, PollState(source_id=each.id, etag='"7"', polled_at=began)) for each in feeds]
    run_sweep(order(web, known), notebook)
    polls = {poll.source.url.split("/")[2]: poll for poll in notebook.polls}
    kept = polls["long.example"]
    assert (kept.outcome, kept.state.failures, kept.state.etag) == (PollOutcome.LATER, 0.0, '"7"')
    next_looks = [poll.state.next_poll_at - began for poll in polls.values() if poll.state.next_poll_at]
    assert min(next_looks) < 2 * HOUR and sorted(round(at / HOUR) for at in next_looks)[1:] == [5, 24]
    assert {line.host for line in web.log} == {"short.example"}
    assert notebook.held()["short.example"] <= datetime.now(UTC)
