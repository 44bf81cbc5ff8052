"""How a story is told: its id, the relations and reasons of its members, and which one is shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator import stories
from aggregator.records import Relation, Story
from crawler import urls
from crawler.records import Article, Moment, Precision
from tests.aggregator.stories import press


def story_of(*articles: Article) -> Story:
    (story,) = stories.group(stories.sketch(article) for article in articles)
    return story


def carrier(number: int, *, wire: str | None = "Associated Press", day: str = "2017-03-28") -> Article:
    url = f"https://carrier{number}.example/story/{number}-cities"
    return press.article(
        url,
        f"Headline {number} of a carrier",
        press.WIRE_STORY,
        outlet=f"Carrier {number}",
        wire=wire,
        day=day,
    )


def test_carriers_of_a_wire_whose_own_page_was_not_seen_have_no_original() -> None:
    story = story_of(carrier(1), carrier(2), carrier(3))
    assert {member.relation for member in story.members} == {Relation.COPY}
    assert (
        story.shown_because == "nearest to the wire's text on the first day; the wire's own page was not seen"
    )


def test_of_carriers_the_one_nearest_to_the_wires_text_is_shown() -> None:
    """Cut, with a station's text around it, whole; and whole, but a day later."""
    told = [carrier(number) for number in (1, 2, 3)] + [carrier(4, day="2017-03-29")]
    texts = [press.WIRE_STORY[:4], (*press.STATION, *press.WIRE_STORY), press.WIRE_STORY, press.WIRE_STORY]
    cut, framed, whole, late = (
        replace(article, text="\n\n".join(text)) for article, text in zip(told, texts, strict=True)
    )
    assert story_of(cut, framed, whole, late).shown == whole.key
    assert story_of(cut, framed, late).shown == framed.key
    assert story_of(cut, late).shown == cut.key


def test_the_wires_own_page_is_the_original_even_when_it_comes_late() -> None:
    own = press.article(
        "https://apnews.example/9",
        "Cities compare notes",
        press.WIRE_STORY,
        outlet="AP News",
        wire="AP",
        day="2017-03-29",
    )
    story = story_of(carrier(1), own, carrier(2))
    assert story.shown == own.key
    assert [member.relation for member in story.members] == [Relation.COPY, Relation.COPY, Relation.ORIGINAL]


def test_the_first_page_without_a_credit_is_the_original() -> None:
    first = carrier(1, wire=None, day="2017-03-27")
    story = story_of(carrier(2), first)
    assert (story.shown, story.shown_because) == (first.key, "the earliest, and credits no wire")


def test_a_page_that_knows_only_its_day_is_not_earlier_than_all_others_of_that_day() -> None:
    morning = replace(carrier(1, wire=None), published=Moment(instant=datetime(2017, 3, 28, 8, tzinfo=UTC)))
    midnight = Moment(instant=datetime(2017, 3, 28, tzinfo=UTC), precision=Precision.DAY)
    assert story_of(replace(carrier(2, wire=None), published=midnight), morning).shown == morning.key


def test_a_new_version_of_a_page_is_an_update() -> None:
    first = press.article(
        "https://a.example/news/1-cities", "Cities compare notes", press.WIRE_STORY[:4], outlet="A"
    )
    later = press.article(
        "https://a.example/news/2-cities",
        "Cities compare notes on Monday",
        press.WIRE_STORY,
        outlet="A",
        day="2017-03-29",
    )
    story = story_of(later, first)
    assert [member.relation for member in story.members] == [Relation.ORIGINAL, Relation.UPDATE]
    assert "whole sentences in common" in story.members[1].reason


def test_an_amp_page_is_the_same_page() -> None:
    page = press.article("https://a.example/news/1-cities-meet", "Cities meet", press.NBC_STORY, outlet="A")
    amp = press.article("https://a.example/amp/story-id-771", "Cities", press.NBC_STORY[:1], outlet="A")
    known = [stories.sketch(page), stories.sketch(replace(amp, canonical_url=page.url))]
    (story,) = stories.group(known)
    assert {member.relation for member in story.members} == {Relation.ORIGINAL, Relation.SAME_PAGE}


def test_a_canonical_address_on_another_site_is_no_evidence() -> None:
    one = press.article("https://a.example/news/1-cities-meet", "Cities meet", press.NBC_STORY, outlet="A")
    other = press.article("https://b.example/news/2-other", "Another matter", press.CNN_STORY, outlet="B")
    assert (
        len(stories.group([stories.sketch(one), stories.sketch(replace(other, canonical_url=one.url))])) == 2
    )


@pytest.mark.parametrize("path", ["", "city-news"])
def test_pages_without_text_are_not_one_by_a_front_page_or_a_section_that_both_declare(path: str) -> None:
    site = "https://press24.example/"
    pieces = [
        press.article(f"{site}city-news/{number}-piece", headline, (), outlet="A")
        for number, headline in enumerate(("Flood closes the old bridge", "Ferry owners count their losses"))
    ]
    known = [stories.sketch(replace(piece, canonical_url=site + path)) for piece in pieces]
    assert len(stories.group(known)) == 2


@pytest.mark.parametrize("address", ["https://a.example/city-news/", "https://a.example/read.php?page=main"])
def test_an_address_that_a_site_declares_for_all_its_pieces_is_no_evidence(address: str) -> None:
    texts = (press.WIRE_STORY, press.CNN_STORY, press.NBC_STORY)
    headlines = ("Officials compare notes on deportation", "Mayors gather", "They cannot hide, they say")
    pieces = [
        press.article(f"https://a.example/city-news/{number}-piece", headline, text, outlet="A")
        for number, (headline, text) in enumerate(zip(headlines, texts, strict=True))
    ]
    known = [stories.sketch(replace(piece, urls=(piece.url, address))) for piece in pieces]
    assert len(stories.group(known)) == 3


@pytest.mark.parametrize("above", ["https://a.example/cities-meet-in-new-york", "https://a.example/n/70632"])
def test_an_address_above_that_has_a_headline_or_a_number_in_it_is_the_pages_own(above: str) -> None:
    page = press.article(f"{above}/second-part", "Cities, 2", press.CNN_STORY, outlet="A")
    assert urls.key(above) in stories.sketch(replace(page, canonical_url=above)).pages


def test_the_id_of_a_story_stays_while_later_articles_join() -> None:
    alone = story_of(carrier(1, day="2017-03-27"))
    assert story_of(carrier(1, day="2017-03-27"), carrier(2), carrier(3)).id == alone.id
