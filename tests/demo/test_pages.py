"""Pages, structured data and ordinary stories are what their outlets' settings say."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from lxml import html as lxml_html

from demo.pages import TEMPLATES, article_page, section_page, visible_date
from demo.pieces import Masthead, Piece
from demo.sample import editions
from demo.structured import SHAPES, json_ld

PIECE = Piece(
    path="/news/1",
    headline="‘Ferry & sons’: a family’s boat returns",
    published=datetime(2017, 3, 28, 0, 15, tzinfo=timezone(timedelta(0))),
    body=("First.", "Second.", "## Under", "> Quoted", "! Pictured", "~ Promoted", "Last."),
    summary="A boat that was sold in 1961 is back, and the grandchildren sail it.",
    author="Ada Quill",
    related=("Other story",),
    comments=("Nice boat.",),
    tags=("Boats",),
)
HERALD = Masthead(host="herald.example", name="Herald", title_suffix=" | Herald")
LAYOUTS = sorted(path.stem for path in TEMPLATES.glob("*.html") if path.stem not in ("head", "section"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_headline_body_and_furniture(layout: str) -> None:
    text = article_page(PIECE, replace(HERALD, layout=layout))
    words = " ".join(str(lxml_html.fromstring(text).xpath("string()")).split())
    for shown in (PIECE.headline, "First.", "Last.", "Under", "Promoted", "Other story"):
        assert shown in words


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - {"broken", "entities"}))
def test_structured_data_is_json_and_tells_headline_and_date(shape: str) -> None:
    text = json_ld(PIECE, replace(HERALD, metadata=shape), "http://herald.example/news/1")
    assert json.loads(text)
    assert PIECE.headline in json.dumps(json.loads(text), ensure_ascii=False)
    assert PIECE.published.isoformat() in text


def test_broken_structured_data_is_broken_and_entities_are_escaped_twice() -> None:
    url = "http://herald.example/news/1"
    with pytest.raises(json.JSONDecodeError):
        json.loads(json_ld(PIECE, replace(HERALD, metadata="broken"), url))
    assert "&lsquo;Ferry &amp; sons&#8217;" in json_ld(PIECE, replace(HERALD, metadata="entities"), url)


def test_structured_data_cannot_close_its_script() -> None:
    piece = replace(PIECE, headline="</script><b>x")
    assert "</script>" not in json_ld(piece, replace(HERALD, metadata="plain"), "u")


def test_the_visible_date_is_on_the_outlets_own_clock_and_in_its_language() -> None:
    assert visible_date(PIECE, HERALD) == "March 27, 2017, 8:15 PM ET"
    spanish = replace(HERALD, language="es", dateline="d 'de' MMMM 'de' yyyy")
    assert visible_date(PIECE, spanish) == "27 de marzo de 2017"


def test_behind_a_paywall_only_the_opening_is_on_the_page() -> None:
    text = article_page(replace(PIECE, paywall=True), HERALD)
    assert "Second." in text and "Last." not in text and '"isAccessibleForFree": false' in text


def test_a_page_may_name_the_front_page_as_canonical() -> None:
    page = lxml_html.fromstring(article_page(PIECE, replace(HERALD, canonical_is_home=True)))
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://herald.example/"]


def test_a_section_page_links_to_articles_among_other_things() -> None:
    page = lxml_html.fromstring(section_page(HERALD, (PIECE,), "news"))
    links = page.xpath("//a/@href")
    assert isinstance(links, list)
    assert {"/news/1", "/about", "javascript:void(0)", "/news/1#comments"} <= {str(link) for link in links}


def test_ordinary_stories_are_fully_written_out() -> None:
    for edition in editions():
        for piece in edition.ordinary:
            text = " ".join((piece.headline, piece.summary, *piece.body))
            assert not re.search(r"[\[\]{}|]", text), text
            assert 5 <= len(piece.body) <= 12
