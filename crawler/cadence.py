"""When to look at a source again: what came of a look -> the state to remember. Pure.

A source that works is looked at in its own rhythm, between bounds; one that fails is looked at
less and less, but never given up. Failures weigh as in Media Cloud's rss-fetcher: soft 0.5
(readable, but no feed), temporary 0.25 (the network, 5xx), hard 1 (gone, refused).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.moves import told_again, turned_back
from crawler.pushes import Offer, heed, is_due, note_news, pause_while_pushed
from crawler.records import PollOutcome, PollState, Source
from crawler.rhythm import count_hours, wait_for

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=12)
UNKNOWN = timedelta(hours=1)  # a source whose rhythm is not known yet
SLOWEST = timedelta(days=1)  # a source that fails, for ever
GONE = timedelta(days=7)  # a source that says it is gone, for ever
RHYTHM_DAYS = 14
DROP_DAYS = 3
SHORTEST_SILENCE = timedelta(days=2)
UNKNOWN_GAP = timedelta(days=10)  # of a source that has told too few dates

SOFT, TEMPORARY, HARD = 0.5, 0.25, 1.0
_FAILED = (PollOutcome.FAILED, PollOutcome.BLOCKED, PollOutcome.GONE, PollOutcome.EMPTY)
_PERIODS = {"hourly": 1.0, "daily": 24.0, "weekly": 168.0, "monthly": 720.0, "yearly": 8760.0}
_HOUR = re.compile(r"\d{1,2}")  # what a feed says comes into the sweep's own process: nothing may break on it
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What came of one look at a source.

    `weight` is how heavy a failure is; `until` the time before which the outlet does not want to
    be asked; `dates` when its items were published; `moved_to` where a permanent redirect led;
    `offer` the hub that would tell us of news.
    """

    outcome: PollOutcome
    at: datetime
    trouble: str | None = None
    weight: float = 0.0
    until: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    dates: Sequence[datetime] = ()
    body_digest: str | None = None
    moved_to: str | None = None
    offer: Offer | None = None


def next_state(source: Source, before: PollState, look: Look) -> PollState:
    """The state to remember after a look, with the time of the next one."""
    if look.outcome == PollOutcome.LATER:
        pause = look.until - look.at if look.until else UNKNOWN
        return replace(
            before,
            polled_at=look.at,
            trouble=look.trouble,
            next_poll_at=look.at + max(pause, SHORTEST),
            push=heed(before.push),
        )
    state = _after_failure(before, look) if look.outcome in _FAILED else _after_success(before, look)
    pause = _wished_pause(source, state, look)
    if is_due(before.push) and state.last_new_at == before.last_new_at and not state.failures:
        # There is news, but a cache on the way still shows what was there before.
        pause = min(pause, max(_max_age(look.headers), SHORTEST))
    at = _skip_quiet_hours(look.at + pause, look.hints)
    return replace(state, push=heed(state.push), next_poll_at=at)


def _after_failure(before: PollState, look: Look) -> PollState:
    move = before.move
    if _is_no_source(look):
        move = turned_back(move, look.at)
    if move.address != before.move.address:  # what the new address gave us says nothing of the old one
        before = replace(before, etag=None, last_modified=None, body_digest=None)
    return replace(
        before,
        polled_at=look.at,
        failures=before.failures + look.weight,
        trouble=look.trouble,
        moved_to=look.moved_to or before.moved_to,
        move=move,
    )


def _is_no_source(look: Look) -> bool:
    """Whether there is something else at the address, or nothing for good; the network is not to blame."""
    return look.outcome != PollOutcome.BLOCKED and look.weight >= SOFT


def _after_success(before: PollState, look: Look) -> PollState:
    move = told_again(before.move, before.moved_to, look.moved_to, look.at)
    state = replace(
        before,
        polled_at=look.at,
        failures=0.0,
        moved_to=look.moved_to,
        move=move,
        trouble=find_silence(before, look.at),
    )
    if look.outcome == PollOutcome.UNCHANGED:
        return state
    known = [date for date in look.dates if date <= look.at]
    newest = max(known, default=None)
    is_newer = newest is not None and before.last_new_at is not None and newest > before.last_new_at
    headers = dict(reversed(look.headers))
    state = replace(
        state,
        push=note_news(before.push, look.offer, newest if is_newer else None, look.at),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        body_digest=look.body_digest,
        last_new_at=newest or look.at,
        items_per_day=_measure_rhythm(known, look.at, RHYTHM_DAYS) or before.items_per_day,
        hours=count_hours(before.hours, _fresh(known, before, look.at)),
    )
    # An archive may be old: silence is told once we have watched, and seen something.
    watched = before.last_new_at is not None
    trouble = find_silence(state, look.at) or find_drop(before, known, look.at) if watched else None
    return state if trouble == state.trouble else replace(state, trouble=trouble)


def _fresh(dates: Sequence[datetime], before: PollState, now: datetime) -> list[datetime]:
    """The dates that were not counted at an earlier look; of the first look, the last two weeks'."""
    since = before.last_new_at or now - timedelta(days=RHYTHM_DAYS)
    return [date for date in dates if date > since]


def find_silence(state: PollState, now: datetime) -> str | None:
    """The words for a source that has been quiet for three times its usual gap, two days at least."""
    if state.last_new_at is None:
        return None
    gap = timedelta(days=1) / state.items_per_day if state.items_per_day else UNKNOWN_GAP
    quiet = now - state.last_new_at
    if quiet <= max(3 * gap, SHORTEST_SILENCE):
        return None
    return f"no new item for {_in_words(quiet)}; there used to be one every {_in_words(gap)}"


def find_drop(before: PollState, dates: Sequence[datetime], now: datetime) -> str | None:
    """The words for a source that brings less than a quarter of what it used to bring."""
    usual = before.items_per_day or 0.0
    since = now - timedelta(days=DROP_DAYS)
    if min(dates, default=now) > since:
        return None  # the source shows less than those days: its rhythm is not lower than what it shows
    lately = sum(date >= since for date in dates) / DROP_DAYS
    # With fewer than nine items expected, a quarter of them is nothing unusual.
    if usual * DROP_DAYS < 9 or lately >= usual / 4:
        return None
    return f"brings {lately:.1f} items a day; it used to bring {usual:.0f}"


def _in_words(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    amount, unit = (hours, "hour") if hours < 36 else (hours / 24, "day")
    return f"{amount:.0f} {unit}s" if round(amount) != 1 else f"{unit}"


def _measure_rhythm(dates: Sequence[datetime], now: datetime, days: int) -> float | None:
    """Items a day over the last days, or over what the source shows of them."""
    recent = sorted(date for date in dates if now - date <= timedelta(days=days))
    if len(recent) < 2:
        return None
    span = max(now - recent[0], timedelta(hours=1))
    return round(len(recent) / (span / timedelta(days=1)), 3)


def _wished_pause(source: Source, state: PollState, look: Look) -> timedelta:
    if look.outcome == PollOutcome.GONE and state.failures >= 2 * HARD:
        return GONE
    pause = source.every or max(_rhythm_pause(state, look.at), _asked_pause(look))
    if state.failures:
        pause = min(max(pause, UNKNOWN) * 2 ** min(state.failures * 2, 10), SLOWEST)
    elif not source.every:
        pause = pause_while_pushed(pause, state.push, look.at)
    return pause * _spread(source.id)


def _rhythm_pause(state: PollState, now: datetime) -> timedelta:
    """About two looks for each new item, more by day and fewer by night where the source sleeps."""
    if not state.items_per_day:
        return UNKNOWN
    return min(max(wait_for(0.5, state.items_per_day, state.hours, now), SHORTEST), LONGEST)


def _asked_pause(look: Look) -> timedelta:
    """The longest pause that feed or server ask for, up to our own bound."""
    return min(
        max(_max_age(look.headers), _minutes(look.hints.get("ttl")), _update_pause(look.hints), SHORTEST),
        LONGEST,
    )


def _max_age(headers: tuple[tuple[str, str], ...]) -> timedelta:
    control = next((value for name, value in headers if name == "cache-control"), "")
    found = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control, re.IGNORECASE)
    return timedelta(seconds=int(found[1])) if found else timedelta()


def _minutes(text: str | None) -> timedelta:
    found = re.fullmatch(r"\s*(\d{1,7})(?:\.\d+)?\s*", text or "")
    return timedelta(minutes=int(found[1])) if found else timedelta()


def _update_pause(hints: Mapping[str, str]) -> timedelta:
    """RSS 1.0 syndication module: updatePeriod divided by updateFrequency."""
    hours = _PERIODS.get(hints.get("update_period", "").strip().lower())
    found = re.fullmatch(r"\s*(\d{1,6})\s*", hints.get("update_frequency", "1"))
    return timedelta(hours=hours / max(int(found[1]) if found else 1, 1)) if hours else timedelta()


def _skip_quiet_hours(at: datetime, hints: Mapping[str, str]) -> datetime:
    """Move on to the next hour (GMT) that the feed does not name in skipHours or skipDays."""
    if not hints:
        return at
    hours = {int(hour) % 24 for hour in hints.get("skip_hours", "").split() if _HOUR.fullmatch(hour)}
    days = {_DAYS.index(day) for day in hints.get("skip_days", "").lower().split() if day in _DAYS}
    if len(hours) > 23 or len(days) > 6:
        return at
    at = at.astimezone(UTC)
    while at.hour in hours or at.weekday() in days:
        at = (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return at


def _spread(source_id: str) -> float:
    """0.95 to 1.05, always the same for a source: neighbours drift apart instead of marching in step."""
    return 0.95 + hashlib.blake2b(source_id.encode(), digest_size=1).digest()[0] / 2550
