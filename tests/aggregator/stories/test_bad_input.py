"""Texts that are no articles: they are sketched, they stand alone, and they cost little."""

import time
from dataclasses import replace
from random import Random

import pytest

from aggregator import stories
from tests.aggregator.stories import press

PLAIN = press.article("https://a.example/plain", "A plain headline of six words", press.CNN_STORY, outlet="A")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "word " * 200_000,
        "x" * 1_000_000,
        "\n\n\n",
        "...!!!???",
        "5 % % 5",
        "“" * 500,
        "\x00\x01\x02 \ud7ff",
    ],
    ids=[
        "empty",
        "one word",
        "one repeated word",
        "one endless word",
        "blank",
        "marks",
        "numbers",
        "quotes",
        "control",
    ],
)
def test_odd_texts_are_sketched_and_stand_alone(text: str) -> None:
    odd = [
        replace(
            PLAIN,
            key=f"odd{order}.example",
            url=f"https://odd{order}.example/",
            canonical_url=f"https://odd{order}.example/",
            text=text,
            outlet=f"O{order}",
            headline=f"{order} and nothing else",
        )
        for order in range(3)
    ]
    found = stories.group([stories.sketch(article) for article in (PLAIN, *odd)])
    assert len(found) == 4


def test_a_text_of_a_megabyte_costs_no_more_than_an_article() -> None:
    huge = replace(PLAIN, text="\n\n".join(press.CNN_STORY * 1_000))
    started = time.process_time()
    sketch = stories.sketch(huge)
    assert time.process_time() - started < 0.5
    assert len(sketch.words) <= 4 * 3_000


def test_articles_without_a_headline_or_a_date_or_from_the_far_future_are_grouped_by_their_texts() -> None:
    bare = [
        press.article("https://b.example/1", "", press.CNN_STORY, outlet="B", day=None),
        press.article("https://c.example/2", "", press.CNN_STORY, outlet="C", day=None),
        press.article("https://d.example/3", "", press.CNN_STORY, outlet="D", day="2099-01-01"),
    ]
    found = stories.group([stories.sketch(article) for article in bare])
    assert sorted(len(story.members) for story in found) in ([3], [1, 2])


def test_thousands_of_articles_under_one_headline_make_no_giant_story_and_no_long_wait() -> None:
    chance = Random(7)
    vocabulary = ["".join(chance.choices("abcdeilmnorstu", k=6)) for _ in range(5_000)]
    flood = [
        stories.sketch(
            press.article(
                f"https://outlet{number}.example/briefing",
                "What to know before the weekend begins here",
                tuple(" ".join(chance.choices(vocabulary, k=15)) + "." for _ in range(4)),
                outlet=f"Outlet {number}",
            )
        )
        for number in range(3_000)
    ]
    started = time.process_time()
    found = stories.group(flood)
    # Comparing each with each would take minutes.
    assert time.process_time() - started < 20
    assert max(len(story.members) for story in found) == 1


def test_a_story_that_hundreds_carry_is_one_story() -> None:
    carriers = [
        press.article(
            f"https://carrier{number}.example/story/cities-{number}",
            "Sanctuary cities huddle in New York",
            press.WIRE_STORY,
            outlet=f"Carrier {number}",
            wire="Associated Press",
        )
        for number in range(stories.MOST_HOLDERS + 50)
    ]
    (story,) = stories.group(stories.sketch(article) for article in carriers)
    assert len(story.members) == stories.MOST_HOLDERS + 50
