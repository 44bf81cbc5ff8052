"""What every format promises: found by name, the same bytes again, readable by others' software."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import feedparser
import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from aggregator.errors import UnknownSubject
from aggregator.exports import formats, render
from aggregator.records import ListForm, Listing
from tests.aggregator.exports.listings import TITLE, listing, seed_items

NAMES = {
    "atom",
    "csv",
    "text-page",
    "fragment",
    "html",
    "jsonfeed",
    "jsonld",
    "markdown",
    "rss",
    "text",
    "xlsx",
}
HEADLINES = [item.headline for item in seed_items()]


def seed(**form: Any) -> Listing:
    return listing(*seed_items(), form=ListForm(title=TITLE, home_url="https://org.example/news", **form))


def all_text(element: etree._Element) -> str:
    """All text inside the element, white space folded."""
    return " ".join("".join(map(str, element.itertext())).split())


def test_each_file_of_the_room_is_a_format() -> None:
    assert set(formats()) == NAMES
    assert len({each.file_name for each in formats().values()}) == len(NAMES)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownSubject, match="jsonfeed"):
        render(seed(), "pdf")


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("form", [{}, {"paragraphs": True}, {"group_by_day": True, "carriers": True}])
def test_an_unchanged_list_gives_unchanged_bytes(name: str, form: dict[str, Any]) -> None:
    assert render(seed(**form), name) == render(seed(**form), name)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_empty_list_can_be_rendered(name: str) -> None:
    assert isinstance(render(listing(), name), bytes)


@pytest.mark.parametrize("form", [{}, {"paragraphs": True}])
@pytest.mark.parametrize("name", ["html", "fragment"])
def test_html_holds_the_entries_in_order_with_language_and_link(name: str, form: dict[str, Any]) -> None:
    page = html.document_fromstring(render(seed(**form), name).decode())
    entries = page.findall(".//li")
    assert [entry.findtext(".//a") for entry in entries] == HEADLINES
    assert entries[10].get("lang") == "es"
    assert entries[2].xpath(".//a/@href") == ["https://nbcnews.example/3"]
    assert entries[2].findtext(".//time") == "3.28.2017"
    assert all_text(entries[2]).endswith("NBC News, 3.28.2017")
    assert page.findtext(".//h1" if name == "html" else ".//h2") == TITLE


@pytest.mark.parametrize(("name", "levels"), [("html", ["h1", "h2"]), ("fragment", ["h2", "h3"])])
def test_an_embedded_list_leaves_the_first_heading_to_the_page_around_it(
    name: str, levels: list[str]
) -> None:
    page = html.document_fromstring(render(seed(group_by_day=True), name).decode())
    found = [each.tag for each in page.iter("h1", "h2", "h3")]
    assert (found[0], set(found[1:])) == (levels[0], {levels[1]})


def test_the_page_carries_its_style_and_no_script() -> None:
    page = render(seed(), "html").decode()
    assert "--itn-ink" in page and "<script" not in page and "http-equiv" not in page


def test_the_fragment_has_neither_style_nor_id_nor_handler() -> None:
    fragment = render(seed(), "fragment").decode()
    assert not re.search(r"style|\bid=|\son\w+=", fragment)


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_feeds_are_read_back_by_feedparser(name: str) -> None:
    feed = feedparser.parse(render(seed(), name))
    assert not feed.bozo
    assert feed.feed.title == TITLE
    assert feed.feed.link == "https://org.example/news"
    assert [entry.title for entry in feed.entries] == HEADLINES
    assert [entry.link for entry in feed.entries] == [item.url for item in seed_items()]
    assert len({entry.id for entry in feed.entries}) == 13
    assert feed.entries[0].published_parsed[:3] == (2017, 3, 29)
    assert feed.entries[2].summary == "NBC News, 3.28.2017"


def test_the_json_feed_says_what_its_specification_wants() -> None:
    feed = json.loads(render(seed(), "jsonfeed"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == TITLE and feed["home_page_url"] == "https://org.example/news"
    item = feed["items"][5]
    assert item["title"] == HEADLINES[5]
    assert item["date_published"] == "2017-03-28T12:00:00+00:00"
    assert item["authors"] == [{"name": "CNN Wire"}]
    assert item["_inthenews"]["also_in"] == ["FOX61", "KTLA", "WTVR"]
    assert all(isinstance(each["id"], str) and "content_text" in each for each in feed["items"])


def test_json_ld_is_an_item_list_of_news_articles() -> None:
    content = json.loads(render(seed(), "jsonld"))
    assert content["@type"] == "ItemList" and content["numberOfItems"] == 13
    first = content["itemListElement"][0]
    assert first["position"] == 1
    assert first["item"] == {
        "@type": "NewsArticle",
        "headline": HEADLINES[0],
        "url": "https://nextcity.example/1",
        "datePublished": "2017-03-29",
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "Next City"},
    }


def test_csv_is_read_back_with_its_promised_columns() -> None:
    body = render(seed(), "csv").decode()
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    assert body.startswith("position,headline,outlet,date,url,language,also_in,note,key\r\n")
    assert [row["headline"] for row in rows] == HEADLINES
    assert rows[5]["also_in"] == "FOX61; KTLA; WTVR" and rows[5]["date"] == "2017-03-28"


def test_xlsx_holds_text_real_dates_and_links() -> None:
    book = zipfile.ZipFile(io.BytesIO(render(seed(), "xlsx")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    texts = {all_text(each) for each in strings}
    assert set(HEADLINES) <= texts
    assert "<f>" not in sheet and sheet.count("<hyperlink ") == 13
    assert '<c r="D2" s="2"><v>42823</v></c>' in sheet  # 29 March 2017 in Excel's count of days
    assert "<autoFilter" in sheet and 'state="frozen"' in sheet


def test_markdown_is_read_back_by_markdown_it() -> None:
    page = html.document_fromstring(MarkdownIt("commonmark").render(render(seed(), "markdown").decode()))
    assert [entry.findtext(".//a") for entry in page.findall(".//li")] == HEADLINES
    assert page.findtext(".//h1") == TITLE
    assert all_text(page.findall(".//li")[2]).endswith("NBC News, 3.28.2017")
