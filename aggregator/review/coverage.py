"""What the accepted entries add up to: counts and the one honest sentence; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from aggregator.records import Entry
from aggregator.wording import language_name, listed, long_day
from crawler.records import Outlet

MOST_DAYS = 120
MOST_BARS = 15


def sentence(name: str, entries: Sequence[Entry]) -> str:
    """Who covered it, in a sentence that names accepted outlets only; empty where there are none."""
    outlets = list(dict.fromkeys(entry.outlet for entry in entries if entry.outlet))
    return f"{name} was covered by {listed(outlets)}." if outlets else ""


def pick_ups(entries: Iterable[Entry]) -> int:
    """How often other outlets carried the stories: each outlet counts once a story, the shown one not."""
    return sum(len({each.outlet for each in entry.carriers} - {entry.outlet}) for entry in entries)


def per_day(entries: Iterable[Entry]) -> list[tuple[date, int]]:
    """Entries a day from the first day to the last, days without any included."""
    counted = Counter(entry.day for entry in entries if entry.day)
    if not counted:
        return []
    first = max(min(counted), max(counted) - timedelta(days=MOST_DAYS - 1))
    days = (max(counted) - first).days + 1
    return [(day, counted[day]) for day in (first + timedelta(days=number) for number in range(days))]


def beside(entries: Sequence[Entry], days: Sequence[tuple[date, int]]) -> str:
    """Which entries are in no column of the days, in words; empty where all are."""
    undated = sum(entry.day is None for entry in entries)
    earlier = len(entries) - undated - sum(number for _, number in days)
    told = [
        f"{undated} without a date" if undated else "",
        f"{earlier} before {long_day(days[0][0])}" if earlier else "",
    ]
    return listed([each for each in told if each])


def per_outlet(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """Entries an outlet, most first; what is beyond the first dozen together as "others"."""
    return most(Counter(entry.outlet or "unknown" for entry in entries))


def per_language(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """Entries a language, most first."""
    tags = (entry.article.language for entry in entries)
    return most(Counter(language_name(tag) if tag else "unknown" for tag in tags))


def per_scope(entries: Iterable[Entry], named: Callable[[str], Outlet | None]) -> list[tuple[str, int]]:
    """Entries a kind of outlet (national, local …), most first; `named` finds an outlet by its slug."""
    found = (named(entry.article.outlet_slug) if entry.article.outlet_slug else None for entry in entries)
    return most(Counter(str(outlet.scope) if outlet and outlet.scope else "unknown" for outlet in found))


def most(counted: Counter[str]) -> list[tuple[str, int]]:
    """The counts in order, the small ones summed up."""
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    if len(ordered) <= MOST_BARS:
        return ordered
    rest = sum(number for _, number in ordered[MOST_BARS - 1 :])
    return [*ordered[: MOST_BARS - 1], (f"{len(ordered) - MOST_BARS + 1} others", rest)]
