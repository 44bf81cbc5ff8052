"""A page that goes on with the next story: only its own article is its text, the others are furniture."""

from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, Zone
from tests.crawler.extraction.test_certainty import page

OWN = "The harbour board raised the fares of the evening ferry by a fifth after a night of debate. "
NEXT = "The museum of the old lighthouse opens its doors again in spring after four years of repairs. "
HEAD = "<title>Ferry fares rise by a fifth - Coast News</title>"


def story(headline: str, sentence: str, *, tag: str = "article") -> str:
    return f"<{tag}><header><h2>{headline}</h2></header>{f'<p>{sentence * 2}</p>' * 4}</{tag}>"


def read(body: str) -> Article:
    article = extract(page(HEAD, body), Directory(()))
    assert isinstance(article, Article)
    return article


def test_the_next_story_on_a_page_is_none_of_its_text() -> None:
    article = read(story("Ferry fares rise by a fifth", OWN) + story("Lighthouse opens again", NEXT) * 2)
    assert OWN.strip() in article.text
    assert "lighthouse" not in article.text
    zones = {part.zone for part in article.parts if "lighthouse" in part.text}
    assert zones == {Zone.FURNITURE}


def test_a_quotation_in_the_next_story_is_furniture_too() -> None:
    quoting = (
        f"<article><h2>Lighthouse opens again</h2><blockquote>{NEXT}</blockquote><p>{NEXT * 5}</p></article>"
    )
    article = read(story("Ferry fares rise by a fifth", OWN) + quoting)
    assert {part.zone for part in article.parts if "lighthouse" in part.text} == {Zone.FURNITURE}


def test_the_entries_of_a_live_report_are_its_text() -> None:
    entries = story("9:40 pm", OWN) + story("9:10 pm", NEXT)
    article = read(f"<main><h1>Ferry fares rise by a fifth</h1>{entries}</main>")
    assert "harbour board" in article.text
    assert "lighthouse" in article.text


def test_an_article_within_the_article_belongs_to_it() -> None:
    inner = f"<article>{f'<p>{NEXT * 2}</p>' * 3}</article>"
    article = read(f"<article><h1>Ferry fares rise by a fifth</h1>{f'<p>{OWN * 2}</p>' * 3}{inner}</article>")
    assert "harbour board" in article.text
    assert "lighthouse" in article.text


def test_an_article_of_the_headline_alone_leaves_the_text_where_it_stands() -> None:
    text = f"<article>{f'<p>{OWN * 2}</p>' * 4}</article>"
    article = read(f"<article><h1>Ferry fares rise by a fifth</h1></article>{text}")
    assert "harbour board" in article.text
