"""What is decided while a chain of copies is worked out holds, and what was worked out is thrown away."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from aggregator import desk, stories
from aggregator.placing import take_in
from aggregator.records import Joined, Story
from aggregator.rejudge import settle
from aggregator.replay import Wishes
from aggregator.store import articles, unsettled
from aggregator.store import stories as stored
from aggregator.store.session import Store
from aggregator.stories.neighbourhood import Reach
from aggregator.stories.neighbourhood import place as place_near
from tests.aggregator.samples import NOON
from tests.aggregator.test_kin import REAL
from tests.aggregator.test_placing import versions


def test_a_decision_taken_while_a_chain_is_settled_holds_and_the_chain_waits_for_the_next_time(
    store: Store,
) -> None:
    chain = versions(30)
    hasty = replace(REAL, place=partial(place_near, reach=Reach(articles=6, compared=20)))
    with store.writing() as c:
        for article in chain:
            articles.keep(c, article)
            take_in(c, article, hasty, NOON)
        waiting = unsettled.every(c)
    apart = [chain[0].key, chain[1].key]
    decided: list[str] = []

    def slowly(sketch: Any, shelf: Any, wanted: Wishes) -> Iterable[Story | Joined]:
        """As the real one, while Ana says that two of them are no one story."""
        found = list(stories.settle(sketch, shelf, wanted))
        if not decided:
            decided.append("once")
            desk.keep_apart(store, apart, desk.Signature(by="Ana", at=NOON), hasty)
        return found

    settle(store, replace(REAL, settle=slowly), NOON)
    with store.reading() as c:
        homes = stored.of_articles(c, apart)
    assert homes[apart[0]] != homes[apart[1]]
    assert waiting and decided
    settle(store, REAL, NOON)
    with store.reading() as c:
        homes = stored.of_articles(c, apart)
        assert unsettled.every(c) == []
    assert homes[apart[0]] != homes[apart[1]]
