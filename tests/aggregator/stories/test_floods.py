"""Floods, chains and hundreds of carriers: each placement compares few texts, and nothing runs away."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random
from types import FrameType
from typing import Any

from aggregator import stories
from aggregator.records import Story
from aggregator.stories import Constraints
from aggregator.stories.neighbourhood import NEAR
from aggregator.stories.overlap import overlap
from crawler.records import Article
from tests.aggregator.stories import press
from tests.aggregator.stories.test_order_of_arrival import Shelf

HEADLINE = "What to know before the weekend begins here"


@contextmanager
def counting() -> Iterator[list[int]]:
    """Counts how often two texts are compared."""
    count = [0]

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code is overlap.__code__:
            count[0] += 1

    sys.setprofile(watch)
    try:
        yield count
    finally:
        sys.setprofile(None)


def placed(articles: Iterable[Article], watched: int) -> tuple[tuple[Story, ...], int]:
    """The stories after all arrived, and the most comparisons that one of the last arrivals cost."""
    shelf, worst = Shelf(Constraints()), 0
    sketches = [stories.sketch(article) for article in articles]
    for sketch in sketches[:-watched]:
        shelf.take_in(sketch)
    for sketch in sketches[-watched:]:
        with counting() as count:
            shelf.take_in(sketch)
        worst = max(worst, count[0])
    return shelf.stories(), worst


def worst_among(flood: list[Article]) -> int:
    """The most comparisons that one of the last arrivals cost; nothing is one story with another."""
    shelf, worst = Shelf(Constraints()), 0
    sketches = [stories.sketch(article) for article in flood]
    for sketch in sketches:
        shelf.keep(sketch)
    for sketch in sketches[-3:]:
        with counting() as count:
            (story,) = stories.place(sketch, shelf, Constraints())
        assert len(story.members) == 1
        worst = max(worst, count[0])
    return worst


def members(found: Iterable[Story]) -> set[frozenset[str]]:
    return {frozenset(member.article_key for member in story.members) for story in found}


def carriers(number: int) -> list[Article]:
    """A wire story at so many outlets: whole or cut, two headlines, with and without a station's text."""
    chance = Random(5)
    return [
        press.article(
            f"https://carrier{order}.example/story/{order}-cities",
            chance.choice(("Sanctuary cities huddle in New York", "Cities compare notes in Manhattan")),
            press.WIRE_STORY[: chance.choice((6, 6, 6, 4, 2, 3))] + press.STATION[: order % 2],
            outlet=f"Carrier {order}",
            wire="Associated Press" if order % 2 else None,
            day=f"2017-03-{27 + order % 2}",
        )
        for order in range(number)
    ]


def test_copies_go_on_attaching_to_a_story_that_hundreds_carry() -> None:
    flock = carriers(stories.MOST_HOLDERS + 10)
    found, worst = placed(flock, watched=3)
    assert members(found) == {frozenset(article.key for article in flock)}
    assert worst <= stories.MET + 1


def test_a_large_story_has_the_same_members_whether_placed_or_grouped() -> None:
    flock = carriers(3 * stories.MOST_MEMBERS)
    found, _ = placed(flock, watched=1)
    assert members(found) == members(stories.group(map(stories.sketch, flock)))
    assert len(found) == 1


def test_the_wires_own_page_that_comes_late_becomes_the_original_of_a_large_story() -> None:
    flock = carriers(stories.MOST_MEMBERS + 10)
    own = press.article(
        "https://apnews.example/late", "Cities huddle", press.WIRE_STORY, outlet="Associated Press"
    )
    ((story,), _) = placed([*flock, own], watched=1)
    assert (story.shown, story.shown_because) == (own.key, "the wire's own page")
    (original,) = (member for member in story.members if member.relation == "original")
    assert original.article_key == own.key


def test_people_can_keep_a_copy_out_of_a_large_story() -> None:
    flock = carriers(stories.MOST_MEMBERS + 10)
    last = flock[-1].key
    shelf = Shelf(Constraints(apart=(frozenset({last, flock[0].key}),)))
    for article in flock:
        shelf.take_in(stories.sketch(article))
    assert frozenset({last}) in members(shelf.stories())


def test_what_people_put_together_leaves_a_large_story_together() -> None:
    flock = carriers(stories.MOST_MEMBERS + 10)
    first, fellow, last = flock[0].key, flock[5].key, flock[-1].key
    wished = Constraints(together=(frozenset({last, fellow}),), apart=(frozenset({last, first}),))
    shelf = Shelf(wished)
    for article in flock:
        shelf.take_in(stories.sketch(article))
    assert frozenset({last, fellow}) in members(shelf.stories())
    assert frozenset({last, fellow}) in members(stories.group(map(stories.sketch, flock), wished))


def words(chance: Random, number: int) -> str:
    return " ".join("".join(chance.choices("abcdeilmnorstu", k=6)) for _ in range(number))


def test_a_chain_in_which_each_text_shares_most_with_the_next_makes_no_giant_story() -> None:
    chance = Random(5)
    text = [words(chance, 15) + "." for _ in range(20)]
    chain = []
    for order in range(40):
        url = f"https://outlet{order}.example/news/link-{order}"
        chain.append(press.article(url, words(chance, 7), tuple(text), outlet=f"Outlet {order}"))
        text = [*text[4:], *(words(chance, 15) + "." for _ in range(4))]
    found, worst = placed(chain, watched=3)
    assert max(len(story.members) for story in found) <= 6
    assert worst <= NEAR.compared // 4


def test_pages_without_text_under_one_headline_are_no_story() -> None:
    pages = [
        press.article(f"https://outlet{order}.example/stub-{order}", HEADLINE, (), outlet=f"Outlet {order}")
        for order in range(stories.MOST_HOLDERS + 5)
    ]
    assert worst_among(pages) <= 2 * stories.MET
    assert len(stories.group(map(stories.sketch, pages))) == len(pages)


def test_many_texts_under_one_headline_cost_few_comparisons_each() -> None:
    chance = Random(7)
    flood = [
        press.article(
            f"https://outlet{order}.example/briefing-{order}",
            HEADLINE,
            tuple(words(chance, 15) + "." for _ in range(5)),
            outlet=f"Outlet {order}",
        )
        for order in range(stories.MOST_HOLDERS + 5)
    ]
    assert worst_among(flood) <= 2 * stories.MET
