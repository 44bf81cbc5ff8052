"""Names the classes of what extraction still gets wrong on the gold pages, and counts them.

A class says how an answer differs from the right one, as far as the two tell: it is there to be worked on.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from crawler.extraction.wording import fold, squeeze

Page = Mapping[str, Any]
_FULL_LENGTH = len("2026-01-01T00:00")


def classes_of(pages: Iterable[tuple[Page, Page]]) -> dict[str, Counter[str]]:
    """Field -> class -> number of pages; each page is (gold, prediction)."""
    found: dict[str, Counter[str]] = {name: Counter() for name in _FIELDS}
    for gold, said in pages:
        for name, judge in _FIELDS.items():
            wrong = judge(gold, said) if gold.get(name) else None
            if wrong:
                refused = f"refused as {said['kind']}" if "kind" in said else None
                found[name][refused or wrong] += 1
    return found


def _headline(gold: Page, said: Page) -> str | None:
    right = [fold(text) for text in (gold["headline"], *(gold.get("headline_alt") or ()))]
    answer = fold(said.get("headline") or "")
    if answer in right:
        return None
    if answer in map(fold, gold.get("headline_meta") or ()):
        return "the form for search engines or social media"
    return _beside(answer, right)


def _outlet(gold: Page, said: Page) -> str | None:
    right = [fold(text).removeprefix("the ") for text in (gold["outlet"], *(gold.get("outlet_alt") or ()))]
    answer = fold(said.get("outlet") or "").removeprefix("the ")
    if answer in right:
        return None
    if squeeze(answer) in map(squeeze, right):
        return "another spelling"
    if answer.replace("www.", "") in (gold.get("url") or "") and "." in answer:
        return "the domain for a name"
    return _beside(answer, right)


def _published(gold: Page, said: Page) -> str | None:
    if not said.get("published"):
        return "nothing found"
    right, answer = datetime.fromisoformat(gold["published"]), datetime.fromisoformat(said["published"])
    if right.tzinfo and answer.tzinfo:
        answer = answer.astimezone(right.tzinfo)
    apart = abs((answer.date() - right.date()).days)
    if apart:
        return "a day off" if apart == 1 else "another day"
    knows_instant = right.tzinfo and len(gold["published"]) >= _FULL_LENGTH
    if not knows_instant or (answer.tzinfo and abs((answer - right).total_seconds()) < 60):
        return None
    if not answer.tzinfo or len(said["published"]) < _FULL_LENGTH:
        return "the day right, no instant"
    hours = abs((answer - right).total_seconds()) / 3600
    return "the day right, the offset wrong" if hours == round(hours) else "the day right, another stamp"


def _beside(answer: str, right: list[str]) -> str:
    if not answer:
        return "nothing found"
    if any(each in answer for each in right):
        return "more than it"
    return "less than it" if any(answer in each for each in right) else "other words"


_FIELDS: dict[str, Callable[[Page, Page], str | None]] = {
    "headline": _headline,
    "published": _published,
    "outlet": _outlet,
}
