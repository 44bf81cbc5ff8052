# ruff: noqa: E501 - feeds and pages as they are
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.errors import UnreadableFeed
from crawler.readers.newest import MOST_ITEMS
from crawler.records import Precision
from tests.crawler.readers.pages import read
from tests.crawler.sweeping import rss

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>Diario</title>
<link rel="hub" href="https://hub.example/"/><link rel="self" href="https://daily.example/feed"/>
<entry><title type="html">Ciudades &lt;em&gt;santuario&lt;/em&gt; &amp;amp; alcaldes</title>
<link href="/notas/1"/><id>tag:daily.example,2017:1</id><published>2017-03-28T23:30:00-05:00</published>
<updated>2017-03-29T10:00:00Z</updated><author><name>Ana Ruiz</name></author>
<summary>Los alcaldes respondieron.</summary></entry></feed>"""

RSS_1_0 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://daily.example/"><title>Daily</title><link>https://daily.example/</link>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="https://daily.example/1"><title>Mayors answer</title><link>https://daily.example/1</link>
<dc:date>2017-03-28T10:00:00-04:00</dc:date><dc:creator>Jo Park</dc:creator></item></rdf:RDF>"""

RSS_0_91 = """<?xml version="1.0"?><rss version="0.91"><channel><title>Daily</title>
<link>https://daily.example/</link><description>x</description><language>en-us</language>
<item><title>Mayors answer</title><link>https://daily.example/1</link></item></channel></rss>"""


def feed(items: str) -> str:
    return f"<rss version='2.0'><channel><link>https://daily.example/</link>{items}</channel></rss>"


def test_an_rss_item_becomes_a_lead_with_the_feeds_own_offset() -> None:
    (lead,) = read(rss(("Mayors answer", "https://daily.example/1"))).leads
    assert (lead.url, lead.headline) == ("https://daily.example/1", "Mayors answer")
    assert lead.published is not None
    assert lead.published.offset_minutes == -240
    assert lead.published.instant.isoformat() == "2017-03-28T14:00:00+00:00"


def test_an_atom_entry_keeps_its_local_day_and_its_hub() -> None:
    reading = read(ATOM)
    (lead,) = reading.leads
    assert lead.url == "https://daily.example/notas/1"
    assert lead.headline == "Ciudades santuario & alcaldes"
    assert lead.summary == "Los alcaldes respondieron."
    assert lead.authors == ("Ana Ruiz",)
    assert lead.language == "es"
    assert lead.guid == "tag:daily.example,2017:1"
    assert lead.published is not None and lead.published.day.isoformat() == "2017-03-28"
    assert reading.hints["hub"] == "https://hub.example/"


def test_rss_1_0_tells_its_rhythm() -> None:
    reading = read(RSS_1_0)
    assert reading.leads[0].published is not None
    assert reading.leads[0].authors == ("Jo Park",)
    assert (reading.hints["update_period"], reading.hints["update_frequency"]) == ("hourly", "2")


def test_rss_0_91_is_read() -> None:
    (lead,) = read(RSS_0_91).leads
    assert (lead.url, lead.language, lead.published) == ("https://daily.example/1", "en-us", None)


def test_a_json_feed_is_read() -> None:
    reading = read(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Daily", "language": "en",'
        '"next_url": "https://daily.example/feed?page=2", "hubs": [{"type": "WebSub", "url": "https://hub.example"}],'
        '"items": [{"id": 7, "url": "/1", "title": "Mayors &amp; cities", "summary": "They <b>answer</b>.",'
        '"date_published": "2017-03-28T10:00:00-04:00", "authors": [{"name": "Jo Park"}]}, 3]}'
    )
    (lead,) = reading.leads
    assert (lead.url, lead.headline, lead.summary) == (
        "https://daily.example/1",
        "Mayors & cities",
        "They answer.",
    )
    assert lead.published is not None and lead.published.offset_minutes == -240
    assert lead.guid == "7"
    assert reading.follow == ("https://daily.example/feed?page=2",)
    assert reading.hints["hub"] == "https://hub.example"
    assert reading.problems == ("1 items left out: not an object",)


def test_half_a_character_in_an_address_costs_its_neighbours_nothing() -> None:
    reading = read(
        '{"version": "https://jsonfeed.org/version/1.1", "items": ['
        '{"id": "1", "url": "/one-\\ud83d", "title": "One"}, {"id": "2", "url": "/two", "title": "Two"}]}'
    )
    assert [lead.url for lead in reading.leads] == ["https://daily.example/one-", "https://daily.example/two"]


def test_links_that_are_no_web_address_are_left_out_and_told() -> None:
    reading = read(
        rss(
            ("Relative", "/1"),
            ("Script", "javascript:alert(1)"),
            ("Tag", "tag:daily.example,2017:1"),
            ("Mail", "mailto:a@daily.example"),
        )
    )
    assert [lead.url for lead in reading.leads] == ["https://daily.example/1"]
    assert len(reading.problems) == 3
    assert any("javascript:" in problem for problem in reading.problems)
    assert any("tag:" in problem for problem in reading.problems)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("<!DOCTYPE html><html><body>Page not found</body></html>", "web page"),
        ("<!-- cached --><html><head></head></html>", "web page"),
        ('{"error": "no such feed"}', "no JSON Feed"),
        ('{"items": [', "broken"),
        ("just some words", "no feed"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "sitemap"),
        ("<rss version='2.0'><channel><title>Da", "broken before its first item"),
    ],
)
def test_what_is_no_feed_is_told_in_words(body: str, word: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        read(body)


def test_a_truncated_feed_keeps_the_items_that_came() -> None:
    whole = rss(("First", "https://daily.example/1"), ("Second", "https://daily.example/2"))
    reading = read(whole[: whole.index(b"Second")])
    assert next(lead.headline for lead in reading.leads) == "First"
    assert any("not well-formed" in problem for problem in reading.problems)


def test_a_feed_in_another_encoding_than_it_says_is_still_read() -> None:
    body = rss(("Alcaldía de Los Ángeles", "https://daily.example/1")).decode().encode("latin-1")
    reading = read(body, content_type="application/rss+xml; charset=utf-8")
    assert reading.leads[0].headline == "Alcaldía de Los Ángeles"
    assert reading.problems


def test_of_fifty_thousand_items_the_first_are_read_and_the_rest_is_told() -> None:
    items = [(f"Headline {number}", f"https://daily.example/{number}") for number in range(50_000)]
    reading = read(rss(*items))
    assert [lead.headline for lead in reading.leads] == [f"Headline {number}" for number in range(MOST_ITEMS)]
    assert reading.problems == ("48000 older items left out: more than 2000 at once",)


def test_of_very_many_items_the_newest_are_read_wherever_the_feed_has_them() -> None:
    dated = "".join(
        f"<item><title>Headline {number}</title><link>https://daily.example/{number}</link><pubDate>"
        f"{format_datetime(datetime(2017, 3, 28, tzinfo=UTC) + timedelta(minutes=number))}</pubDate></item>"
        for number in range(MOST_ITEMS + 500)
    )
    undated = "<item><title>Undated</title><link>https://daily.example/undated</link></item>"
    told = [lead.headline for lead in read(feed(dated + undated)).leads]
    assert len(told) == MOST_ITEMS
    assert told[:2] == ["Undated", f"Headline {MOST_ITEMS + 499}"]


def test_a_link_that_leads_back_to_the_feed_is_no_article() -> None:
    odd = "<item><title>Back</title><link>http://</link></item>"
    good = "<item><title>Good</title><link>/good</link></item>"
    reading = read(feed(odd + good))
    assert [lead.headline for lead in reading.leads] == ["Good"]
    assert any("1 item left out" in problem for problem in reading.problems)


@pytest.mark.parametrize(
    ("date", "instant", "offset", "precision"),
    [
        ("Tue, 28 Mar 2017 10:00:00 EDT", "2017-03-28T14:00:00+00:00", -240, Precision.INSTANT),
        ("28 Mar 2017 10:00 GMT", "2017-03-28T10:00:00+00:00", 0, Precision.INSTANT),
        ("2017-03-28", "2017-03-28T00:00:00+00:00", None, Precision.DAY),
        ("2017-03-28T10:00+02:00", "2017-03-28T08:00:00+00:00", 120, Precision.MINUTE),
        ("2017-03-28T10:00:00.123456789Z", "2017-03-28T10:00:00.123456+00:00", 0, Precision.INSTANT),
    ],
)
def test_dates_keep_what_the_feed_told(
    date: str, instant: str, offset: int | None, precision: Precision
) -> None:
    body = rss(("One", "https://daily.example/1")).decode().replace("Tue, 28 Mar 2017 10:00:00 -0400", date)
    moment = read(body).leads[0].published
    assert moment is not None
    assert (moment.instant.isoformat(), moment.offset_minutes, moment.precision) == (
        instant,
        offset,
        precision,
    )


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00Z", "Tue, 28 Mar 2030 10:00:00 GMT", "soon", "2017-13-45", ""]
)
def test_a_date_that_cannot_be_stays_unknown(date: str) -> None:
    body = rss(("One", "https://daily.example/1")).decode().replace("Tue, 28 Mar 2017 10:00:00 -0400", date)
    assert read(body).leads[0].published is None


def test_hours_that_a_feed_wants_skipped_are_hints() -> None:
    channel = "<ttl>90</ttl><skipHours><hour>0</hour><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
    hints = read(rss(("One", "https://daily.example/1"), channel=channel)).hints
    assert (hints["ttl"], hints["skip_hours"], hints["skip_days"]) == ("90", "0 1", "Sunday")


def test_a_spelling_that_only_feedparser_knows_is_still_a_date() -> None:
    date = "Τρι, 28 Ιούν 2016 12:53:00 GMT"
    body = rss(("One", "/1")).decode().replace("Tue, 28 Mar 2017 10:00:00 -0400", date)
    moment = read(body).leads[0].published
    assert moment is not None and moment.instant.isoformat() == "2016-06-28T12:53:00+00:00"


def test_both_parsers_give_the_same_leads() -> None:
    plain = rss(("Mayors &amp; cities", "https://daily.example/1"), ("Two", "https://daily.example/2"))
    doubtful = plain.replace(b"<rss ", b"<rss mode='xml' ")
    assert read(plain).leads == read(doubtful).leads
