"""A quick look at an article that spares most of them the folding: could any of these terms stand in it?

Only plain English typography is judged here, where folding does no more than change
capitals; whatever holds another character is always worth the full look. Signs are blanks
here, in terms and text alike, so that no way to write a term is missed.
"""

from collections.abc import Iterable, Iterator

from aggregator.matching.sieve import Sieve
from aggregator.matching.vocabulary import patterns_of
from aggregator.rules import Person, Term
from crawler.records import Article
from crawler.text import words

_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789_"
_TABLE = bytes(low if (low := ord(chr(code).lower())) in _LETTERS else 32 for code in range(128)) + b" " * 128
# ASCII but for "&", which may begin an entity, and what nobody sees.
_PLAIN = bytes(code for code in (9, 10, 13, *range(32, 127)) if code != ord("&"))
_PLAIN_SIGNS = "\u00a0‘’“”–—•"


class QuickLook:
    """Knows the letters of every way to write a term, and those of the full names of `people`."""

    def __init__(self, terms: Iterable[Term], people: Iterable[Person] = ()) -> None:
        written = {pattern.text for term in terms for pattern in patterns_of(term)}
        written |= {words(person.name) for person in people}
        # What plain letters cannot write does not stand in a plain text.
        self._sieve = Sieve(_key(text) for text in written if text.isascii())

    def may_find(self, article: Article) -> bool:
        """False only if certainly none of the terms stands in the article."""
        return any(map(self._may_find, _texts(article)))

    def _may_find(self, text: str) -> bool:
        written = text.encode("utf-8", "surrogatepass")
        if written.translate(None, _PLAIN).decode("utf-8", "surrogatepass").strip(_PLAIN_SIGNS):
            return True
        return b"%23" in written or any(True for _ in self._sieve.find(_blank_signs(written)))


def _blank_signs(written: bytes) -> str:
    return " ".join(["", *written.translate(_TABLE).decode("ascii").split(), ""])


def _key(pattern: str) -> str:
    """A pattern without its signs; blanks at its ends stay, where it has them."""
    start, end = (" " if blank else "" for blank in (pattern.startswith(" "), pattern.endswith(" ")))
    return start + _blank_signs(pattern.encode("ascii")).strip() + end


def _texts(article: Article) -> Iterator[str]:
    yield article.headline
    yield article.summary
    yield article.text
    for part in article.parts:
        yield part.text
