"""Writes ordinary news for the sample outlets: hundreds of articles about other things. Pure and repeatable.

The words are in `demo/stories/ordinary/*.toml`: a topic has kinds of story (headline, lead,
detail) and sentences that any of its stories may use. `[a|b]` is a choice, `{town}` a name,
`{n:3-9}` a number; a name or number is drawn once an article, so that lead and headline agree.
The same outlet gets the same articles on every run.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from random import Random
from typing import Any

from demo.pieces import STORIES, Masthead, Piece

CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
FIRST_DAY = datetime(2017, 3, 24, 6, 0, tzinfo=UTC)
DAYS = 7


@cache
def _words(name: str) -> dict[str, Any]:
    return tomllib.loads((STORIES / "ordinary" / f"{name}.toml").read_text("utf-8"))


class Draft:
    """The facts of one article, drawn as they are needed and then kept."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self._facts: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """The text with its choices made and its slots filled."""
        chosen = CHOICE.sub(lambda choice: self.random.choice(choice[1].split("|")), text)
        return SLOT.sub(lambda slot: self._fact(slot[1], slot[2], slot[3]), chosen)

    def forget_numbers(self) -> None:
        """`n` and `m` belong to one sentence; the other facts to the whole article."""
        self._facts.pop("n", None)
        self._facts.pop("m", None)

    def _fact(self, name: str, low: str | None, high: str | None) -> str:
        if name not in self._facts:
            self._facts[name] = self._draw(name, low, high)
        return self._facts[name]

    def _draw(self, name: str, low: str | None, high: str | None) -> str:
        if low is not None and high is not None:
            return str(self.random.randint(int(low), int(high)))
        if name == "surname":
            return self._fact("person", None, None).split()[-1]
        kind = name.rstrip("234")
        if kind == "person":
            return f"{self._pick('first')} {self._pick('last')}"
        return self._pick(kind)

    def _pick(self, kind: str) -> str:
        taken = set(self._facts.values())
        words: list[str] = _words("words")[kind]
        return self.random.choice([word for word in words if word not in taken])


@dataclass
class Desk:
    """Hands the kinds of a topic round, so that no two neighbours report the same story."""

    turns: dict[str, int]

    def write(self, masthead: Masthead, number: int) -> Piece:
        """The outlet's ordinary article of that number."""
        topic = masthead.topics[number % len(masthead.topics)]
        turn = self.turns[topic] = self.turns.get(topic, -1) + 1
        kinds = _words(topic)["kinds"]
        draft = Draft(f"{masthead.host}/{topic}/{turn}")
        headline, lead, detail = map(draft.fill, kinds[turn % len(kinds)])
        body = (lead, detail, *_paragraphs(draft, topic))
        return _piece(masthead, draft, number, headline, body)


def _paragraphs(draft: Draft, topic: str) -> Iterator[str]:
    sentences = draft.random.sample(_words(topic)["sentences"], draft.random.randint(6, 9))
    while sentences:
        size = draft.random.choice([1, 2, 2])
        paragraph = []
        for sentence in sentences[:size]:
            draft.forget_numbers()
            paragraph.append(draft.fill(sentence))
        del sentences[:size]
        yield " ".join(_capital(sentence) for sentence in paragraph)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _piece(masthead: Masthead, draft: Draft, number: int, headline: str, body: tuple[str, ...]) -> Piece:
    section = _words(masthead.topics[number % len(masthead.topics)])["section"]
    zone = timezone(timedelta(hours=masthead.offset_hours))
    published = FIRST_DAY.replace(tzinfo=zone) + timedelta(minutes=draft.random.randrange(DAYS * 24 * 60))
    path = masthead.address.format(
        section=section,
        slug=slug(headline),
        number=draft.random.randint(1_000_000, 9_999_999),
        day=f"{published:%d}",
        date=f"{published:%m/%d}",
    )
    return Piece(
        path=path,
        headline=_capital(headline),
        published=published,
        body=tuple(_capital(paragraph) for paragraph in body),
        summary=_capital(body[0]),
        author=draft.fill("{person4}"),
        section=section,
        tags=(section.title(), masthead.place),
    )


def slug(headline: str) -> str:
    """A headline as the last part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", headline.lower())[:60].strip("-")


def dress(piece: Piece, furniture: dict[str, Any]) -> Piece:
    """The same article with the campaign's words in its furniture: related links, tags or comments."""
    worn: dict[str, Any] = {
        key: words if isinstance(words, str) else (*getattr(piece, key), *words)
        for key, words in furniture.items()
    }
    return replace(piece, **worn)
