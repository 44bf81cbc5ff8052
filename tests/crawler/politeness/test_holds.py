from datetime import UTC, datetime, timedelta

import pytest

from crawler.politeness.errors import NotNow
from crawler.politeness.holds import UNTOLD_PAUSE, Holds, read_retry_after

NOW = datetime(2017, 3, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 0 ", 0),
        ("Thu, 30 Mar 2017 12:10:00 GMT", 600),
        ("Thu, 30 Mar 2017 08:10:00 -0400", 600),
        ("Thu, 30 Mar 2017 11:00:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("٣٠", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str | None, seconds: int | None) -> None:
    wanted = None if seconds is None else timedelta(seconds=seconds)
    assert read_retry_after(value, NOW) == wanted


def holds(told: dict[str, datetime], chance: float = 0.5) -> Holds:
    return Holds({}, DAY, told.__setitem__, lambda: chance)


def test_a_domain_that_asked_for_a_pause_is_left_alone_until_then() -> None:
    told: dict[str, datetime] = {}
    kept = holds(told)
    kept.heed("daily.example", 429, "60", NOW)
    assert told == {"daily.example": NOW + timedelta(seconds=63)}
    with pytest.raises(NotNow) as refused:
        kept.check("daily.example", NOW + timedelta(seconds=62))
    assert refused.value.until == told["daily.example"]
    kept.check("daily.example", NOW + timedelta(seconds=63))
    kept.check("other.example", NOW)


def test_pauses_are_capped_and_never_shortened() -> None:
    told: dict[str, datetime] = {}
    kept = holds(told)
    kept.heed("daily.example", 429, "99999999999999999999", NOW)
    assert told["daily.example"] == NOW + DAY
    kept.heed("daily.example", 429, "1", NOW)
    assert told["daily.example"] == NOW + DAY


def test_a_429_without_a_time_pauses_and_a_503_without_one_does_not() -> None:
    told: dict[str, datetime] = {}
    kept = holds(told, chance=0.0)
    kept.heed("busy.example", 429, None, NOW)
    kept.heed("down.example", 503, None, NOW)
    kept.heed("asked.example", 503, "120", NOW)
    kept.heed("fine.example", 200, "120", NOW)
    assert told == {"busy.example": NOW + UNTOLD_PAUSE, "asked.example": NOW + timedelta(seconds=120)}


def test_a_pause_of_an_earlier_sweep_still_holds() -> None:
    kept = Holds({"daily.example": NOW + DAY}, DAY, lambda *_: None)
    with pytest.raises(NotNow):
        kept.check("daily.example", NOW)
