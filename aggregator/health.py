"""How a source is, in words that a comms person understands; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.wording import ago, count, exact_time
from crawler.moves import address_of
from crawler.pushes import is_pushed
from crawler.records import PollState, Source
from crawler.urls import host

# A source is quiet when nothing came for three times its usual gap, but never after less than two days.
QUIET_GAPS = 3
LEAST_QUIET = timedelta(days=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """`kind` is good, quiet, bad, waiting or off, as the style knows it."""

    kind: str
    words: str


def health_of(source: Source, state: PollState, paused_by: str | None, now: datetime) -> Health:
    """What to tell about a source."""
    if paused_by is not None:
        return Health(kind="off", words=f"paused by {paused_by}" if paused_by else "paused")
    if not source.enabled:
        return Health(kind="off", words="switched off in its file")
    if state.polled_at is None:
        return Health(kind="waiting", words="not looked at yet")
    if state.trouble:
        # Trouble without a failure is a source that answers, and is only quieter than it was.
        return Health(kind="bad" if state.failures else "quiet", words=state.trouble)
    if state.moved_to and state.moved_to != state.move.declined:
        words = f"told to have moved to {state.moved_to}; asked there once that is told for three days"
        return Health(kind="quiet", words=words)
    if quiet := quiet_words(state, now):
        return Health(kind="quiet", words=quiet)
    words = "answers, nothing new so far"
    if state.last_new_at is not None:
        words = f"last new piece {ago(state.last_new_at, now)}"
    return Health(kind="good", words="; ".join([words, *push_words(state, now), *move_words(source, state)]))


def push_words(state: PollState, now: datetime) -> Iterator[str]:
    """How its hub does, if it offers one that was asked: "pushed by hub.example until 3 Dec 2026"."""
    push = state.push
    if not push.hub:
        return
    if push.until and push.until > now:
        until = f"{host(push.asked or push.hub)} until {exact_time(push.until)}"
        if is_pushed(push, now):
            yield f"pushed by {until}"
        elif push.noticed_at is None:
            yield f"to be pushed by {until}, which has told of nothing yet"
        else:
            yield f"to be pushed by {until}, which did not tell of the newest piece"
    elif push.trouble:
        yield f"not pushed by {host(push.asked or push.hub)}: {push.trouble}"


def move_words(source: Source, state: PollState) -> Iterator[str]:
    """Where it moved, and where it was: "asked at … since 3 Dec 2026, when it moved from …"."""
    move = state.move
    if address_of(source.url, move) != source.url and move.at:
        yield f"asked at {move.address} since {exact_time(move.at)}, when it had moved from {source.url}"
    elif move.declined:
        yield f"asked at its own address, not at {move.declined}"


def quiet_words(state: PollState, now: datetime) -> str:
    """ "silent for 9 days, usually 4 pieces a day"; empty for one that is not quieter than usual."""
    if state.last_new_at is None or not state.items_per_day:
        return ""
    gap = timedelta(days=1 / state.items_per_day)
    silent = now - state.last_new_at
    if silent < max(LEAST_QUIET, gap * QUIET_GAPS):
        return ""
    return f"silent for {count(silent.days, 'day')}, usually {usual_words(state.items_per_day)}"


def usual_words(items_per_day: float) -> str:
    """A rate as people say it: "4 pieces a day", "2 pieces a week"."""
    for days, span in ((1, "day"), (7, "week"), (30, "month")):
        if round(items_per_day * days) >= 1:
            return f"{count(round(items_per_day * days), 'piece')} a {span}"
    return "less than a piece a month"
