# ruff: noqa: E501 - sitemaps as they are
"""Sitemaps as sites write them against the rules: the article's own words and address, and no others."""

import pytest

from crawler.records import Reading, SourceKind
from tests.crawler.readers.pages import read

NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
NEWS = (
    "<news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication>"
    "<news:publication_date>2017-03-28T10:00:00-04:00</news:publication_date><news:title>Mayors answer</news:title></news:news>"
)
IMAGE = "<image:image><image:loc>https://cdn.example/1.jpg</image:loc><image:title>A town hall</image:title></image:image>"
VIDEO = "<video:video><video:title>The speech</video:title><video:publication_date>2010-01-01</video:publication_date></video:video>"
LOC = "<loc>https://daily.example/1</loc>"


def sitemap(body: str | bytes, content_type: str = "application/xml") -> Reading:
    return read(body, SourceKind.SITEMAP, "https://daily.example/sitemap.xml", content_type)


def urlset(inside: str, names: str = NAMES) -> str:
    return f"<urlset {names}><url>{inside}</url></urlset>"


def index(*urls: str) -> Reading:
    parts = "".join(f"<sitemap><loc>https://daily.example/{url}</loc></sitemap>" for url in urls)
    return sitemap(f"<sitemapindex {NAMES}>{parts}</sitemapindex>")


@pytest.mark.parametrize("names", [NAMES, NAMES[: NAMES.index(" ")]], ids=["declared", "undeclared"])
@pytest.mark.parametrize("inside", [IMAGE + LOC + NEWS, LOC + VIDEO + IMAGE + NEWS, LOC + NEWS + IMAGE])
def test_what_an_image_or_a_video_is_called_is_not_the_headline(inside: str, names: str) -> None:
    (lead,) = sitemap(urlset(inside, names)).leads
    assert (lead.url, lead.headline) == ("https://daily.example/1", "Mayors answer")
    assert lead.published is not None and lead.published.day.isoformat() == "2017-03-28"


def test_a_page_without_news_is_not_called_by_its_image() -> None:
    (lead,) = sitemap(urlset(LOC + IMAGE)).leads
    assert (lead.url, lead.headline) == ("https://daily.example/1", None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT&T answers", "AT&T answers"),
        ("Caf&eacute; closes", "Café closes"),
        ("Mayor&rsquo;s day", "Mayor’s day"),
    ],
)
def test_a_headline_keeps_its_words_whatever_its_signs(written: str, meant: str) -> None:
    (lead,) = sitemap(urlset(LOC + NEWS.replace("Mayors answer", written))).leads
    assert lead.headline == meant


def test_an_address_with_a_bare_ampersand_is_whole() -> None:
    (lead,) = sitemap(urlset(LOC.replace("/1", "/1?id=1&page=2"))).leads
    assert lead.url == "https://daily.example/1?id=1&page=2"


@pytest.mark.parametrize(
    ("declared", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "cp1252"),
        ("utf-16", "utf-8"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "latin-1"),
    ],
)
def test_letters_are_right_whatever_charset_was_declared(declared: str, charset: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?>' + urlset(LOC + NEWS.replace("Mayors", "Así"))
    (lead,) = sitemap(body.encode(charset)).leads
    assert lead.headline == "Así answer"


def test_warnings_that_stand_before_a_sitemap_are_passed_over() -> None:
    warning = "<br />\n<b>Notice</b>: Undefined index in <b>/srv/site/map.php</b><br />\n"
    assert [lead.url for lead in sitemap(warning + urlset(LOC)).leads] == ["https://daily.example/1"]


def test_a_feed_is_a_sitemap_too() -> None:
    item = "<item><title>Mayors answer</title><link>https://daily.example/1</link></item>"
    (lead,) = sitemap(f"<rss version='2.0'><channel>{item}</channel></rss>").leads
    assert (lead.url, lead.headline) == ("https://daily.example/1", "Mayors answer")


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize(
    "form",
    ["sitemap-2017-{:02}.xml", "sitemap/2017{:02}.xml", "sitemap.xml?yyyy=2017&amp;mm={:02}&amp;dd=01"],
)
def test_of_parts_that_tell_no_change_the_latest_by_name_are_read(form: str, *, newest_first: bool) -> None:
    months = [form.format(month) for month in range(1, 13)]
    told = index(*(reversed(months) if newest_first else months)).follow
    assert told == tuple(f"https://daily.example/{each}".replace("&amp;", "&") for each in months[:6:-1])


def test_of_parts_that_tell_nothing_both_ends_are_read() -> None:
    numbers = [f"sitemap.xml?page={number}" for number in range(1, 13)]
    told = [url.rpartition("=")[2] for url in index(*numbers).follow]
    assert told == ["12", "1", "11", "2", "10"]


def test_the_name_of_the_host_says_nothing_of_what_a_part_lists() -> None:
    body = "".join(
        f"<sitemap><loc>https://{host}.example/{name}.xml</loc></sitemap>"
        for host, name in (("vantage", "posts"), ("daily", "authors"))
    )
    assert sitemap(f"<sitemapindex>{body}</sitemapindex>").follow[0] == "https://vantage.example/posts.xml"
