# ruff: noqa: E501 - feeds and pages as they are
import gzip
from datetime import date, timedelta

import pytest

from crawler.errors import UnreadableFeed
from crawler.readers.newest import MOST_ITEMS
from crawler.records import Reading, SourceKind
from tests.crawler.readers.pages import read

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://daily.example/old</loc><news:news><news:publication><news:name>The Daily</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2017-03-27</news:publication_date><news:title>Older &amp; wiser</news:title></news:news>
<image:image><image:loc>https://daily.example/i.jpg</image:loc></image:image></url>
<url><loc>/new</loc><news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2017-03-28T10:00:00-04:00</news:publication_date>
<news:title>Mayors answer</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""


def sitemap(body: str | bytes, url: str = "https://daily.example/sitemap.xml") -> Reading:
    return read(body, SourceKind.SITEMAP, url)


def test_a_news_sitemap_gives_dated_leads_newest_first() -> None:
    reading = sitemap(NEWS)
    new, old = reading.leads
    assert (new.url, new.headline, new.outlet, new.language) == (
        "https://daily.example/new",
        "Mayors answer",
        "The Daily",
        "en",
    )
    assert new.published is not None and new.published.offset_minutes == -240
    assert old.url == "https://daily.example/old"
    assert old.headline == "Older & wiser"
    assert len(reading.problems) == 1


def test_a_plain_sitemap_is_ordered_by_lastmod_but_not_dated_by_it() -> None:
    urls = "".join(
        f"<url><loc>https://daily.example/{day}</loc><lastmod>2017-03-{day:02}</lastmod></url>"
        for day in (3, 9, 5)
    )
    reading = sitemap(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
    assert [lead.url[-1] for lead in reading.leads] == ["9", "5", "3"]
    assert all(lead.published is None for lead in reading.leads)


def test_of_a_very_long_sitemap_the_newest_are_read_wherever_it_has_them() -> None:
    first = date(2010, 1, 1)
    urls = "".join(
        f"<url><loc>https://daily.example/{number}</loc><lastmod>{first + timedelta(number)}</lastmod></url>"
        for number in range(MOST_ITEMS + 100)
    )
    reading = sitemap(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')
    assert len(reading.leads) == MOST_ITEMS
    assert reading.leads[0].url == f"https://daily.example/{MOST_ITEMS + 99}"
    assert reading.problems == ("100 older items left out: more than 2000 at once",)


def test_an_index_is_followed_to_its_newest_articles() -> None:
    children = "".join(
        f"<sitemap><loc>https://daily.example/posts-{number}.xml</loc><lastmod>2017-03-{number:02}</lastmod></sitemap>"
        for number in range(1, 21)
    )
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://daily.example/images.xml</loc><lastmod>2017-03-30</lastmod></sitemap>"
        f"{children}<sitemap><loc>https://daily.example/news.xml</loc></sitemap></sitemapindex>"
    )
    reading = sitemap(index)
    assert reading.leads == ()
    assert [url.rsplit("/", 1)[1] for url in reading.follow] == [
        "news.xml",
        "posts-20.xml",
        "posts-19.xml",
        "posts-18.xml",
        "posts-17.xml",
    ]
    assert "older sitemaps" in reading.problems[0]


def test_a_packed_sitemap_and_a_text_list_are_read() -> None:
    assert len(sitemap(gzip.compress(NEWS.encode())).leads) == 2
    assert [lead.url for lead in sitemap("https://daily.example/1\nhttps://daily.example/2\n").leads] == [
        "https://daily.example/1",
        "https://daily.example/2",
    ]


def test_of_a_long_text_list_the_newest_are_read_whether_they_stand_first_or_last() -> None:
    lines = [f"https://daily.example/{number}" for number in range(3_000)]
    reading = sitemap("\n".join(lines))
    assert [lead.url for lead in reading.leads] == lines[:500] + lines[-500:]
    assert reading.problems == ("2000 addresses in the middle of this list are not read",)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>https://x.example/&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (BOMB, "DOCTYPE"),
        ("<!doctype html><html></html>", "web page"),
        ("<opml version='2.0'></opml>", "begins with <opml>"),
        ("words", "no XML"),
        (gzip.compress(b"x" * 1000, mtime=0)[:20], "begins|broken|no XML"),
        (gzip.compress(b" " * (51 * 1024 * 1024), mtime=0), "50 MiB"),
    ],
    ids=["bomb", "page", "opml", "words", "broken gzip", "gzip bomb"],
)
def test_what_is_no_sitemap_is_told_in_words(body: str | bytes, word: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        sitemap(body)


def test_a_truncated_sitemap_keeps_what_came() -> None:
    assert [lead.url for lead in sitemap(NEWS[: NEWS.index("<url><loc>/new")]).leads] == [
        "https://daily.example/old"
    ]
