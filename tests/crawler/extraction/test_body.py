"""The main text off the page's own blocks: what belongs to it, what does not, and when it is not sure."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.extraction.body import Body, body_of
from crawler.extraction.document import Document
from crawler.extraction.prose import prose_of
from crawler.extraction.walk import Walk
from crawler.extraction.wording import squeeze
from crawler.records import Page, Zone

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.html"))
HEADLINE = "Council keeps the last ferry of the evening"
SENTENCES = (
    "The council voted on Tuesday to keep the last ferry of the evening, which fishermen had asked for.",
    "Its operator had wanted to end the service because too few people used it in the winter months.",
    "A petition with four thousand names was handed over before the meeting began, said its author.",
    "The harbour master told the council that the ferry is the only way home for those on late shifts.",
    "From April the fare will rise by ten cents, and the boat will leave a quarter of an hour later.",
    "The budget for it was found in the fund for roads, which had not been spent in the last two years.",
)
PARAGRAPHS = [f"<p>{sentence}</p>" for sentence in SENTENCES]
TEXT = "".join(PARAGRAPHS)
OTHERS = "Other words about other things. "
LINKED = "<li><a href=/x>Another story of ours, which is long</a></li>"


def body(markup: str) -> Body:
    return body_of(Walk(LexborHTMLParser(f"<html><body>{markup}</body></html>")).blocks, HEADLINE)


def document(markup: str) -> Document:
    url, now = "https://harbourgazette.example/ferry", datetime(2026, 1, 15, tzinfo=UTC)
    source = f"<html><body><h1>{HEADLINE}</h1>{markup}</body></html>".encode()
    return Document(
        Page(requested_url=url, final_url=url, status=200, headers=(), body=source, fetched_at=now)
    )


def test_the_short_lines_that_close_a_text_belong_to_it() -> None:
    closing = "<p>Correction: it is ten cents.</p><p>(Reuters)</p><p>Read next:</p>"
    link = "<p><a href=/x>All about ferries</a></p>"
    read = body(f"<article>{TEXT}{closing}{link}</article><p>Subscribe to our letter</p>")
    assert read.paragraphs == (*SENTENCES, "Correction: it is ten cents.", "(Reuters)")


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>{HEADLINE}</h1>{TEXT}",
        f"<p>Harbour Gazette, founded in the year of the great storm by two brothers from here</p>"
        f"<h1>{HEADLINE}</h1>{TEXT}",
        f"<nav><ul><li><a href='/'>{'News ' * 30}</a></li></ul></nav><h1>{HEADLINE}</h1>{TEXT}",
        f"<h1>{HEADLINE}</h1>{TEXT}<aside><p>{'Other words about other things. ' * 9}</p></aside>",
        f"<h1>{HEADLINE}</h1>{TEXT}<div class='comments'><p>{'I think so too, he wrote. ' * 9}</p></div>",
        f"<h1>{HEADLINE}</h1>{PARAGRAPHS[0]}<figure><figcaption>The ferry at the pier, photographed from"
        f" the lighthouse in the summer</figcaption></figure>{''.join(PARAGRAPHS[1:])}",
        f"<div class='page has sidebar'><form><h1>{HEADLINE}</h1>{TEXT}</form></div>",
        f"<h1>{HEADLINE}</h1>{TEXT}<div>The author grew up in the harbour, she says.</div>",
        f"<h1>{HEADLINE}</h1>{TEXT}<div class='author-bio'><p>She is from the harbour.</p></div>",
        f"<h1>{HEADLINE}</h1>{TEXT}<ul>{LINKED * 9}</ul>",
        f"<h1>{HEADLINE}</h1>{TEXT}<footer><p>{OTHERS * 30}</p></footer>",
        f"<div class='cookie-banner'><p>{OTHERS}</p><p>{OTHERS * 20}</p></div><h1>{HEADLINE}</h1>{TEXT}",
        f"<h1>{HEADLINE}</h1>{TEXT}" + f"<div class='comments'><p>{OTHERS * 9}</p></div>" * 9,
        f"<article class='post-7 post type-post status-publish hentry category-latest tag-comments'>"
        f"<h1>{HEADLINE}</h1>{TEXT}</article>",
        f"<h1>{HEADLINE}</h1>{TEXT}<p>Read also: <a href='/x'>Another story of ours, which is long</a></p>",
        f"<h1>{HEADLINE}</h1><p>https://harbourgazette.example/2024/02/06/council-keeps-the-ferry</p>{TEXT}",
    ],
)
def test_the_main_text_is_found_among_what_stands_around_it(markup: str) -> None:
    found = body(markup)
    assert found.paragraphs == SENTENCES
    assert found.sure


@pytest.mark.parametrize(
    "line", ["COMMENTS (2)", "3 thoughts on a ferry", "Leserkommentare", "댓글 12", "評論"]
)
def test_the_words_of_readers_are_no_part_of_it(line: str) -> None:
    said = "<p>Somebody is behind all of this, follow the money and you will find out who.</p>"
    for tag in ("h3", "div", "p", "td"):
        found = body(f"<h1>{HEADLINE}</h1>{TEXT}<{tag}>{line}</{tag}>{said}")
        assert found.paragraphs == SENTENCES


def test_a_short_paragraph_and_a_heading_within_the_text_belong_to_it() -> None:
    found = body(f"{TEXT}<h2>Next</h2><p>So it goes.</p>{TEXT.replace('Tuesday', 'Monday')}")
    assert {"Next", "So it goes."} < set(found.paragraphs)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>Short.</p>",
        f"<p>{SENTENCES[0]}</p>",
        f"<div class='modal'>{TEXT}</div><div class='sidebar'>{TEXT.replace('e', 'a')}</div>",
        "".join(f"<p>{'Wholly unrelated words stand here instead. ' * 4}</p>" for _ in range(9)),
    ],
)
def test_a_text_that_may_be_wrong_is_not_sure(markup: str) -> None:
    assert not body(markup).sure


def test_a_sure_text_is_not_read_a_second_time() -> None:
    assert prose_of(document(TEXT), HEADLINE).found_by == "the page's paragraphs"


def test_what_json_ld_tells_whole_goes_before_a_text_in_doubt() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n\n".join(SENTENCES)})
    page = f"<script type='application/ld+json'>{told}</script><p>{SENTENCES[0]}</p>"
    found = prose_of(document(page), HEADLINE)
    assert (found.found_by, found.text) == ("json-ld articleBody", "\n\n".join(SENTENCES))


def test_a_summary_in_json_ld_is_not_taken_for_the_text() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": " ".join(SENTENCES[:3])})
    page = f"<script type='application/ld+json'>{told}</script><div class='modal'>{TEXT}</div>"
    assert prose_of(document(page), HEADLINE).found_by != "json-ld articleBody"


def test_a_text_in_doubt_is_read_by_trafilatura() -> None:
    assert prose_of(document(f"<p>{SENTENCES[0]}</p>"), HEADLINE).found_by.startswith("trafilatura")


def test_every_word_of_the_page_is_in_headline_text_or_parts() -> None:
    linked = PARAGRAPHS[0].replace("ferry", "<a href=/f>ferry</a>")
    markup = (
        f"<header><p>Harbour Gazette</p></header>{TEXT}{linked}"
        "<blockquote class='twitter-tweet'>A post</blockquote><footer>Imprint</footer><p>Stray</p>"
    )
    page = document(markup)
    read = prose_of(page, HEADLINE)
    known = " ".join([HEADLINE, read.text, *(part.text for part in read.parts)])
    assert set(page.body_text.replace("ferry ,", "ferry,").split()) <= set(known.split())
    assert {Zone.LINK, Zone.EMBEDDED, Zone.FURNITURE} <= {part.zone for part in read.parts}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_nothing_that_stands_on_a_page_is_lost_to_matching(path: Path) -> None:
    page = document("")
    page = Document(replace(page.page, body=path.read_bytes()))
    read = prose_of(page, "")
    known = [squeeze(read.text), *(squeeze(part.text) for part in read.parts)]
    lost = [block.text for block in page.blocks if not any(squeeze(block.text) in each for each in known)]
    assert lost == []


def test_a_vast_page_is_not_read_a_second_time() -> None:
    page = document(f"<p>{SENTENCES[0]}</p><div class='sidebar'>{TEXT * 5000}</div>")
    read = prose_of(page, "Wholly unrelated words")
    assert read.found_by == "the page's paragraphs"
    assert read.doubt == "the page is too vast to be read a second time"
