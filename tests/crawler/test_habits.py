"""Shapes of addresses, and what their tallies come to."""

import pytest

from crawler.habits import ENOUGH, REMEMBERED, Habits, Tally, explain_shape, shape_of


def tally(articles: int, others: int) -> Tally:
    return Tally(articles, others)


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("https://daily.example/2017/03/28/mayors-answer-the-threat", "/year/month/day/slug"),
        ("https://daily.example/2017/mar/28/mayors-answer-the-threat", "/year/month/day/slug"),
        (
            "https://daily.example/news/2017/03/28/mayors-answer-the-threat.html",
            "/word/year/month/day/slug.html",
        ),
        ("https://daily.example/2017-03-28/mayors-answer-the-threat/", "/date/slug"),
        ("https://daily.example/20170328/mayors-answer-the-threat.HTML", "/date/slug.html"),
        ("https://daily.example/news/article12345678.html", "/word/slug-number.html"),
        ("https://daily.example/politics/mayors-answer-threat-a1234567", "/word/slug-number"),
        ("https://daily.example/politics", "/word"),
        ("https://daily.example/local-news/", "/words"),
        ("https://daily.example/", "/"),
        ("https://daily.example/story.php?id=77&page=2", "/word.php?id&page"),
        ("https://daily.example/a/58da7c1fe4b0", "/word/code"),
        ("https://daily.example/a/77", "/word/number"),
        ("https://daily.example/nachrichten/städte-antworten-auf-die-drohung", "/word/slug"),
        ("https://daily.example/记事/市长", "/word/word"),
    ],
)
def test_an_address_has_a_shape(url: str, shape: str) -> None:
    assert shape_of(url) == shape


def test_stories_of_different_days_sections_and_words_have_one_shape() -> None:
    one = shape_of("https://daily.example/politics/2017/03/28/mayors-answer-the-threat-of-cuts.html")
    other = shape_of("https://www.daily.example/sports/2018/11/02/team-wins-the-cup-after-all.html#top")
    assert one == other


def test_a_tally_says_in_words_what_it_has_seen() -> None:
    words = explain_shape("/year/month/day/slug", tally(41, 1))
    assert words == "links like /year/month/day/slug: 41 of 42 were articles"


def test_nothing_is_expected_of_what_was_hardly_followed() -> None:
    habits = Habits(shapes={"/word": tally(0, ENOUGH - 1)})
    assert habits.expect("/word", None) is None
    assert habits.expect("/slug", "a < li") is None


def test_a_shape_that_is_clear_decides_and_one_that_is_not_asks_the_place() -> None:
    habits = Habits(
        shapes={"/slug": tally(40, 2), "/word/slug": tally(10, 10)},
        places={"a < h < article": tally(30, 0), "a < li < div.tags": tally(0, 30)},
    )
    clear = habits.expect("/slug", "a < li < div.tags")
    assert clear and clear.share > 0.9
    listed, tagged = (
        habits.expect("/word/slug", "a < h < article"),
        habits.expect("/word/slug", "a < li < div.tags"),
    )
    assert listed and listed.share > 0.9
    assert tagged and tagged.share < 0.1
    unsure = habits.expect("/word/slug", "elsewhere")
    assert unsure and unsure.share == 0.5


def test_a_site_that_changes_its_ways_is_learnt_anew() -> None:
    known = tally(0, 0)
    for _ in range(10 * REMEMBERED):
        known = known.with_one(was_article=False)
    assert known.share < 0.05
    needed = 0
    while known.share < 0.5:
        known, needed = known.with_one(was_article=True), needed + 1
    assert needed <= REMEMBERED
