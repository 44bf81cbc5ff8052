"""Outlets that answer in odd ways: what is there is found all the same, and what is wrong is told."""

from collections.abc import Mapping

from crawler.records import FindOutcome, Poll, PollOutcome, PollState, Source, SourceKind
from crawler.sweep import run_sweep
from tests.crawler.loopback import Answer, Web
from tests.crawler.notebook import Notebook
from tests.crawler.sweeping import article, order, rss, source
from tests.crawler.test_sweep import FEED, find_of, put_daily

MAP = "http://daily.example/map.xml"
LOGIN = b"<title>Log in</title><h1>Please log in</h1><form method=post><input type=password name=word></form>"


def index_of(*names: str) -> bytes:
    parts = "".join(f"<sitemap><loc>http://daily.example/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex>{parts}</sitemapindex>".encode()


def list_of(*numbers: int) -> bytes:
    pages = "".join(f"<url><loc>http://daily.example/story/{number}</loc></url>" for number in numbers)
    return f"<urlset>{pages}</urlset>".encode()


def look(web: Web, notebook: Notebook, *sources: Source) -> dict[str, Poll]:
    """One more look at sources, from where the last one ended; what came of it, by their hosts."""
    states = {poll.source.id: poll.state for poll in notebook.polls}
    web.log.clear()
    known = [(each, states.get(each.id, PollState(source_id=each.id))) for each in sources]
    report = run_sweep(order(web, known), notebook)
    assert report.ended == "done", report.broken
    return {poll.source.url.split("/")[2]: poll for poll in notebook.polls[-len(sources) :]}


def test_an_index_that_never_changes_hides_no_news_of_its_parts(web: Web, notebook: Notebook) -> None:
    put_daily(web, 4)
    sitemap = source(MAP, SourceKind.SITEMAP)
    web.put(MAP, Answer(body=index_of("middle.xml"), headers={"ETag": '"always"'}))
    web.put("http://daily.example/middle.xml", index_of("news.xml", "old.xml", "map.xml"))
    web.put("http://daily.example/old.xml", list_of(0))
    parts = [list_of(1), list_of(2, 1)]

    def answer_news(headers: Mapping[str, str]) -> Answer:
        return (
            Answer(status=304) if "if-modified-since" in headers and not parts else Answer(body=parts.pop(0))
        )

    web.put("http://daily.example/news.xml", answer_news)
    first = look(web, notebook, sitemap)["daily.example"]
    assert {lead.url[-1] for lead in first.leads} == {"0", "1"}
    read = ["/map.xml", "/middle.xml", "/news.xml", "/old.xml"]
    assert sorted(path for path in web.asked() if "xml" in path) == read, "each once, though one leads back"
    second = look(web, notebook, sitemap)["daily.example"]
    assert second.outcome is PollOutcome.NEW
    assert web.asked()[-1] == "/story/2"
    since = {line.path: line.headers.get("if-modified-since") for line in web.log}
    assert since["/map.xml"] is None and since["/news.xml"] == first.state.last_modified is not None
    web.put("http://daily.example/old.xml", Answer(status=304))
    third = look(web, notebook, sitemap)["daily.example"]
    assert (third.outcome, third.state.trouble) == (PollOutcome.UNCHANGED, None)
    assert third.state.last_modified == second.state.last_modified


def test_outlets_that_are_odd_are_read_as_far_as_they_can_be_and_told(web: Web, notebook: Notebook) -> None:
    part = "http://part.example/map.xml"
    web.put(part, index_of("news.xml", "down.xml").replace(b"daily.example", b"part.example"))
    web.put("http://part.example/news.xml", list_of(1))
    web.put("http://part.example/down.xml", Answer(status=500))
    web.put("http://same.example/feed", Answer(status=304))
    put_daily(web, 1, "down.example")
    web.put("http://down.example/robots.txt", Answer(status=500))
    shut, form = (f"http://shut.example/{name}" for name in ("shut", "form"))
    web.put("http://shut.example/feed", rss(("The mayor answers", shut), ("A story with a form", form)))
    web.put(shut, LOGIN)
    web.put(form, article("A story with a form").replace(b"<article>", LOGIN + b"<article>"))
    feeds = [source(f"http://{host}.example/feed") for host in ("same", "down", "shut")]
    sources = (source(part, SourceKind.SITEMAP), *feeds)

    polls = look(web, notebook, *sources)
    assert polls["part.example"].state.last_modified is None, "one of its parts was not read"
    same_poll = polls["same.example"]
    assert (same_poll.outcome, same_poll.state.failures) == (PollOutcome.FAILED, 0.5)
    assert "nothing changed (304), though we asked for all" in (same_poll.state.trouble or "")
    assert polls["down.example"].outcome is PollOutcome.LATER
    find = find_of(notebook, shut)
    assert (find.outcome, find.article and find.article.headline) == (
        FindOutcome.BLOCKED,
        "The mayor answers",
    )
    assert "login" in find.reason and "feed" in find.reason
    assert find_of(notebook, form).outcome is FindOutcome.READ

    web.put("http://down.example/robots.txt", b"")
    web.put("http://shut.example/feed", LOGIN)
    polls = look(web, notebook, *sources)
    assert not [line for line in web.log if "if-modified-since" in line.headers], "all of it is asked for"
    back = polls["down.example"]
    assert (back.outcome, back.state.trouble) == (PollOutcome.NEW, None), (
        "its pieces are old, and were before"
    )
    assert polls["shut.example"].outcome is PollOutcome.BLOCKED
    assert "login" in (polls["shut.example"].state.trouble or "")


def test_a_page_that_only_sends_on_is_a_hop_like_any_other(web: Web, notebook: Notebook) -> None:
    def sent_on(url: str) -> bytes:
        return f"<title>Moved</title><meta http-equiv='refresh' content='0; url={url}'>".encode()

    short, story = "http://short.example", "http://daily.example/story/0"
    ways = {
        f"{short}/{name}": f"Headline of {name}" for name in ("meta", "script", "endless", "inside", "pdf")
    }
    web.put(FEED, rss(*((headline, url) for url, headline in ways.items())))
    web.put(f"{short}/meta", Answer(status=302, headers={"Location": f"{short}/second"}))
    web.put(f"{short}/second", sent_on(story))
    web.put(story, article("Headline 0"))
    web.put(f"{short}/script", b"<script>location.replace('http:\\/\\/daily.example\\/story\\/1')</script>")
    web.put("http://daily.example/story/1", article("Headline 1"))
    web.put(f"{short}/endless", sent_on("/endless?1"))
    web.put(f"{short}/endless?1", sent_on("/endless?2"))
    web.put(f"{short}/endless?2", sent_on("/endless?1"))
    web.put(f"{short}/pdf", sent_on("/file.pdf"))
    web.put(f"{short}/file.pdf", b"%PDF", "application/pdf")
    with Web().serving() as canary:
        web.put(f"{short}/inside", sent_on(f"http://127.0.0.1:{canary.port}/"))
        run_sweep(order(web, [source(FEED)], manners={"redirects": 4}), notebook)
        assert canary.log == []
    meta, scripted = (find_of(notebook, f"{short}/{name}") for name in ("meta", "script"))
    assert meta.article and meta.article.headline == "Headline 0"
    assert meta.page and (meta.page.requested_url, meta.page.final_url) == (f"{short}/meta", story)
    assert scripted.article and scripted.article.headline == "Headline 1"
    reasons = {name: find_of(notebook, f"{short}/{name}").reason for name in ("endless", "inside", "pdf")}
    assert "more than 4 times" in reasons["endless"]
    assert len([path for path in web.asked("short.example") if path.startswith("/endless")]) == 5
    assert "not on the public internet" in reasons["inside"]
    assert reasons["pdf"] == "it is application/pdf, not a page"
