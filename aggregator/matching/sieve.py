"""Tells which of very many patterns stand in a text, at a cost that hardly grows with their number.

A pattern is folded words with blanks round them, as `crawler.text.words` gives them; without
a blank at an end, that end may go on. A pattern is looked for only where two of its words
that follow each other (or its only one) stand in the text. Patterns without a whole word
are found by their beginnings, in one Aho-Corasick pass.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation
from numpy.typing import NDArray

from crawler.text import Words

# Characters of a pattern that are looked for in the one pass. They are few, so that patterns
# that begin like each other (`aaa*`, `aaaa*` …) give no more than so many finds at one place.
_BEGINNING = 16


class Sieve:
    """So many patterns, ready; each is known by its text."""

    def __init__(self, patterns: Iterable[str]) -> None:
        pairs = {pattern: list(pairwise(whole_words(pattern))) for pattern in patterns}
        times = Counter(pair for found in pairs.values() for pair in found)
        self._with_pair: dict[tuple[str, str], list[str]] = {}
        for pattern, found in pairs.items():
            if found:
                rarest = min(found, key=lambda pair: (times[pair], -len(pair[0]) - len(pair[1])))
                self._with_pair.setdefault(rarest, []).append(pattern)
        self._crowd = _Crowd(self._with_pair)
        single = [pattern for pattern, found in pairs.items() if not found]
        self._with_word: dict[str, list[str]] = {}
        for pattern in single:
            for word in whole_words(pattern):
                self._with_word.setdefault(word, []).append(pattern)
        self._words = frozenset(self._with_word)
        self._open = _OpenWords(pattern for pattern in single if not whole_words(pattern))

    def find(self, words: Words) -> Iterator[str]:
        """The patterns that stand in the text, each once."""
        for word in self._words.intersection(words.tokens):
            yield from (pattern for pattern in self._with_word[word] if pattern in words.text)
        for pair in self._crowd.find(words.tokens):
            yield from (pattern for pattern in self._with_pair.get(pair, ()) if pattern in words.text)
        yield from self._open.find(words)


class _Crowd:
    """Very many pairs of words, known by their hashes: small enough to be asked for every word of a text."""

    def __init__(self, pairs: Collection[tuple[str, str]]) -> None:
        self._mask = (1 << (16 * len(pairs)).bit_length()) - 1
        self._there = np.zeros(self._mask + 1, dtype=np.bool_)
        ones, others = (_hashes([pair[side] for pair in pairs]) for side in (0, 1))
        self._there[self._places(ones, others)] = True

    def _places(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
        return (ones * 31 + others) & self._mask

    def find(self, tokens: list[str]) -> set[tuple[str, str]]:
        """The pairs that stand in the text, and perhaps a few that are none of them."""
        hashes = _hashes(tokens)
        maybe = np.flatnonzero(self._there[self._places(hashes[:-1], hashes[1:])])
        return {(tokens[place], tokens[place + 1]) for place in maybe.tolist()}


def _hashes(texts: Collection[str]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))


class _OpenWords:
    """Patterns of a single word that may go on, at one end or both."""

    def __init__(self, patterns: Iterable[str]) -> None:
        beginning_so: dict[str, list[str]] = {}
        for pattern in patterns:
            beginning_so.setdefault(pattern[:_BEGINNING], []).append(pattern)
        self._patterns = list(beginning_so.values())
        # What the library takes for few patterns by itself is built slowly where they are long.
        self._finder = AhoCorasick(
            list(beginning_so), store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def find(self, words: Words) -> Iterator[str]:
        if not self._patterns:
            return
        found = self._finder.find_matches_as_indexes(words.text, overlapping=True)
        for number in {number for number, _, _ in found}:
            for pattern in self._patterns[number]:
                if len(pattern) <= _BEGINNING or pattern in words.text:
                    yield pattern


def whole_words(pattern: str) -> list[str]:
    """The words of a pattern without those at an open end."""
    tokens = pattern.split()
    return tokens[not pattern.startswith(" ") : len(tokens) - (not pattern.endswith(" "))]
