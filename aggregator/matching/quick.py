"""A quick look at an article that spares most of them the folding: could any of these terms stand in it?

Only plain English typography is judged here, where folding does no more than change
capitals; whatever holds another character is always worth the full look.
"""

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation

from aggregator.matching.vocabulary import patterns_of
from aggregator.rules import Term
from crawler.records import Article

# Beyond so many terms nearly every article has one of their words.
MOST_TERMS = 2_000
_NOT_PLAIN = re.compile(r"[^\x09\x0a\x0d\x20-\x25\x27-\x7e\u00a0‘’“”–—…•]|%23")


class QuickLook:
    """Knows one word of each way to write a term, without which it cannot be there."""

    def __init__(self, terms: Iterable[Term]) -> None:
        keys = {key for term in terms for key in _keys_of(term)}
        self._finder = AhoCorasick(keys, store_patterns=False, implementation=Implementation.ContiguousNFA)

    def may_find(self, article: Article) -> bool:
        """False only if certainly none of the terms stands in the article."""
        return any(map(self._may_find, _texts(article)))

    def _may_find(self, text: str) -> bool:
        if _NOT_PLAIN.search(text):
            return True
        return bool(self._finder.find_matches_as_indexes(text.lower()))


def _texts(article: Article) -> Iterable[str]:
    yield article.headline
    yield article.summary
    yield article.text
    for part in article.parts:
        yield part.text


def _keys_of(term: Term) -> list[str]:
    """For each way to write a term, its longest word; nothing where plain letters cannot write it."""
    written = [re.findall(r"\w+", pattern.text) for pattern in patterns_of(term)]
    return [max(found, key=len) for found in written if found and all(map(str.isascii, found))]
