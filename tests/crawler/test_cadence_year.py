"""A year of 1,000 sources that fail, move, fall silent and come back: none forgotten, each told in time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from crawler.cadence import (
    GONE,
    HARD,
    LONGEST,
    SHORTEST,
    SHORTEST_SILENCE,
    SLOWEST,
    TEMPORARY,
    Look,
    next_state,
)
from crawler.records import PollOutcome, PollState, Source, SourceKind

START = datetime(2017, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SLACK = 1.06  # the spread of the looks
WAYS = ("is well", "refuses", "is down", "is gone", "is silent", "moves")


@dataclass(frozen=True)
class Life:
    """What happens to a source: a gap between items, and from when to when it is away, and how."""

    source: Source
    gap: timedelta
    how: str
    begins: datetime
    ends: datetime

    def look(self, now: datetime, before: PollState) -> Look:
        away = self.begins <= now < self.ends
        if away and self.how == "refuses":
            return Look(outcome=PollOutcome.BLOCKED, at=now, weight=HARD, trouble="refuses us")
        if away and self.how == "is down":
            return Look(outcome=PollOutcome.FAILED, at=now, weight=TEMPORARY, trouble="refuses connections")
        if away and self.how == "is gone":
            return Look(outcome=PollOutcome.GONE, at=now, weight=HARD, trouble="gone for good (410)")
        newest = min(now, self.begins) if away and self.how == "is silent" else now
        count = (newest - START) // self.gap
        dates = [START + self.gap * number for number in range(max(count - 6, 0), count + 1)]
        digest = str(count)
        outcome = PollOutcome.UNCHANGED if before.body_digest == digest else PollOutcome.NEW
        moved = "https://new.example/feed" if away and self.how == "moves" else None
        return Look(outcome=outcome, at=now, dates=dates, body_digest=digest, moved_to=moved)


def lives(chance: random.Random) -> Iterator[Life]:
    for number in range(1_000):
        how = WAYS[number % 6]
        begins = START + DAY * chance.uniform(40, 200)
        yield Life(
            source=Source(id=f"s{number}", kind=SourceKind.FEED, url=f"https://s{number}.example/feed"),
            gap=timedelta(hours=chance.choice([12, 24, 48, 72])),
            how=how,
            begins=begins,
            ends=begins + DAY * chance.uniform(10, 90),
        )


def live_a_year(life: Life) -> list[tuple[datetime, PollState]]:
    state, now = PollState(source_id=life.source.id), START + DAY
    looks: list[tuple[datetime, PollState]] = []
    while now < START + 365 * DAY:
        state = next_state(life.source, state, life.look(now, state))
        looks.append((now, state))
        assert state.next_poll_at is not None
        assert SHORTEST * 0.94 <= state.next_poll_at - now <= GONE * SLACK
        now = state.next_poll_at
    return looks


def expected_within(life: Life) -> timedelta:
    """How long after its change a source must have been told of, at the latest."""
    if life.how == "is silent":
        return max(3 * life.gap, SHORTEST_SILENCE) + life.gap + LONGEST * SLACK
    return LONGEST * SLACK


@pytest.mark.parametrize("how", WAYS)
def test_no_source_is_forgotten_in_a_year_and_each_is_told_in_time(how: str) -> None:
    for life in lives(random.Random(3)):
        if life.how != how:
            continue
        looks = live_a_year(life)
        assert len(looks) > 365 / 7
        told = [(now, state) for now, state in looks if state.trouble or state.moved_to]
        over = life.ends + GONE * SLACK
        wrongly = [(now, state.trouble) for now, state in told if not life.begins <= now < over]
        assert not wrongly, (life, wrongly[:3])
        if life.how == "is well":
            assert not told
            continue
        assert told, life
        assert told[0][0] - life.begins <= expected_within(life), (life, told[0])
        # It came back, and was noticed: within a day, or a week where it had said that it was gone.
        last = told[-1][0]
        assert last - life.ends <= (GONE if life.how == "is gone" else SLOWEST) * SLACK, life
        assert looks[-1][1].failures == 0.0
