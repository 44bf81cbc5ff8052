"""What turns out to be an article teaches where a site's articles are: feed, section page, store and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator import runs, settings
from aggregator.store import habits, sources
from crawler.clock import read_clock
from crawler.habits import explain_shape
from crawler.records import SourceKind
from tests.crawler.loopback import Web
from tests.crawler.sweeping import article, rss

SETTINGS = """[who]
organisation = "Local Progress"
contact = "press@localprogress.example"
[politeness]
pause = "0 s"
"""
OUTLETS = """[odd]
name = "The Odd Gazette"
domains = ["odd.example"]
feeds = ["http://odd.example/feed"]
sections = ["http://odd.example/town/"]
"""
# Two words and a number: nothing in these links looks like an article.
TOLD, LISTED = range(1, 7), range(1, 15)
TOPICS = ("Sports", "Weather", "Money", "People")


def story(number: int) -> str:
    return f"http://odd.example/a/{number}"


def section_page(edition: str) -> bytes:
    stories = "".join(f"<li class=story><a href='{story(n)}'>Bridge {n}</a></li>" for n in LISTED)
    topics = "".join(f"<li class=topic><a href='/{topic.lower()}'>{topic}</a></li>" for topic in TOPICS)
    return (
        f"<html><body><h1>Town, {edition}</h1><main><ul>{stories}{topics}</ul></main></body></html>".encode()
    )


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().serving() as serving:
        yield serving


@pytest.fixture
def house(web: Web, tmp_path: Path) -> runs.House:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS)
    (tmp_path / "outlets" / "odd.toml").write_text(OUTLETS)
    web.put("http://odd.example/feed", rss(*((f"Bridge {n} is shut", story(n)) for n in TOLD)), "text/xml")
    web.put("http://odd.example/town/", section_page("morning"))
    for number in LISTED:
        web.put(story(number), article(f"Bridge {number} is shut for repairs"))
    for topic in TOPICS:
        links = "".join(f"<li><a href='{story(n)}'>Bridge {n}</a></li>" for n in LISTED)
        page = f"<html><title>{topic}</title><body><h1>{topic}</h1><ul>{links}</ul></body></html>"
        web.put(f"http://odd.example/{topic.lower()}", page.encode())
    environment = {
        "INTHENEWS_PROXY": web.proxy,
        "INTHENEWS_DATABASE": f"sqlite:///{tmp_path / 'news.sqlite3'}",
    }
    return runs.open_house(settings.load(tmp_path, environment), read_clock())


def test_a_section_page_is_read_by_what_the_feed_taught(web: Web, house: runs.House) -> None:
    runs.sweep(house, read_clock(), everything=True)
    before = set(web.asked("odd.example")) & {f"/a/{n}" for n in LISTED}
    with house.store.reading() as c:
        known = habits.of_site(c, "odd.example")
    assert len(before) < len(LISTED), "six by the feed, and two tried by chance at the most"
    assert known.shapes["/word/number"].articles >= len(TOLD)

    web.put("http://odd.example/town/", section_page("evening"))
    report = runs.sweep(house, read_clock(), everything=True)
    assert report.counts["articles"] >= len(LISTED) - len(before)
    assert {f"/a/{n}" for n in LISTED} <= set(web.asked("odd.example"))
    with house.store.reading() as c:
        (section,) = (source for source, _ in sources.every(c) if source.kind is SourceKind.SECTION)
        told = [problem for row in sources.history(c, section.id) for problem in row.problems]
        known = habits.of_site(c, "odd.example")
    assert any("left out: links like /word" in problem for problem in told)
    words = explain_shape("/word/number", known.shapes["/word/number"])
    assert words == f"links like /word/number: {len(LISTED)} of {len(LISTED)} were articles"
    assert known.places["a < li.story < ul < main"].articles >= len(LISTED) - len(TOLD)
