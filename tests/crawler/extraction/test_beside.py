"""What stands beside the main text has the zone in which a reader sees it."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, Page, Zone

SAID = "The council met on Tuesday and voted to keep the shelter open through the winter, members said. "
TEXT = "<h1>Council keeps the shelter open</h1>" + "".join(f"<p>{SAID}{number}</p>" for number in range(6))
CAPTION = "<figcaption>Mayor Greenharbor speaks at the harbour</figcaption>"
PICTURE = f"<figure><img src='a.jpg'>{CAPTION}</figure>"
ROWS = "<tr><th>Town</th><th>Votes</th></tr><tr><td>Greenharbor</td><td>12</td></tr>"
LINKED_ROWS = "<tr><td><a href='/g'>Greenharbor</a></td><td>12</td></tr>"
NEXT = "<h3><a href='/b'>Another story of the town</a></h3>"


def zones(markup: str) -> set[Zone]:
    """Where the word stands."""
    head = "<title>Council keeps the shelter open</title><meta property='og:type' content='article'>"
    page = Page(
        requested_url="https://daily.example/2024/shelter",
        final_url="https://daily.example/2024/shelter",
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=f"<!doctype html><html lang='en'><head>{head}</head><body>{markup}</body></html>".encode(),
        fetched_at=datetime(2024, 3, 29, tzinfo=UTC),
    )
    read = extract(page, Directory(()))
    assert isinstance(read, Article)
    assert SAID.strip() in read.text
    found = {part.zone for part in read.parts if "Greenharbor" in part.text}
    return found | ({Zone.TEXT} if "Greenharbor" in read.text else set())


@pytest.mark.parametrize(
    "markup",
    [
        f"<article>{TEXT}{PICTURE}<p>{SAID}</p></article>",
        f"<article><h1>Council</h1>{PICTURE}{TEXT}</article>",
        f"<article>{TEXT}{PICTURE}</article>",
    ],
)
def test_a_caption_of_the_articles_own_is_one(markup: str) -> None:
    assert zones(markup) == {Zone.CAPTION}


@pytest.mark.parametrize(
    "markup",
    [
        f"<article>{TEXT}</article><ul><li>{PICTURE}{NEXT}</li><li>{NEXT}</li></ul>",
        f"<article>{TEXT}</article><div><a href='/b'>{PICTURE}Another story of the town</a></div>",
        f"<article>{TEXT}</article><section><h2>More</h2><article>{PICTURE}{NEXT}</article></section>",
        f"<article>{TEXT}<aside>{PICTURE}<a href='/b'>Another story</a></aside></article>",
    ],
)
def test_a_caption_of_another_article_is_furniture(markup: str) -> None:
    assert zones(markup) == {Zone.FURNITURE}


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{ROWS}</table>",
        f"<figure class='wp-block-table'><table>{ROWS}</table></figure>",
        f"<div class='table-wrapper'><table>{ROWS}</table></div>",
        f"<table>{LINKED_ROWS}</table>",
        "<ul><li>Greenharbor</li><li>Another town</li></ul>",
    ],
)
@pytest.mark.parametrize("after", ["", f"<p>{SAID}</p>"])
def test_a_table_or_a_list_of_the_text_belongs_to_it(table: str, after: str) -> None:
    assert zones(f"<article>{TEXT}{table}{after}</article>") == {Zone.TEXT}


def test_a_table_or_a_list_beside_the_text_is_furniture() -> None:
    assert zones(f"<article>{TEXT}</article><div><table>{ROWS}</table></div>") == {Zone.FURNITURE}
    links = "<ul><li><a href='/g'>Greenharbor</a></li><li><a href='/t'>Another town</a></li></ul>"
    assert zones(f"<article>{TEXT}{links}</article>") == {Zone.FURNITURE}
