"""The sample press is what its oracle says, and every article can be found from the configured sources."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree
from lxml import html as lxml_html

import demo
from demo.expected import expected
from demo.newsroom import Newsroom
from demo.press import Press
from demo.sample import Edition, editions, later_article, sample_press
from tests.demo.conftest import Fetch, Got
from tests.demo.conftest import fetch as fetch_page

pytestmark = pytest.mark.xdist_group("sample")

CONFIG = Path(demo.__file__).parent / "config"
ORACLE = expected()


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with sample_press().serving() as running:
        yield running


@pytest.fixture(scope="module")
def all_editions() -> tuple[Edition, ...]:
    return editions()


def configured_sources() -> list[str]:
    outlets = [
        table
        for path in sorted((CONFIG / "outlets").glob("*.toml"))
        for table in tomllib.loads(path.read_text("utf-8")).values()
    ]
    kinds = ("feeds", "sitemaps", "sections")
    return [url for table in outlets for kind in kinds for url in table.get(kind, [])]


def strings(found: object) -> list[str]:
    """What an XPath found, as plain strings."""
    return [str(text) for text in found] if isinstance(found, list) else [str(found)]


def links(url: str, got: Got) -> set[str]:
    """Every address that a feed, sitemap or section page gives."""
    kind = got.headers.get_content_type()
    if "json" in kind:
        return {item["url"] for item in json.loads(got.body)["items"]}
    if kind == "text/html":
        tree = lxml_html.fromstring(got.body)
        return {urljoin(url, href) for href in strings(tree.xpath("//a/@href"))}
    tree = etree.fromstring(got.body)
    found = strings(tree.xpath("//*[local-name()='link' or local-name()='loc']/text() | //@href"))
    return {urljoin(url, link) for link in found}


def links_of_all_sources(press: Press) -> set[str]:
    found: set[str] = set()
    waiting = configured_sources()
    while waiting:
        url = waiting.pop()
        got = fetch_page(press, url)
        assert got.status == 200, url
        told = links(url, got)
        waiting += [link for link in told if link.endswith("sitemap.xml") and link != url]
        found |= told
    return found


def all_urls() -> set[str]:
    told = {entry.url for entry in (*ORACLE.listed, *ORACLE.missed)}
    told |= {*ORACLE.own, *ORACLE.outside_window, *ORACLE.press_releases}
    for story in ORACLE.stories:
        told |= {*story.copies, *([story.original] if story.original else [])}
    return told


def test_every_configured_source_answers_and_leads_to_every_article(
    press: Press, all_editions: tuple[Edition, ...]
) -> None:
    reachable = {link.partition("?")[0] for link in links_of_all_sources(press)}
    for edition in all_editions:
        for piece in edition.pieces:
            address = piece.feed_path or piece.path
            url = address if address.startswith("http") else edition.masthead.base + address
            assert url.partition("?")[0] in reachable, url


def test_every_page_is_served_decodes_and_shows_its_headline(
    press: Press, all_editions: tuple[Edition, ...]
) -> None:
    for edition in all_editions:
        for piece in edition.pieces:
            got = fetch_page(press, edition.masthead.base + piece.path)
            if piece.blocked or piece.moved_to:
                assert got.status == (piece.blocked or 302)
                continue
            assert got.status == 200, piece.path
            text = got.body.decode(edition.masthead.charset)
            page = lxml_html.fromstring(text)
            assert piece.headline in " ".join(strings(page.xpath("string()"))[0].split())
            assert page.xpath("//link[@rel='canonical']/@href")


def test_there_are_thirteen_listed_eleven_missed_and_more_than_three_hundred_ordinary_articles(
    all_editions: tuple[Edition, ...],
) -> None:
    assert (len(ORACLE.listed), len(ORACLE.missed), len(ORACLE.own)) == (13, 11, 6)
    ordinary = [piece for edition in all_editions for piece in (*edition.ordinary, *edition.dressed)]
    assert len(ordinary) >= 300
    assert sum(len(edition.dressed) for edition in all_editions) >= 30
    assert sum(len(edition.near_misses) for edition in all_editions) >= 15


def test_no_two_articles_share_an_address(all_editions: tuple[Edition, ...]) -> None:
    addresses = [edition.masthead.host + piece.path for edition in all_editions for piece in edition.pieces]
    assert len(addresses) == len(set(addresses))


def test_the_oracle_names_every_told_article_once_and_nothing_else(
    all_editions: tuple[Edition, ...],
) -> None:
    told = {edition.masthead.base + piece.path for edition in all_editions for piece in edition.told}
    assert told == all_urls()


def test_the_oracle_agrees_with_the_pages(all_editions: tuple[Edition, ...]) -> None:
    told = {
        edition.masthead.base + piece.path: (edition, piece)
        for edition in all_editions
        for piece in edition.told
    }
    for entry in (*ORACLE.listed, *ORACLE.missed):
        edition, piece = told[entry.url]
        local = piece.published.astimezone(edition.zone).date()
        assert (piece.headline, local) == (entry.headline, entry.date)


def test_the_listed_entries_are_newest_day_first() -> None:
    days = [entry.date for entry in ORACLE.listed]
    assert days == sorted(days, reverse=True)
    assert [days.count(day) for day in dict.fromkeys(days)] == [1, 6, 6]


def test_outlets_of_the_oracle_have_their_name_in_the_directory() -> None:
    names = {
        table["name"]
        for path in (CONFIG / "outlets").glob("*.toml")
        for table in tomllib.loads(path.read_text("utf-8")).values()
    }
    assert {entry.outlet for entry in (*ORACLE.listed, *ORACLE.missed)} <= names


def test_other_addresses_of_a_page_lead_to_it(press: Press, fetch: Fetch) -> None:
    for url, others in ORACLE.same_page.items():
        for other in others:
            got = fetch(press, other)
            if got.status == 301:
                assert got.headers["Location"].partition("?")[0] == url
            else:
                page = lxml_html.fromstring(got.body.decode("utf-8"))
                assert strings(page.xpath("//link[@rel='canonical']/@href")) == [url]


def strong_words() -> tuple[str, ...]:
    pack = tomllib.loads((CONFIG / "campaigns" / "seeking-sanctuary.toml").read_text("utf-8"))["pack"]
    return (*pack["hashtags"], *pack["names"], *pack["hosts"])


def test_every_piece_about_the_event_says_so_in_its_text_or_summary(
    all_editions: tuple[Edition, ...],
) -> None:
    words = [word.casefold() for word in strong_words()]
    about = {entry.url for entry in (*ORACLE.listed, *ORACLE.missed)}
    for edition in all_editions:
        for piece in edition.told:
            if edition.masthead.base + piece.path in about:
                text = " ".join((piece.summary, *piece.body)).casefold()
                assert any(word in text for word in words), piece.path


def test_other_articles_never_name_the_event_or_its_hosts_in_their_text(
    all_editions: tuple[Edition, ...],
) -> None:
    for edition in all_editions:
        for piece in (*edition.near_misses, *edition.ordinary, *edition.dressed):
            text = " ".join((piece.headline, piece.summary, *(p for p in piece.body if p[:2] != "~ ")))
            assert not any(word in text for word in strong_words()), piece.path


def shingles(body: tuple[str, ...]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(body).lower())
    return set(zip(*(words[start:] for start in range(4)), strict=False))


def test_no_two_ordinary_articles_are_near_duplicates(all_editions: tuple[Edition, ...]) -> None:
    bodies = [
        (piece.path, shingles(piece.body))
        for edition in all_editions
        for piece in (*edition.ordinary, *edition.dressed, *edition.near_misses)
    ]
    likest = max(
        (len(one & other) / len(one | other), first, second)
        for (first, one), (second, other) in combinations(bodies, 2)
    )
    assert likest[0] < 0.3, likest


def test_a_published_article_appears_in_the_feeds_at_once(fetch: Fetch) -> None:
    press = sample_press()
    newsroom = press.site("nbcnews.example")
    assert isinstance(newsroom, Newsroom)
    with press.serving():
        before = fetch(press, "http://nbcnews.example/rss/latest.xml")
        piece = editions()[0].ordinary[0]
        newsroom.publish(piece)
        after = fetch(
            press, "http://nbcnews.example/rss/latest.xml", headers={"If-None-Match": before.headers["ETag"]}
        )
        assert after.status == 200
        assert piece.path.encode() in after.body and piece.path.encode() not in before.body
        assert fetch(press, newsroom.url(piece)).status == 200
        newsroom.withdraw(piece.path)
        assert fetch(press, newsroom.url(piece)).status == 410
        again = fetch(press, "http://nbcnews.example/rss/latest.xml")
        assert again.headers["ETag"] == before.headers["ETag"]


def test_the_later_article_is_not_on_the_air_until_it_is_published(fetch: Fetch) -> None:
    press = sample_press()
    host, piece = later_article()
    newsroom = press.site(host)
    assert isinstance(newsroom, Newsroom)
    with press.serving():
        assert fetch(press, newsroom.url(piece)).status == 404
        newsroom.publish(piece)
        assert fetch(press, newsroom.url(piece)).status == 200


def test_a_changed_headline_replaces_the_page_and_the_feed_line(fetch: Fetch) -> None:
    press = sample_press()
    newsroom = press.site("voicesofny.example")
    assert isinstance(newsroom, Newsroom)
    piece = newsroom.pieces[0]
    with press.serving():
        newsroom.publish(replace(piece, headline="Second thoughts"))
        assert b"Second thoughts" in fetch(press, newsroom.url(piece)).body
        feed = fetch(press, "http://voicesofny.example/feed/atom/").body.decode()
        assert "Second thoughts" in feed and feed.count(piece.path) == 2  # its link and its id


def test_only_copies_and_rewrites_may_share_a_story() -> None:
    ap = ORACLE.stories[0]
    assert ORACLE.companions(ap.copies[0]) == {ap.original, *ap.copies}
    retold = next(entry for entry in ORACLE.missed if entry.rewrites)
    assert ORACLE.companions(retold.rewrites) == {retold.url, retold.rewrites}
    for _, urls in ORACLE.apart:
        for one, other in combinations(urls, 2):
            assert other not in ORACLE.companions(one)


def test_the_press_is_the_same_on_every_run() -> None:
    assert editions() == editions()
