"""Markup that chokes parsers is cut down, any other is left as it is."""

import time

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import NotAnArticle, Page
from crawler.text.crowds import uncrowded
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
