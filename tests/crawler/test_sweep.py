"""One sweep, for real: Scrapy in its child process, sockets on loopback, workers that are killed."""

import functools
import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.moves import Move
from crawler.records import Access, Find, FindOutcome, Poll, PollOutcome, PollState, SourceKind
from crawler.sweep import LeadFollowed, Progress, SourcePolled, run_sweep
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import article, order, rss, source

FEED = "http://daily.example/feed"
MANY_HEADERS = b"HTTP/1.1 200 OK\r\n" + b"X-Padding: %s\r\n" % (b"x" * 1_000) * 200 + b"\r\n"
BREAKING_OFF = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
ATTRIBUTES = b" ".join(b"a%d='1'" % number for number in range(80_000))


def put_daily(web: Web, count: int = 3, host: str = "daily.example") -> None:
    """A feed and its articles."""
    items = [(f"Headline {number}", f"http://{host}/story/{number}") for number in range(count)]
    web.put(f"http://{host}/feed", rss(*items), "application/rss+xml")
    for headline, url in items:
        web.put(url, article(headline))


def outcomes(notebook: Notebook) -> dict[str, FindOutcome]:
    return {find.lead.url: find.outcome for find in notebook.finds}


def find_of(notebook: Notebook, url: str) -> Find:
    return next(find for find in notebook.finds if find.lead.url == url)


def poll_of(notebook: Notebook, url: str) -> Poll:
    return next(poll for poll in notebook.polls if poll.source.url == url)


def test_feed_sitemap_and_section_lead_to_articles(web: Web, notebook: Notebook) -> None:
    put_daily(web)
    map_url, section_url = "http://metro.example/sitemap.xml", "http://times.example/politics/"
    child = "http://metro.example/news.xml"
    web.put(map_url, f"<sitemapindex><sitemap><loc>{child}</loc></sitemap></sitemapindex>".encode())
    web.put(child, b"<urlset><url><loc>http://metro.example/one</loc></url></urlset>")
    web.put("http://metro.example/one", article("Metro one"))
    story = "/2017/03/28/mayors-answer-the-threat-of-cuts.html"
    web.put(section_url, f"<main><a href='{story}'>Mayors answer the threat of cuts</a></main>".encode())
    web.put(f"http://times.example{story}", article("Mayors answer the threat of cuts"))
    told: list[Progress] = []
    sources = [source(FEED), source(map_url, SourceKind.SITEMAP), source(section_url, SourceKind.SECTION)]
    report = run_sweep(order(web, sources), notebook, told.append)
    assert report.ended == "done", report.broken
    assert set(outcomes(notebook).values()) == {FindOutcome.READ}
    assert report.counts == {
        "sources": 3, "leads": 5, "new_leads": 5, "pages": 5, "poll: new": 3, "find: read": 5
    }  # fmt: skip
    assert sum(isinstance(event, SourcePolled) for event in told) == 3
    assert {event.headline for event in told if isinstance(event, LeadFollowed)} >= {
        "Headline 0",
        "Metro one",
    }
    agent = next(line.headers["user-agent"] for line in web.log)
    assert agent == "InTheNews/0.1 (+press@campaign.example)"


def test_an_unchanged_source_costs_one_conditional_request(web: Web, notebook: Notebook) -> None:
    put_daily(web)

    def answer(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == '"7"':
            return Answer(status=304)
        body = rss(("Headline 0", "http://daily.example/story/0"))
        return Answer(body=body, headers={"ETag": '"7"', "Content-Type": "text/xml"})

    web.put(FEED, answer)
    web.put("http://same.example/feed", rss(("Headline 0", "http://daily.example/story/0")))
    sources = [source(FEED), source("http://same.example/feed")]
    run_sweep(order(web, sources), notebook)
    seen = {poll.source.url: poll.state for poll in notebook.polls}
    web.log.clear()
    report = run_sweep(order(web, [(each, seen[each.url]) for each in sources]), notebook)
    assert report.counts["poll: unchanged"] == 2
    assert web.asked() == ["/feed", "/feed"]
    assert [line.status for line in web.log if line.host == "daily.example" and line.path == "/feed"] == [304]
    left = Move(address="http://left.example/feed", declined="http://left.example/feed")
    web.log.clear()
    run_sweep(order(web, [(sources[0], replace(seen[FEED], move=left))]), notebook)
    statuses = [line.status for line in web.log if line.path == "/feed"]
    assert statuses == [200], "what an address gave us that was left since says nothing of this one"


def test_older_pages_of_a_feed_are_read_once_and_a_sweep_reads_no_more_pages_than_it_may(
    web: Web, notebook: Notebook
) -> None:
    put_daily(web)
    older = "http://daily.example/feed?page=2"
    channel = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{older}"/>'
    for number in range(2):
        feed = rss((f"Headline {number}", f"http://daily.example/story/{number}"), channel=channel)
        web.put(FEED, feed, "text/xml")
        web.put(older, rss(("Headline 2", "http://daily.example/story/2")), "text/xml")
        state = notebook.polls[-1].state if number else PollState(source_id=source(FEED).id)
        report = run_sweep(order(web, [(source(FEED), state)], most_pages=1), notebook)
        assert (report.counts["sources"], report.counts["pages"]) == (1, 1)
    asked = [line.path for line in web.log if line.path.startswith("/feed")]
    assert asked == ["/feed", "/feed?page=2", "/feed"]
    assert len(notebook.waiting(9)) == 1, "the third page is left for the next sweep"


def test_a_broken_source_does_not_disturb_its_neighbours(web: Web, notebook: Notebook) -> None:
    put_daily(web, 1)
    bad = {
        "http://html.example/feed": Answer(body=b"<!doctype html><html>sorry</html>"),
        "http://empty.example/feed": Answer(),
        "http://noitems.example/feed": Answer(body=rss()),
        "http://error.example/feed": Answer(status=500),
        "http://gone.example/feed": Answer(status=410),
        "http://forbidden.example/feed": Answer(status=403),
        "http://broken.example/feed": Answer(write=lambda out: out.write(BREAKING_OFF)),
        "http://headers.example/feed": Answer(write=lambda out: out.write(MANY_HEADERS + rss(("One", "/1")))),
        "http://nonsense.example/feed": Answer(write=lambda out: out.write(b"\x00\x01\x02\r\n\r\n")),
        "http://slow.example/feed": Answer(seconds=2.5),
        "http://detour.example/feed": Answer(status=302, headers={"Location": "/far"}, seconds=1.0),
        "http://attributes.example/feed": Answer(body=b"<rss " + ATTRIBUTES + b">"),
    }  # fmt: skip
    for url, answer in bad.items():
        web.put(url, answer)
    web.put("http://detour.example/far", Answer(body=rss(("Far", "/1")), seconds=1.0))
    bad["http://10.0.0.1/feed"] = bad["ftp://daily.example/feed"] = Answer()
    sources = [source(url) for url in [*bad, FEED]]
    limits = {"request_seconds": 1.5, "worker_seconds": 5.0}
    report = run_sweep(order(web, sources, manners=limits), notebook)
    assert report.ended == "done"
    assert outcomes(notebook) == {"http://daily.example/story/0": FindOutcome.READ}
    words = {trouble.url: trouble.words for trouble in report.troubles}
    assert words.keys() == bad.keys()
    expected = {
        "html": "web page", "empty": "empty", "noitems": "no items", "error": "500", "gone": "410",
        "forbidden": "refuses us", "broken": "broke off", "nonsense": "connection failed", "slow": "1.5 s",
        "detour": "1.5 s", "headers": "before there was an answer",
        "attributes": "broken before its first item", "10": "not on the public internet", "daily": "not http",
    }  # fmt: skip
    for url, said in words.items():
        assert expected[url.split("/")[2].split(".")[0]] in said, (url, said)
    assert poll_of(notebook, "http://gone.example/feed").outcome == PollOutcome.GONE
    assert poll_of(notebook, "http://noitems.example/feed").outcome == PollOutcome.EMPTY
    assert all(poll.state.next_poll_at for poll in notebook.polls)


def test_a_page_that_cannot_be_read_is_kept_as_far_as_its_lead_told(web: Web, notebook: Notebook) -> None:
    names = ("wall", "long", "pdf", "private/x", "gone", "down", "scan", "consent")
    urls = [f"http://daily.example/{name}" for name in names]
    web.put(FEED, rss(*((f"Headline of {url}", url) for url in urls)))
    web.put("http://daily.example/robots.txt", b"User-agent: *\nDisallow: /private/\n", "text/plain")
    web.put(urls[0], Answer(status=403))
    web.put(urls[1], b"<html><body>" + b"".join(b"<p>Line %d of a log." % line for line in range(400_000)))
    web.put(urls[2], b"%PDF", "application/pdf")
    web.put(urls[5], Answer(status=502))
    web.put(urls[6], b"%PDF-1.7 " + bytes(range(256)) * 40)
    web.put(urls[7], b"<title>Before you continue</title><p>We value your privacy.</p>")
    run_sweep(order(web, [source(FEED)], manners={"worker_seconds": 1.0}), notebook)
    assert "takes longer than 1 s" in find_of(notebook, urls[1]).reason
    assert outcomes(notebook)[urls[0]] == FindOutcome.BLOCKED
    assert outcomes(notebook)[urls[2]] == FindOutcome.UNREADABLE
    assert outcomes(notebook)[urls[3]] == FindOutcome.BLOCKED
    assert "robots.txt" in find_of(notebook, urls[3]).reason
    assert outcomes(notebook)[urls[4]] == FindOutcome.GONE
    assert outcomes(notebook)[urls[5]] == FindOutcome.LATER
    assert outcomes(notebook)[urls[6]] == FindOutcome.UNREADABLE
    assert outcomes(notebook)[urls[7]] == FindOutcome.BLOCKED
    kept = {url: find_of(notebook, url).article for url in (*urls[:4], *urls[6:])}
    for url, told in kept.items():
        assert told is not None and (told.headline, told.text) == (f"Headline of {url}", "")
    assert kept[urls[0]].access == Access.BLOCKED  # type: ignore[union-attr]
    assert "/private/x" not in web.asked()


def test_robots_txt_that_cannot_be_fetched_means_not_now(web: Web, notebook: Notebook) -> None:
    put_daily(web, 1)
    put_daily(web, 1, "nofile.example")
    web.put("http://daily.example/robots.txt", Answer(status=503))
    web.put("http://nofile.example/robots.txt", Answer(status=403))
    run_sweep(order(web, [source(FEED), source("http://nofile.example/feed")]), notebook)
    assert web.asked("daily.example") == []
    poll = poll_of(notebook, FEED)
    assert poll.outcome == PollOutcome.LATER
    assert "robots.txt" in (poll.state.trouble or "")
    assert web.asked("nofile.example") == ["/feed", "/story/0"]


def test_robots_txt_is_asked_for_once_a_day(web: Web, notebook: Notebook) -> None:
    put_daily(web, 1)
    web.put("http://daily.example/robots.txt", b"User-agent: *\nDisallow: /story/\n", "text/plain")
    first = run_sweep(order(web, [source(FEED)]), notebook)
    again = run_sweep(order(web, [source(FEED)], robots=first.robots), notebook)
    assert [line.path for line in web.log] == ["/robots.txt", "/feed", "/feed"]
    assert again.robots == first.robots
    tomorrow = functools.partial(clock_ahead, 25)
    later = run_sweep(order(web, [source(FEED)], robots=first.robots, clock=tomorrow), notebook)
    assert [line.path for line in web.log][3:] == ["/robots.txt", "/feed"]
    assert later.robots != first.robots


def clock_ahead(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def test_a_domain_that_asks_for_a_pause_gets_it_across_sweeps(web: Web, notebook: Notebook) -> None:
    put_daily(web, 5)
    web.put("http://daily.example/story/0", Answer(status=429, headers={"Retry-After": "600"}))
    began = datetime.now(UTC)
    run_sweep(order(web, [source(FEED)]), notebook)
    assert web.asked("daily.example") == ["/feed", "/story/0"]
    assert notebook.held()["daily.example"] >= began + timedelta(seconds=600)
    assert set(outcomes(notebook).values()) == {FindOutcome.LATER}
    web.log.clear()
    report = run_sweep(order(web, [source("http://www.daily.example/feed")]), notebook)
    assert web.log == []
    assert report.troubles[0].words.startswith("daily.example asked for a pause until")


def test_one_request_at_a_time_and_a_pause_for_each_registrable_domain(web: Web, notebook: Notebook) -> None:
    for host in ("daily.example", "www.daily.example", "other.example"):
        put_daily(web, 3, host)
    sources = [
        source(f"http://{host}/feed") for host in ("daily.example", "www.daily.example", "other.example")
    ]
    run_sweep(order(web, sources, manners={"pause": 0.1}), notebook)
    for domain in ("daily.example", "other.example"):
        visits = sorted((line for line in web.log if line.host.endswith(domain)), key=lambda line: line.began)
        assert len(visits) >= 5
        for before, after in itertools.pairwise(visits):
            assert after.began - before.answered >= 0.1
    # The same page with and without www is one page.
    assert len(notebook.finds) == 6


def test_crawl_delay_is_kept(web: Web, notebook: Notebook) -> None:
    put_daily(web, 2)
    web.put("http://daily.example/robots.txt", b"User-agent: *\nCrawl-delay: 0.4\n", "text/plain")
    run_sweep(order(web, [source(FEED)], manners={"pause": 0.01}), notebook)
    visits = [line.began for line in web.log if line.path != "/robots.txt"]
    assert len(visits) == 3
    assert all(after - before >= 0.4 for before, after in itertools.pairwise(visits))


def test_a_redirect_inside_is_not_followed(web: Web, notebook: Notebook) -> None:
    hits: list[str] = []
    with Web().serving() as canary:
        inside = f"http://127.0.0.1:{canary.port}/secret"
        web.put(FEED, rss(("One", "http://daily.example/1"), ("Two", inside)))
        web.put("http://daily.example/1", Answer(status=302, headers={"Location": inside}))
        run_sweep(order(web, [source(FEED)]), notebook)
        hits = canary.asked()
    assert hits == []
    assert all("not on the public internet" in find.reason for find in notebook.finds)
    assert len(notebook.finds) == 2


def test_redirects_end_somewhere(web: Web, notebook: Notebook) -> None:
    web.put(FEED, Answer(status=302, headers={"Location": "http://daily.example/feed"}))
    moved = Answer(status=301, headers={"Location": "http://new.example/feed"})
    web.put("http://moved.example/feed", moved)
    put_daily(web, 1, "new.example")
    followed, left = source("http://followed.example/feed"), source("http://left.example/feed")
    put_daily(web, 1, "left.example")
    moves = [
        (followed, Move(address="http://new.example/feed?2", at=clock_ahead(-1))),
        (left, Move(address="http://new.example/gone", at=clock_ahead(-1))),
    ]
    web.put("http://new.example/feed?2", rss(("Headline 0", "http://new.example/story/0")))
    states = [(each, PollState(source_id=each.id, move=move, etag='"new"')) for each, move in moves]
    run_sweep(order(web, [source(FEED), source("http://moved.example/feed"), *states]), notebook)
    assert poll_of(notebook, followed.url).outcome == PollOutcome.NEW
    assert web.asked("followed.example") == []
    # The address it moved to is there no more: its own is asked the next time, without conditions.
    assert poll_of(notebook, left.url).state.move.address is None
    assert poll_of(notebook, left.url).state.etag is None
    assert "redirection" in (poll_of(notebook, FEED).state.trouble or "")
    assert web.asked("daily.example") == ["/feed"] * 11
    assert poll_of(notebook, "http://moved.example/feed").state.moved_to == "http://new.example/feed"
