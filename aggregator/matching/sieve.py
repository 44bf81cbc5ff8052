"""Tells which of very many patterns stand in a text, at a cost that hardly grows with their number.

A pattern is folded words with blanks round them, as `crawler.text.words` gives them; without
a blank at an end, that end may go on. One Aho-Corasick pass finds the beginnings of all
patterns; a longer one is looked for as a whole only where its beginning stands.
"""

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation

# Characters of a pattern that are looked for in the one pass. They are few, so that patterns
# that begin like each other (`aaa*`, `aaaa*` …) give no more than so many finds at one place.
_BEGINNING = 16


class Sieve:
    """So many patterns, ready; each is known by its text."""

    def __init__(self, patterns: Iterable[str]) -> None:
        beginning_so: dict[str, list[str]] = {}
        for pattern in dict.fromkeys(patterns):
            beginning_so.setdefault(pattern[:_BEGINNING], []).append(pattern)
        self._patterns = list(beginning_so.values())
        # What the library takes for few patterns by itself is built slowly where they are long.
        self._finder = AhoCorasick(
            list(beginning_so), store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> Iterator[str]:
        """The patterns that stand in the text, each once."""
        found = self._finder.find_matches_as_indexes(text, overlapping=True)
        for number in {number for number, _, _ in found}:
            for pattern in self._patterns[number]:
                if len(pattern) <= _BEGINNING or pattern in text:
                    yield pattern


def whole_words(pattern: str) -> list[str]:
    """The words of a pattern without those at an open end."""
    tokens = pattern.split()
    return tokens[not pattern.startswith(" ") : len(tokens) - (not pattern.endswith(" "))]
