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


def look(web: Web, notebook: Notebook, what: Source) -> Poll:
    """One more look at a source, from where the last one ended."""
    states = [poll.state for poll in notebook.polls if poll.source.id == what.id]
    state = states[-1] if states else PollState(source_id=what.id)
    web.log.clear()
    report = run_sweep(order(web, [(what, state)]), notebook)
    assert report.ended == "done", report.broken
    return notebook.polls[-1]


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
    first = look(web, notebook, sitemap)
    assert {lead.url[-1] for lead in first.leads} == {"0", "1"}
    assert [path for path in web.asked() if "xml" in path] == [
        "/map.xml",
        "/middle.xml",
        "/news.xml",
        "/old.xml",
    ]
    second = look(web, notebook, sitemap)
    assert second.outcome is PollOutcome.NEW
    assert web.asked()[-1] == "/story/2"
    since = {line.path: line.headers.get("if-modified-since") for line in web.log}
    assert since["/map.xml"] is None and since["/news.xml"] == first.state.last_modified is not None
    web.put("http://daily.example/old.xml", Answer(status=500))
    assert look(web, notebook, sitemap).outcome is PollOutcome.FAILED
    web.put("http://daily.example/old.xml", Answer(status=304))
    third = look(web, notebook, sitemap)
    assert (third.outcome, third.state.trouble) == (PollOutcome.UNCHANGED, None)
    assert third.state.last_modified == second.state.last_modified


def test_an_index_of_which_a_part_was_not_read_asks_for_all_of_it_again(web: Web, notebook: Notebook) -> None:
    put_daily(web, 2)
    sitemap = source(MAP, SourceKind.SITEMAP)
    web.put(MAP, index_of("news.xml", "down.xml", "map.xml"))
    web.put("http://daily.example/news.xml", list_of(1))
    web.put("http://daily.example/down.xml", Answer(status=500))
    assert look(web, notebook, sitemap).state.last_modified is None
    assert web.asked().count("/map.xml") == 1, "it leads to itself"
    look(web, notebook, sitemap)
    assert not [line for line in web.log if "if-modified-since" in line.headers]


def test_nothing_new_is_no_answer_to_a_question_for_everything(web: Web, notebook: Notebook) -> None:
    web.put(FEED, Answer(status=304))
    poll = look(web, notebook, source(FEED))
    assert (poll.outcome, poll.state.failures) == (PollOutcome.FAILED, 0.5)
    assert "304" in (poll.state.trouble or "")


def test_a_robots_txt_that_is_down_and_comes_back_leaves_no_trouble(web: Web, notebook: Notebook) -> None:
    put_daily(web, 1)
    web.put("http://daily.example/robots.txt", Answer(status=500))
    assert look(web, notebook, source(FEED)).outcome is PollOutcome.LATER
    web.put("http://daily.example/robots.txt", b"")
    poll = look(web, notebook, source(FEED))
    assert (poll.outcome, poll.state.trouble) == (PollOutcome.NEW, None), (
        "its pieces are old, and were before"
    )


def test_a_login_that_is_served_as_a_page_is_no_article_and_no_feed(web: Web, notebook: Notebook) -> None:
    urls = [f"http://daily.example/{name}" for name in ("shut", "form")]
    web.put(FEED, rss(("The mayor answers", urls[0]), ("A story with a form", urls[1])))
    web.put(urls[0], LOGIN)
    web.put(urls[1], article("A story with a form").replace(b"<article>", LOGIN + b"<article>"))
    look(web, notebook, source(FEED))
    shut = find_of(notebook, urls[0])
    assert (shut.outcome, shut.article and shut.article.headline) == (
        FindOutcome.BLOCKED,
        "The mayor answers",
    )
    assert "login" in shut.reason and "feed" in shut.reason
    assert find_of(notebook, urls[1]).outcome is FindOutcome.READ
    web.put(FEED, LOGIN)
    poll = look(web, notebook, source(FEED))
    assert poll.outcome is PollOutcome.BLOCKED and "login" in (poll.state.trouble or "")
