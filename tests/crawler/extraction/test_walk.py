"""The one walk over a tree: kinds as CSS finds them, blocks with their place, months as CLDR has them."""

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler import calendars
from crawler.extraction import vocabulary
from crawler.extraction.kinds import KINDS
from crawler.extraction.walk import BARE_TAGS, Block, Walk
from crawler.records import Zone
from tools.make_months import TARGET, months_in

PAGES = sorted((Path(__file__).parent / "golden").glob("*.html"))


def walk(body: str) -> Walk:
    return Walk(LexborHTMLParser(f"<html><body>{body}</body></html>"))


def only(body: str) -> Block:
    (block,) = walk(body).blocks
    return block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.parametrize("kind", KINDS)
def test_the_walk_finds_the_elements_that_the_vocabularys_selectors_name(page: Path, kind: str) -> None:
    tree = LexborHTMLParser(page.read_text(encoding="utf-8", errors="replace"))
    named = {node.mem_id for node in tree.css(vocabulary.selector(kind)) if node.tag not in BARE_TAGS}
    assert {node.mem_id for node in Walk(tree).by_kind[kind]} == named


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<div class='Post-TITLE__x page-title'>A</div>", "headings"),
        ("<b itemprop='other Headline'>A</b>", "headings"),
        ("<span id='main-headline'>A</span>", "headings"),
        ("<abbr title='2024-02-06'>yesterday</abbr>", "dated_elements"),
        ("<a rel='nofollow AUTHOR'>A</a>", "rel_author"),
        ("<i class='vcard fn'>A</i>", "author_class"),
    ],
)
def test_selectors_are_read_without_regard_to_case_and_word_by_word(markup: str, kind: str) -> None:
    assert len(walk(markup).by_kind[kind]) == 1


@pytest.mark.parametrize("markup", ["<abbr>A</abbr>", "<i class='fn2'>A</i>", "<b rel='authors'>A</b>"])
def test_part_of_a_word_is_not_the_word(markup: str) -> None:
    assert not any(walk(markup).by_kind.values())


@pytest.mark.parametrize(
    ("around", "zone"),
    [
        ("<blockquote>{}</blockquote>", Zone.QUOTE),
        ("<aside><blockquote>{}</blockquote></aside>", Zone.QUOTE),
        ("<div class='twitter-tweet'><blockquote>{}</blockquote></div>", Zone.EMBEDDED),
        ("<aside><div class='pull-quote'>{}</div></aside>", Zone.QUOTE),
        ("<form>{}</form>", Zone.FURNITURE),
        ("<nav class='caption'>{}</nav>", Zone.CAPTION),
        ("<div>{}</div>", None),
    ],
)
def test_the_innermost_zone_counts(around: str, zone: Zone | None) -> None:
    assert only(around.format("<p>Words</p>")).place.zone is zone


@pytest.mark.parametrize(
    "around",
    [
        "<p hidden>",
        "<p aria-hidden='true'>",
        "<p style='color:red; DISPLAY : none'>",
        "<p class='x Sr-Only'>",
    ],
)
def test_what_is_hidden_is_known_to_be(around: str) -> None:
    assert only(f"{around}Words</p>").place.hidden


@pytest.mark.parametrize(
    ("name", "aside"),
    [
        (
            "post-7 post type-post status-publish format-standard hentry category-top-stories tag-comments",
            False,
        ),
        ("type-post status-publish has-comments", False),
        ("teaser post-7 post type-post status-publish hentry", True),
        ("status-bar comments", True),
        ("menu-item menu-item-type-post_type", True),
    ],
)
def test_what_wordpress_adds_to_a_posts_class_tells_no_place(name: str, aside: bool) -> None:
    assert only(f"<article class='{name}'><p>Words</p></article>").place.aside is aside


@pytest.mark.parametrize(
    "around",
    [
        "<div class='has-sidebar'>",
        "<div class='page no-sidebar'>",
        "<main class='has-left-sidebar main'>",
        "<div class='content-sidebar-wrap'>",
        "<div class='st-sidebar__main'>",
        "<div class='u-overflow-hidden'>",
        "<div class='overflow-x-hidden'>",
        "<div class='elementor-widget-container'>",
        "<div class='field field--name-body field--label-hidden'>",
        "<article class='node node--promoted'>",
        "<div class='widget Blog' id='Blog1'>",
        "<div hidden id='S:1a'>",
        "<form id='aspnetForm'>",
        "<div class='paywall'>",
        "<div class='entry-content entry-content-read-more'>",
        "<div class='article-body__content sticky-sidebar-relative'>",
        "<section class='content-area category-latest tag-comments'>",
    ],
)
def test_what_holds_the_article_is_no_furniture(around: str) -> None:
    place = only(f"{around}<p>Words</p>").place
    assert (place.aside, place.hidden, place.zone) == (False, False, None)


@pytest.mark.parametrize(
    "around",
    [
        "<div class='sidebar'>",
        "<div class='right-sidebar'>",
        "<div class='sidebar-right'>",
        "<div class='widget widget_text'>",
        "<div class='article-body-related'>",
        "<div class='promo-box'>",
        "<div class='tags'>",
        "<form id='search'>",
    ],
)
def test_what_stands_beside_it_is(around: str) -> None:
    assert only(f"{around}<p>Words</p>").place.aside


@pytest.mark.parametrize(
    "part", ["a_", "article-body_content_", "entry-content ", "category-tag- ", "-", "x-article-"]
)
def test_a_label_of_any_make_is_read_at_once(part: str) -> None:
    """Patterns that may be read in many ways would take years for these."""
    assert len(walk(f"<div class='sidebar {part * 400}!'><p>Words</p></div>").blocks) == 1


@pytest.mark.parametrize("around", ["<div hidden id='Subscribe'>", "<div class='entry-content is-hidden'>"])
def test_what_is_hidden_stays_hidden(around: str) -> None:
    assert only(f"{around}<p>Words</p>").place.hidden


@pytest.mark.parametrize("name", ["hide-scrollbar", "hidden-xs", "hidden md:block"])
def test_what_hides_from_one_screen_or_something_else_is_not_hidden(name: str) -> None:
    assert not only(f"<p class='{name}'>Words</p>").place.hidden


def test_inline_elements_do_not_part_a_word_and_breaks_do() -> None:
    block = only("<p><b>S</b>anctuary, he s\u00adaid.<br>Second <i>line</i></p>")
    assert block.paragraphs == ["Sanctuary, he said.", "Second line"]


def test_a_block_within_a_block_parts_the_words_around_it() -> None:
    outer, inner = walk("<div>Before<p>within</p>after</div>").blocks
    assert (outer.paragraphs, inner.paragraphs) == (["Before", "after"], ["within"])


def test_words_in_links_are_counted() -> None:
    assert only("<p>Read <a href='/x'><b>this</b></a> too</p>").linked == 4


def test_an_address_is_nothing_to_read() -> None:
    assert only(f"<p>https://outlet.example/{'a' * 40}</p>").length == 0


@pytest.mark.parametrize("language", ["de", "fa", "th", "zh", "cy", "sr"])
def test_month_names_are_those_of_cldr(language: str) -> None:
    kept = json.loads(TARGET.read_text(encoding="utf-8"))
    assert kept[language] == months_in(language)
    assert set(calendars.months_of(language).values()) == set(range(1, 13))
