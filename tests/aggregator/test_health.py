"""How a source is that moved or is pushed, in words, on the page and by command."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.health import health_of
from crawler.moves import Move
from crawler.pushes import Push
from crawler.records import PollState, Source, SourceKind
from tests.aggregator.review.morning import NOW

OLD, NEW = "https://old.example/feed", "https://new.example/feed"
FEED = Source(id="feed-1", kind=SourceKind.FEED, url=OLD)
WELL = PollState(source_id="feed-1", polled_at=NOW, last_new_at=NOW, items_per_day=2.0)
SWITCHED = Move(address=NEW, at=NOW - timedelta(days=2))
PUSHED = Push(hub="https://hub.example/", topic=OLD, until=NOW + timedelta(days=9), noticed_at=NOW)


def words(state: PollState) -> tuple[str, str]:
    told = health_of(FEED, state, None, NOW)
    return told.kind, told.words


def test_a_move_is_told_before_and_after_it_is_believed() -> None:
    assert words(replace(WELL, moved_to=NEW)) == (
        "quiet",
        f"told to have moved to {NEW}; asked there once that is told for three days",
    )
    since = "since 27 Mar 2017, 08:00 UTC"
    assert words(replace(WELL, move=SWITCHED)) == (
        "good",
        f"last new piece just now; asked at {NEW} {since}, when it had moved from {OLD}",
    )
    declined = replace(WELL, moved_to=NEW, move=Move(declined=NEW))
    assert words(declined) == ("good", f"last new piece just now; asked at its own address, not at {NEW}")


@pytest.mark.parametrize(
    ("push", "told"),
    [
        (PUSHED, "; pushed by hub.example until 7 Apr 2017, 08:00 UTC"),
        (
            replace(PUSHED, noticed_at=None),
            "; to be pushed by hub.example until 7 Apr 2017, 08:00 UTC, which has told of nothing yet",
        ),
        (
            replace(PUSHED, missed_at=NOW),
            "; to be pushed by hub.example until 7 Apr 2017, 08:00 UTC, "
            "which did not tell of the newest piece",
        ),
        (
            replace(PUSHED, until=None, trouble="the hub answers 503"),
            "; not pushed by hub.example: the hub answers 503",
        ),
        (replace(PUSHED, until=NOW), ""),
        (replace(PUSHED, hub=None), ""),
    ],
)
def test_a_push_is_told_with_its_end(push: Push, told: str) -> None:
    assert words(replace(WELL, push=push)) == ("good", f"last new piece just now{told}")
