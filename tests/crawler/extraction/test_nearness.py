"""The date of the next story is not the article's own."""

import pytest

from crawler.extraction import extract
from crawler.extraction.document import Document
from crawler.extraction.nearness import is_beside_another_headline
from crawler.extraction.wording import fold
from crawler.outlets import Directory
from crawler.records import Article
from tests.crawler.extraction.test_certainty import page

HEADLINE = "Ferry fares rise by a fifth"
TEASER = (
    "<li><a href='/other'>Lighthouse opens again after repairs</a> <span class='post-date'>{}</span></li>"
)
PROSE = (
    "<p>The harbour board said on 27 September 2016 that it had no other way to pay for the fuel. </p>" * 3
)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (TEASER.format("9 March 2019"), True),
        ("<article><a href=x>Lighthouse opens again soon</a><p class=post-date>9.3.2019</p></article>", True),
        (f"<div><a href=x>{HEADLINE}</a> <span class='post-date'>9 March 2019</span></div>", False),
        ("<div><a href=x>Harbour</a> <span class='post-date'>9 March 2019</span></div>", False),
        ("<div><span class='post-date'>9 March 2019</span></div>", False),
        ("<p class='post-date'>9 March 2019</p>", False),
    ],
)  # fmt: skip
def test_a_date_beside_another_headline_is_the_others(markup: str, expected: bool) -> None:
    document = Document(page("", markup))
    node = document.tree.css_first(".post-date")
    assert node is not None
    assert is_beside_another_headline(node, fold(HEADLINE)) is expected


def test_the_dates_of_the_latest_stories_are_not_the_articles() -> None:
    latest = f"<div class='widget'><ul>{TEASER.format('09/09/2019')}{TEASER.format('05/07/2019')}</ul></div>"
    body = f"<h1>{HEADLINE}</h1>{PROSE}{latest}"
    article = extract(page(f"<title>{HEADLINE}</title>", body), Directory(()))
    assert isinstance(article, Article)
    assert article.published is None or article.published.day.year == 2016
