"""Broken, huge and malicious outlets beside healthy ones: a clear word for each, and nobody else notices."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from aggregator import runs
from aggregator.store import articles, leads, sources
from aggregator.store import runs as reports
from crawler.records import Access, FindOutcome
from demo.hostile import FEEDS, GOOD_TEXT, PAGES, answers, hostile_site
from demo.press import Press
from demo.sites import Answer, Site, refusal
from tests.whole.commands import Said, make_desk

LONGEST = 150.0
HEALTHY = "healthy.example"
STORIES = 12

# What a person is told of a source that answers so; None where the source is well all the same.
FEED_WORDS: dict[str, str | None] = {
    "html": "the answer is a web page (HTML), not a feed",
    "empty": "the answer is empty",
    "itemless": "the source shows no items",
    "truncated": None,
    "huge": "the answer is larger than we take",
    "crowded": None,
    "misencoded": None,
    "odd-links": None,
    "entity-bomb": None,
    "external-entity": None,
    "control-characters": None,
    "deep": "no link",
}
LATE, LARGE = "no complete answer within", "the answer is larger than we take"
# A busy machine reaches the limit of time before the limit of size.
ANSWER_WORDS: dict[str, str | tuple[str, str]] = {
    "hanging": LATE,
    "trickling": LATE,
    "endless": (LARGE, LATE),
    "gzip-bomb": (LARGE, LATE),
    "broken-gzip": "cannot be unpacked",
    "big-header": "before there was an answer that we can read",
    "cut-short": "the answer broke off",
    "redirect-loop": ("max redirections reached", LATE),
    "redirect-to-file": "it sends us on to 'file:///etc/passwd', where we do not follow",
    "redirect-inside": "169.254.169.254",
    "unauthorized": "a login is asked for (401)",
    "forbidden": "the outlet refuses us (403)",
    "gone": "gone for good (410)",
    "busy": "(429)",
    "busy-until": "(429)",
    "broken": "(500)",
    "away": "(503)",
}


def feed(*links: tuple[str, str]) -> Answer:
    items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for title, link in links)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    return Answer(headers=(("Content-Type", "application/rss+xml"),), body=body.encode())


def bad_page(name: str) -> str:
    return f"http://page-{name}.example/pages/{name}"


def bad_answer(name: str) -> str:
    return f"http://answer-{name}.example/answers/{name}"


def healthy_site() -> Site:
    """An outlet in good order, among whose stories the feed of another names bad pages."""
    site = Site(HEALTHY)
    stories = [(f"Story {number}", f"http://{HEALTHY}/news/{number}") for number in range(STORIES)]
    site.put("/feed", feed(*stories))
    bad = [(f"About {name}", bad_page(name)) for name in PAGES]
    bad += [(f"About {name}", bad_answer(name)) for name in answers()]
    site.put("/bad", feed(*bad))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in GOOD_TEXT)
    for number in range(STORIES):
        markup = f"<html><head><title>Story {number}</title></head><body><article><h1>Story {number}</h1>"
        markup += (
            f"<time datetime='2017-03-28T09:00:00-04:00'>March 28, 2017</time>{text}</article></body></html>"
        )
        site.put(f"/news/{number}", Answer(headers=(("Content-Type", "text/html"),), body=markup.encode()))
    return site


def tells(said: str | None, words: str | tuple[str, str]) -> bool:
    return any(word in (said or "") for word in ((words,) if isinstance(words, str) else words))


def outlet(host: str, *feeds: str) -> str:
    return f'[{host.split(".")[0]}]\nname = "{host}"\ndomains = ["{host}"]\nfeeds = {list(feeds)!r}\n\n'


@dataclass(frozen=True)
class Aftermath:
    """What a sweep of all of them left behind."""

    said: Said
    seconds: float
    house: runs.House
    press: Press

    def trouble(self, url: str) -> str | None:
        with self.house.store.reading() as c:
            return next(state.trouble for source, state in sources.every(c) if source.url == url)

    def find(self, url: str) -> Any:
        with self.house.store.reading() as c:
            return leads.find(c, url)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    press = Press([healthy_site()])
    text = outlet(HEALTHY, f"http://{HEALTHY}/feed", f"http://{HEALTHY}/bad")
    for name in FEEDS:
        site = hostile_site(f"feed-{name}.example")
        site.put("/crowd/0", refusal(429, retry_after=3600))  # a crowd that nobody has time for in a test
        press.add(site)
        text += outlet(f"feed-{name}.example", f"http://feed-{name}.example/feeds/{name}")
    for name in PAGES:
        press.add(hostile_site(f"page-{name}.example"))
    for name in answers():
        press.add(hostile_site(f"answer-{name}.example"))
        press.add(hostile_site(f"source-{name}.example"))
        text += outlet(f"source-{name}.example", f"http://source-{name}.example/answers/{name}")
    with press.serving():
        desk = make_desk(
            tmp_path_factory.mktemp("hostile"), press.proxy_url, text.replace("'", '"'), timeout=8
        )
        began = time.monotonic()
        said = desk.run("--json", "sweep")
        house = desk.house()
        yield Aftermath(said, time.monotonic() - began, house, press)
        house.store.close()


def test_the_sweep_ends_in_time_and_its_exit_code_says_that_sources_failed(aftermath: Aftermath) -> None:
    assert aftermath.said.code == 3, aftermath.said.err
    assert "Traceback" not in aftermath.said.err
    assert aftermath.said.value["broken"] == 0
    assert aftermath.seconds < LONGEST


def test_healthy_neighbours_are_stored_whole(aftermath: Aftermath) -> None:
    with aftermath.house.store.reading() as c:
        for number in range(STORIES):
            key = next(iter(articles.known_as(c, f"http://{HEALTHY}/news/{number}")))
            article = articles.get(c, key)
            assert article is not None
            assert article.headline == f"Story {number}"
            assert all(paragraph in article.text for paragraph in GOOD_TEXT)


@pytest.mark.parametrize(("name", "words"), FEED_WORDS.items())
def test_a_bad_feed_is_told_in_words(aftermath: Aftermath, name: str, words: str | None) -> None:
    trouble = aftermath.trouble(f"http://feed-{name}.example/feeds/{name}")
    if words is None:
        assert trouble is None
    else:
        assert words in (trouble or "")


@pytest.mark.parametrize(
    "name", ["truncated", "misencoded", "odd-links", "entity-bomb", "external-entity", "control-characters"]
)
def test_the_good_items_of_a_bad_feed_are_read(aftermath: Aftermath, name: str) -> None:
    assert aftermath.find(f"http://feed-{name}.example/pages/good").outcome == FindOutcome.READ


def test_an_item_without_an_address_leads_nowhere(aftermath: Aftermath) -> None:
    assert aftermath.find("http://feed-odd-links.example/feeds/odd-links") is None
    # The one host without a site that an item of these feeds names.
    assert {visit.host for visit in aftermath.press.canary} <= {"hostile.example"}


def test_no_more_than_the_newest_of_a_crowded_feed_are_taken(aftermath: Aftermath) -> None:
    for number in (0, 1, 999):
        assert aftermath.find(f"http://feed-crowded.example/crowd/{number}").outcome == FindOutcome.LATER
    assert aftermath.find("http://feed-crowded.example/crowd/49999") is None


@pytest.mark.parametrize(("name", "words"), ANSWER_WORDS.items())
def test_a_source_whose_server_misbehaves_is_told_in_words(
    aftermath: Aftermath, name: str, words: str | tuple[str, str]
) -> None:
    url = f"http://source-{name}.example/answers/{name}"
    trouble = aftermath.trouble(url)
    assert tells(trouble, words)
    assert f"{url}: {trouble}" in aftermath.said.value["troubles"]


@pytest.mark.parametrize(("name", "words"), ANSWER_WORDS.items())
def test_a_page_whose_server_misbehaves_ends_with_a_reason(
    aftermath: Aftermath, name: str, words: str | tuple[str, str]
) -> None:
    found = aftermath.find(bad_answer(name))
    assert found.outcome not in (None, FindOutcome.READ)
    assert tells(found.reason, words)


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_page_is_kept_or_has_a_reason(aftermath: Aftermath, name: str) -> None:
    found = aftermath.find(bad_page(name))
    assert found.outcome in (FindOutcome.READ, FindOutcome.UNREADABLE, FindOutcome.NOT_AN_ARTICLE)
    if found.outcome != FindOutcome.READ:
        assert found.reason


def test_a_piece_that_cannot_be_read_is_kept_as_its_feed_told_it(aftermath: Aftermath) -> None:
    with aftermath.house.store.reading() as c:
        for name, access in {"forbidden": Access.BLOCKED, "endless": Access.UNREADABLE}.items():
            article = articles.get(c, aftermath.find(bad_answer(name)).article_key)
            assert article is not None
            assert (article.headline, article.access) == (f"About {name}", access)


def test_everything_is_in_the_report(aftermath: Aftermath) -> None:
    with aftermath.house.store.reading() as c:
        report = reports.newest(c, "sweep", 1)[0]
    assert len(report.troubles) == aftermath.said.value["sources_failed"]
    assert report.counts["sources"] == 2 + len(FEEDS) + len(answers())
