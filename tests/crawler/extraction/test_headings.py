"""Which heading is the headline where the site's own name, slogan or section is a heading too."""

import pytest

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article
from tests.crawler.extraction.test_certainty import page

HEADLINE = "Ferry fares rise by a fifth"
PROSE = "<p>The harbour board said so after a long night, and that it had no other way to pay. </p>" * 5


def headline(title: str, body: str) -> str:
    article = extract(page(f"<title>{title}</title>", body + PROSE), Directory(()))
    assert isinstance(article, Article)
    return article.headline


@pytest.mark.parametrize(
    "site",
    [
        "<h1><a href='/'>All the news from the coast since 1887</a></h1>",
        "<h1><a href='https://www.coastnews.example'>Harbour, islands, fishermen, weather</a></h1>",
        "<a href='/index.html'><h1>All the news from the coast since 1887</h1></a>",
    ],
)
def test_a_heading_that_leads_to_the_front_page_is_no_headline(site: str) -> None:
    assert headline(f"Coast News » {HEADLINE}", f"{site}<h2>{HEADLINE}</h2>") == HEADLINE


def test_nor_is_it_where_the_page_has_no_other_heading() -> None:
    assert headline(HEADLINE, "<h1><a href='/'>All the news from the coast since 1887</a></h1>") == HEADLINE


def test_a_headline_that_leads_to_its_own_page_is_one() -> None:
    body = f"<h1><a href='/ferry-fares-rise'>{HEADLINE}</a></h1>"
    assert headline(f"{HEADLINE} | Coast News", body) == HEADLINE


def test_a_section_above_the_headline_is_none_where_the_title_bears_another_heading_out() -> None:
    assert headline(HEADLINE, f"<h1>Information and Service</h1><h2>{HEADLINE}</h2>") == HEADLINE


def test_hints_where_a_line_may_break_are_not_part_of_a_headline() -> None:
    shown = "Ferry&shy;fares rise by&#8203; a fifth"
    assert headline(f"{HEADLINE} | Coast News", f"<h1>{shown}</h1>") == "Ferryfares rise by a fifth"


def test_the_time_that_reading_takes_is_none_of_it() -> None:
    assert headline(f"{HEADLINE} | Coast News", f"<h1>{HEADLINE}<span>3 min read</span></h1>") == HEADLINE
