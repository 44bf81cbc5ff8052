"""How a source is, in words that a comms person understands; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.wording import ago, count
from crawler.records import PollState, Source

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
    if state.moved_to:
        return Health(kind="quiet", words=f"moved to {state.moved_to}; change it in the outlet's file")
    if quiet := quiet_words(state, now):
        return Health(kind="quiet", words=quiet)
    if state.last_new_at is None:
        return Health(kind="good", words="answers, nothing new so far")
    return Health(kind="good", words=f"last new piece {ago(state.last_new_at, now)}")


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
