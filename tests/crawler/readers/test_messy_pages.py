# ruff: noqa: E501 - pages as they are
"""Front pages, section pages and robots.txt as sites write them: what leads to news is found, and nothing else."""

from datetime import UTC, datetime

import pytest

from crawler.readers.places import find_places, find_sitemaps
from crawler.records import Page, SourceKind
from tests.crawler.readers.pages import read

DATED = "/2017/03/{}/council-votes/"


def teasers(address: str = DATED, words: str = "Council votes to keep the shelter {}") -> str:
    return "".join(
        f'<div><h2><a href="{address.format(number)}">{words.format(number)}</a></h2></div>'
        for number in range(11, 15)
    )


def found(markup: str, head: str = "") -> list[str]:
    body = f"<!doctype html><html><head>{head}</head><body>{markup}</body></html>"
    reading = read(body, SourceKind.SECTION, "https://daily.example/news/", "text/html; charset=utf-8")
    return [lead.url for lead in reading.leads]


def addresses(form: str = DATED) -> list[str]:
    return [f"https://daily.example{form.format(number)}" for number in range(11, 15)]


@pytest.mark.parametrize(
    ("base", "form"),
    [("https://daily.example/", "/news/{}000.html"), ("/archive/", "/archive/news/{}000.html")],
)
def test_links_are_relative_to_the_base_that_a_page_names(base: str, form: str) -> None:
    assert found(teasers("news/{}000.html"), f'<base href="{base}">') == addresses(form)


@pytest.mark.parametrize(
    "wrapper",
    [
        '<div id="page" class="site has-menu no-comments">{}</div>',
        '<div class="with-footer share-bar"><main>{}</main></div>',
        '<form id="aspnetForm" method="post">{}<footer>The Daily</footer></form>',
    ],
    ids=["what it has", "holds the main part", "ASP.NET"],
)
def test_what_holds_the_whole_page_is_no_furniture(wrapper: str) -> None:
    assert found(wrapper.format(teasers())) == addresses()


@pytest.mark.parametrize("name", ["menu", "footer-links", "newsletter", "site-nav"])
def test_what_is_named_as_furniture_stays_furniture(name: str) -> None:
    assert found(f'<div class="{name}">{teasers()}</div>') == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("/articles/ASS{}M7VK.html", "市議会がシェルター維持を可決、市長は再考を求める{}"),
        ("/news/articles/c{}nnvk3e5xo", "Council votes to keep the shelter {}"),
        ("/index.php?option=article&id={}", "Council votes to keep the shelter {}"),
        ("/topics/politics/council-votes-to-keep-shelter-{}", "Votes {}"),
        ("/news/live/council-votes-to-keep-shelter-{}", "Votes {}"),
    ],
    ids=["no blanks", "no slug", "numbered", "on a shelf", "live"],
)
def test_articles_are_found_whatever_their_addresses_look_like(form: str, words: str) -> None:
    assert found(teasers(form, words)) == addresses(form)


@pytest.mark.parametrize(
    "form", ["/themen/wohnen-{}/", "/autoren/jo-park-and-all-others-{}/", "/temas/ciudad-{}"]
)
def test_what_is_on_a_shelf_without_many_words_is_no_article(form: str) -> None:
    assert found(teasers(form)) == []


def front_page(markup: str) -> list[tuple[SourceKind, str]]:
    url = "https://daily.example/"
    page = Page(
        requested_url=url,
        final_url=url,
        status=200,
        headers=(),
        body=f"<html><body>{markup}</body></html>".encode(),
        fetched_at=datetime(2017, 3, 30, tzinfo=UTC),
    )
    return [(place.kind, place.url) for place in find_places(page)]


@pytest.mark.parametrize(
    "navigation",
    ["<nav>{}</nav>", '<div role="navigation">{}</div>', '<ul id="menu-main">{}</ul>', "<header>{}</header>"],
)
def test_sections_are_found_in_whatever_is_the_navigation(navigation: str) -> None:
    links = '<a href="/">Home</a><a href="/index.html">Home</a><a href="/politik/">P</a><a href="/lokales.html">L</a>'
    assert front_page(navigation.format(links)) == [
        (SourceKind.SECTION, "https://daily.example/politik/"),
        (SourceKind.SECTION, "https://daily.example/lokales.html"),
    ]


def test_what_is_no_section_is_none_in_any_language() -> None:
    others = "impressum datenschutz/ kontakt abo/ anmelden themen/ topics contacto suscripciones aviso-legal"
    others += " mentions-legales qui-sommes-nous contatti chi-siamo assine quem-somos over-ons"
    links = "".join(f'<a href="/{path}">{path}</a>' for path in others.split())
    assert front_page(f"<nav>{links}</nav>") == []


def test_the_first_line_of_robots_txt_counts_even_behind_a_byte_order_mark() -> None:
    url = "https://daily.example/robots.txt"
    page = Page(
        requested_url=url,
        final_url=url,
        status=200,
        headers=(),
        body=b"\xef\xbb\xbfSitemap: https://daily.example/sitemap.xml",
        fetched_at=datetime(2017, 3, 30, tzinfo=UTC),
    )
    assert [place.url for place in find_sitemaps(page)] == ["https://daily.example/sitemap.xml"]


def test_a_feed_that_is_linked_for_feed_readers_is_found() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="feed:https://daily.example/rss">'
    assert front_page(link) == [(SourceKind.FEED, "https://daily.example/rss")]
