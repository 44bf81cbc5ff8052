"""Markup that chokes parsers is cut down, any other is left as it is."""

import time

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import NotAnArticle, Page
from crawler.text.crowds import flat, uncrowded
from tests.crawler.readers.pages import NOW


def test_an_element_loses_its_eighty_thousand_attributes_and_nothing_else() -> None:
    attributes = " ".join(f'data-a{number}="{number}"' for number in range(80_000))
    page = f"<html><body class='news'><p {attributes}>A story.</p></body></html>"
    assert uncrowded(page) == "<html><body class='news'><p>A story.</p></body></html>"


def test_one_long_attribute_is_left_whole_whatever_it_holds() -> None:
    words = "word one=two " * 5_000
    for page in (
        f"<html><body><div data-state='{words}'><p>A story.</p></div></body></html>",
        f'<html><body><div data-state="{words} > {words}"><p>A story.</p></div></body></html>',
    ):
        assert uncrowded(page) == page


def test_a_page_with_eighty_thousand_attributes_is_read_in_seconds() -> None:
    attributes = " ".join(f'data-a{number}="{number}"' for number in range(80_000))
    paragraph = "<p>Council members voted on Tuesday to keep the shelter open through the winter. " * 6
    body = f"<html><head><title>A story</title></head><body {attributes}><h1>A story</h1>{paragraph}"
    address = "https://daily.example/news/a-story"
    began = time.process_time()
    page = Page(
        requested_url=address, final_url=address, status=200, headers=(), body=body.encode(), fetched_at=NOW
    )
    article = extract(page, Directory())
    assert not isinstance(article, NotAnArticle)
    assert article.headline == "A story"
    assert time.process_time() - began < 5


def test_attributes_without_values_are_a_crowd_too() -> None:
    names = " ".join(f"a{number}" for number in range(20_000))
    assert uncrowded(f"<html><body><p {names}>A story.</p></body></html>") == (
        "<html><body><p>A story.</p></body></html>"
    )


def test_vast_pages_of_few_levels_stay_as_they_are() -> None:
    rows = "<tr><td><a href='/x'>A</a></td></tr>" * 3000
    page = f"<html><body><table>{rows}</table></body></html>"
    assert flat(page) == page


def test_what_nests_thousands_deep_is_laid_flat() -> None:
    assert "<div" not in flat("<html><body>" + "<div>" * 5000 + "A story.").lower()
    assert "<div" not in flat("<html><body>" + "<DIV>" * 2500 + "<div>" * 2500 + "A story.").lower()
