"""Lays an article out as pieces of text, each with the zone in which it stood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from aggregator.matching.sieve import whole_words
from aggregator.rules import Place
from crawler.records import Article, Zone
from crawler.text import Words

ZONES_OF = {
    Place.TITLE: frozenset({Zone.HEADLINE}),
    Place.TEXT: frozenset({Zone.SUMMARY, Zone.TEXT, Zone.CAPTION, Zone.QUOTE, Zone.EMBEDDED}),
    Place.LINK: frozenset({Zone.LINK}),
}
OWN_ZONES = ZONES_OF[Place.TITLE] | ZONES_OF[Place.TEXT]
# Zones whose words usually stand in another zone as well, so that counting them would count twice.
REPEATING_ZONES = frozenset({Zone.SUMMARY, Zone.QUOTE})


LONG = 20_000  # characters of a text beyond which words are looked up rather than searched for
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of an article, with its folded words."""

    zone: Zone
    words: Words

    @cached_property
    def in_title_case(self) -> bool:
        """Whether capitals say nothing here, because most long words have one."""
        long = [word for word in self.words.original.split() if len(word) > 3 and word[0].isalpha()]
        return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.6 * len(long)

    @cached_property
    def size(self) -> int:
        """How many words and signs it has."""
        return len(self.words.tokens)

    @cached_property
    def has_paragraphs(self) -> bool:
        """Whether there is a blank line in it, over which no phrase reaches."""
        return _BLANK_LINE.search(self.words.original) is not None

    @cached_property
    def _blanks(self) -> NDArray[np.int64]:
        letters = np.frombuffer(self.words.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        return np.flatnonzero(letters == ord(" "))

    def places(self, pattern: str) -> Iterator[int]:
        """Where a pattern of folded words begins in the folded text, in order."""
        text = self.words.text
        if len(text) > LONG and (whole := whole_words(pattern)) and pattern.startswith(" "):
            yield from self._places_by_word(pattern, whole)
            return
        start = text.find(pattern)
        while start >= 0:
            yield start
            start = text.find(pattern, start + 1)

    def _places_by_word(self, pattern: str, whole: list[str]) -> Iterator[int]:
        """In a long text, only where its rarest word stands: searching it all would take too long."""
        rarest = min(range(len(whole)), key=lambda number: len(self._numbers.get(whole[number], ())))
        for number in self._numbers.get(whole[rarest], ()):
            if number >= rarest and self.words.text.startswith(
                pattern, start := int(self._blanks[number - rarest])
            ):
                yield start

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of the words that are this word."""
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words.tokens):
            numbers.setdefault(word, []).append(number)
        return numbers

    def words_at(self, starts: Sequence[int], pattern: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the first and last word of a pattern that begins at these places of the text."""
        places = np.asarray(starts, dtype=np.int64)
        first = np.searchsorted(self._blanks, places + pattern.startswith(" ")) - 1
        return first, np.searchsorted(self._blanks, places + len(pattern) - 1) - 1

    @cached_property
    def distances(self) -> list[int]:
        """For each word, twice the number of words before it.

        Signs are none, "don't", "U.S." and "1,000" are one; a character of a script that is
        written without blanks is half a word.
        """
        tokens = self.words.tokens
        weigh = _Weights()
        weights = [weigh[token] for token in tokens]
        for place in [place for place, token in enumerate(tokens[:-1]) if token in _JOINING]:
            if _goes_on(tokens, place):
                weights[place + 1] = 0
        return list(accumulate(weights, initial=0))


_JOINING = ("'", ".", ",")


class _Weights(dict[str, int]):
    """How much a word counts by itself, in half words."""

    def __missing__(self, token: str) -> int:
        weight = 0 if not token[0].isalnum() else 1 if len(token) == 1 and token >= "\u0e00" else 2
        self[token] = weight
        return weight


def _goes_on(tokens: Sequence[str], place: int) -> bool:
    """Whether the word before a sign goes on after it: don't, U.S., 1,000."""
    before, sign, after = tokens[place - 1] if place else "", tokens[place], tokens[place + 1]
    if sign == "'":
        return len(after) < 4
    if sign == ".":
        return len(after) == len(before) == 1
    return len(after) == 3 and after.isdecimal() and before.isdecimal()


def lay_out(article: Article) -> tuple[Piece, ...]:
    """The pieces of an article, headline first."""
    return tuple(Piece(zone, Words(text)) for zone, text in texts_of(article) if text)


def texts_of(article: Article) -> Iterator[tuple[Zone, str]]:
    """The texts of an article and where they stand, headline first; some may be empty."""
    yield Zone.HEADLINE, article.headline
    yield Zone.SUMMARY, article.summary
    yield Zone.TEXT, article.text
    for part in article.parts:
        yield part.zone, part.text
