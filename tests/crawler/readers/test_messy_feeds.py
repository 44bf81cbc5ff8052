# ruff: noqa: E501 - feeds as they are
"""Feeds as sites write them against the rules: one item's slip costs neither its own words nor its neighbours."""

import pytest

from crawler.records import Lead
from tests.crawler.readers.pages import read

ITEM = "<item><title>{}</title><link>https://daily.example/1</link><pubDate>{}</pubDate>{}</item>"
DATE = "Tue, 28 Mar 2017 10:00:00 -0400"


def feed(
    title: str = "Mayors answer", date: str = DATE, more: str = "", channel: str = "", before: str = ""
) -> str:
    return f"{before}<rss version='2.0'><channel>{channel}{ITEM.format(title, date, more)}</channel></rss>"


def lead(body: str | bytes, content_type: str = "application/rss+xml; charset=utf-8") -> Lead:
    (found,) = read(body, content_type=content_type).leads
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT&T answers Q&A", "AT&T answers Q&A"),
        ("Caf&eacute; closes&nbsp;&mdash; again", "Café closes — again"),
        ("Fire &#55357;&#56613; again", "Fire 🔥 again"),
        ("Fire &#xD83D;&#xDD25; again", "Fire 🔥 again"),
        ("Half a &#55357; character", "Half a \ufffd character"),
        ("<![CDATA[R&D & more]]>", "R&D & more"),
        ("Tom &amp; Jerry&#8217;s", "Tom & Jerry’s"),
    ],
)
def test_a_headline_keeps_its_words_whatever_its_signs(written: str, meant: str) -> None:
    assert lead(feed(written)).headline == meant


def test_entities_of_a_doctype_nobody_reads_are_html_s() -> None:
    doctype = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">'
    assert lead(feed("L&eacute;on answers", before=doctype)).headline == "Léon answers"


def test_entities_that_a_feed_declares_itself_are_its_own() -> None:
    doctype = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY eacute "E!">]>'
    assert lead(feed("L&eacute;on answers", before=doctype)).headline == "LE!on answers"


def test_a_bare_ampersand_leaves_links_as_they_are() -> None:
    body = feed("A & B").replace("daily.example/1", "daily.example/1?a=1&copy=2")
    assert lead(body).url == "https://daily.example/1?a=1&copy=2"


def test_a_letter_cut_in_two_does_not_spoil_the_charset_of_all_others() -> None:
    body = feed("Así reacciona la conferencia", more="<description>Los municipios XX</description>")
    assert lead(body.encode().replace(b"XX", b"seg\xc3")).headline == "Así reacciona la conferencia"


def test_windows_1252_that_calls_itself_utf_8_is_still_read() -> None:
    body = feed("Así “reacciona”", before='<?xml version="1.0" encoding="UTF-8"?>')
    assert lead(body.encode("cp1252"), "text/xml").headline == "Así “reacciona”"


@pytest.mark.parametrize(
    ("date", "language", "instant", "offset"),
    [
        ("Tue, 28 Mar 2017 10:00:00 CEST", "de", "2017-03-28T08:00:00+00:00", 120),
        ("Tue, 28 Mar 2017 10:00:00 AEDT", "en-AU", "2017-03-27T23:00:00+00:00", 660),
        ("Tue, 28 Mar 2017 10:00:00 BST", "en-GB", "2017-03-28T09:00:00+00:00", 60),
        ("Tue, 28 Mar 2017 10:00:00 GMT+0200", "", "2017-03-28T08:00:00+00:00", 120),
        ("Tue Mar 28 2017 10:00:00 GMT-0400 (Eastern Daylight Time)", "", "2017-03-28T14:00:00+00:00", -240),
        ("Tue, 28 Mar 2017 10:00:00 PM -0400", "en", "2017-03-29T02:00:00+00:00", -240),
        ("Tue, 28 Mar 2017 10:00:00", "en", "2017-03-28T10:00:00+00:00", None),
        ("Di, 28 März 2017 10:00:00 +0200", "de-DE", "2017-03-28T08:00:00+00:00", 120),
        ("dom, 08 ene 2017 10:00:00 -0300", "es_AR", "2017-01-08T13:00:00+00:00", -180),
        ("mar, 17 ene 2017 10:00:00 +0100", "es", "2017-01-17T09:00:00+00:00", 60),
        ("mar. 17 janv. 2017 10:00:00 +0100", "fr-FR", "2017-01-17T09:00:00+00:00", 60),
        ("mar, 20 dic 2016 10:00:00 +0100", "en-US", "2016-12-20T09:00:00+00:00", 60),
        ("Di, 20 Dez 2016 10:00:00 +0100", "", "2016-12-20T09:00:00+00:00", 60),
        ("03/02/2017 10:00", "en-GB", "2017-02-03T10:00:00+00:00", None),
        ("03/02/2017 10:00", "en-us", "2017-03-02T10:00:00+00:00", None),
    ],
)
def test_a_date_is_read_in_its_own_zone_and_in_the_feeds_language(
    date: str, language: str, instant: str, offset: int | None
) -> None:
    moment = lead(feed(date=date, channel=f"<language>{language}</language>")).published
    assert moment is not None
    assert (moment.instant.isoformat(), moment.offset_minutes) == (instant, offset)


@pytest.mark.parametrize("date", ["Mon, 01 Jan 0001 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 CET"])
def test_a_year_that_was_never_filled_in_is_not_2001(date: str) -> None:
    assert lead(feed(date=date)).published is None


@pytest.mark.parametrize("doubtful", ["", "<!-- read by feedparser -->"])
@pytest.mark.parametrize(
    ("links", "identity"),
    [
        (
            '<link rel="enclosure" href="https://cdn.example/1.mp3"/><link href="https://daily.example/1"/>',
            "urn:1",
        ),
        ('<link href="https://daily.example/1"/>', "https://daily.example/?p=1"),
        (
            '<link rel="alternate" type="application/json" href="https://daily.example/api/1"/>'
            '<link rel="alternate" type="text/html" href="https://daily.example/1"/>',
            "urn:1",
        ),
    ],
    ids=["enclosure first", "identity is an address", "two alternates"],
)
def test_an_entrys_link_is_its_page_wherever_it_stands(links: str, identity: str, doubtful: str) -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{doubtful}<title>Mayors answer</title>'
        f"<id>{identity}</id>{links}</entry></feed>"
    )
    assert lead(body).url == "https://daily.example/1"


@pytest.mark.parametrize("doubtful", ["", "<!-- read by feedparser -->"])
@pytest.mark.parametrize(
    ("author", "names"),
    [("jo@daily.example (Jo Park)", ("Jo Park",)), ("jo@daily.example", ()), ("Jo Park", ("Jo Park",))],
)
def test_a_mail_address_is_nobodys_name(author: str, names: tuple[str, ...], doubtful: str) -> None:
    assert lead(feed(more=f"{doubtful}<author>{author}</author>")).authors == names


@pytest.mark.parametrize("doubtful", ["", "<!-- read by feedparser -->"])
def test_all_who_wrote_it_and_the_whole_text_are_read(doubtful: str) -> None:
    names = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    more = "<dc:creator>Jo Park</dc:creator><dc:creator>Ana Ruiz</dc:creator><content:encoded>The whole</content:encoded>"
    found = lead(feed(more=doubtful + more).replace("<rss", f"<rss {names}"))
    assert (found.authors, found.summary) == (("Jo Park", "Ana Ruiz"), "The whole")


def test_a_json_feed_with_a_raw_tab_or_only_the_date_of_its_change_is_read() -> None:
    item = '{"id":"1","url":"https://daily.example/1","title":"Mayors\tanswer","date_modified":"2017-03-28T10:00:00-04:00"}'
    found = lead(f'{{"version":"https://jsonfeed.org/version/1.1","items":[{item}]}}', "application/json")
    assert found.headline == "Mayors answer"
    assert found.published is not None and found.published.offset_minutes == -240
