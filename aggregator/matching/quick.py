"""A quick look at an article that spares most of them the folding: could any of these terms stand in it?

Only plain English typography is judged here, where folding does no more than change
capitals; whatever holds another character is always worth the full look. Signs are blanks
here, in terms and text alike, so that no way to write a term is missed.
"""

import re
from collections.abc import Iterable, Iterator

from ahocorasick_rs import BytesAhoCorasick, Implementation

from aggregator.matching.vocabulary import patterns_of
from aggregator.rules import Person, Term
from crawler.records import Article
from crawler.text import words

_NOT_PLAIN = re.compile(r"[^\x09\x0a\x0d\x20-\x25\x27-\x7e\u00a0‘’“”–—•]|%23")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_TABLE = bytes(ord(low) if (low := chr(code).lower()) in _LETTERS else 32 for code in range(256))


class QuickLook:
    """Knows the letters of every way to write a term, and those of the full names of `people`."""

    def __init__(self, terms: Iterable[Term], people: Iterable[Person] = ()) -> None:
        written = {pattern.text for term in terms for pattern in patterns_of(term)}
        written |= {words(person.name) for person in people}
        # What plain letters cannot write does not stand in a plain text.
        keys = {_key(text) for text in written if text.isascii()}
        self._finder = BytesAhoCorasick(keys, implementation=Implementation.ContiguousNFA)

    def may_find(self, article: Article) -> bool:
        """False only if certainly none of the terms stands in the article."""
        return any(map(self._may_find, _texts(article)))

    def _may_find(self, text: str) -> bool:
        return bool(_NOT_PLAIN.search(text) or self._finder.find_matches_as_indexes(_blank_signs(text)))


def _blank_signs(text: str) -> bytes:
    return b" ".join([b"", *text.encode("ascii", "replace").translate(_TABLE).split(), b""])


def _key(pattern: str) -> bytes:
    """A pattern without its signs; blanks at its ends stay, where it has them."""
    start, end = (b" " if blank else b"" for blank in (pattern.startswith(" "), pattern.endswith(" ")))
    return start + _blank_signs(pattern).strip() + end


def _texts(article: Article) -> Iterator[str]:
    yield article.headline
    yield article.summary
    yield article.text
    for part in article.parts:
        yield part.text
