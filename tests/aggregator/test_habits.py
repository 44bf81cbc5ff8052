"""What links turned out to be is counted once for each page that was read, by shape and by place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.intake import Intake
from aggregator.store import habits
from aggregator.store.session import Store
from crawler.habits import Tally
from crawler.records import Find, FindOutcome, Lead
from tests.aggregator.samples import CAMPAIGN, JUDGES, NOON, clock, make_article, make_find

STORY = "https://www.daily.example/2017/03/28/mayors-answer-the-threat"
PLACE = "a < h3 < article.card"


def lead(url: str = STORY, place: str | None = PLACE) -> Lead:
    return Lead(url=url, source_id="section", found_at=NOON, place=place)


def test_articles_and_others_are_counted_for_their_site(store: Store) -> None:
    with store.writing() as c:
        habits.learn(c, lead(), True, NOON)
        habits.learn(c, lead(f"{STORY}-again"), True, NOON)
        habits.learn(c, lead(f"{STORY}-at-last", place=None), False, NOON)
        habits.learn(c, lead("https://other.example/2017/03/28/mayors-answer-the-threat"), False, NOON)
        known = habits.of_site(c, "daily.example")
    assert known.shapes == {"/year/month/day/slug": Tally(2, 1)}
    assert known.places == {PLACE: Tally(2, 0)}


def test_what_was_not_followed_for_long_is_forgotten(store: Store) -> None:
    with store.writing() as c:
        habits.learn(c, lead(place=None), True, NOON - timedelta(days=200))
        habits.learn(c, lead("https://daily.example/sports", place=None), False, NOON)
        assert habits.forget(c, NOON - timedelta(days=180)) == 1
        assert set(habits.of_site(c, "daily.example").shapes) == {"/word"}


@pytest.mark.parametrize(
    ("outcome", "tally"),
    [
        (FindOutcome.READ, Tally(1, 0)),
        (FindOutcome.NOT_AN_ARTICLE, Tally(0, 1)),
        (FindOutcome.BLOCKED, None),
        (FindOutcome.LATER, None),
        (FindOutcome.GONE, None),
    ],
)
def test_only_a_page_that_was_read_teaches_and_only_once(
    sqlite_store: Store, outcome: FindOutcome, tally: Tally | None
) -> None:
    intake = Intake(sqlite_store, (CAMPAIGN,), JUDGES, clock)
    find: Find = make_find(make_article(1))
    article = find.article if outcome is FindOutcome.READ else None
    found = replace(find, lead=lead(), outcome=outcome, article=article)
    intake.keep_find(replace(found, outcome=FindOutcome.LATER, article=None))
    intake.keep_find(found)
    intake.keep_find(found)
    with sqlite_store.reading() as c:
        assert habits.of_site(c, "daily.example").shapes.get("/year/month/day/slug") == tally
