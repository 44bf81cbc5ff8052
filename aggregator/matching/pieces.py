"""Lays an article out as pieces of text, each with the zone in which it stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

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
    def distances(self) -> list[int]:
        """For each word, twice the number of words before it.

        Signs are none, "don't", "U.S." and "1,000" are one; a character of a script that is
        written without blanks is half a word.
        """
        tokens = self.words.text.split()
        weights = map(_weigh, ["", "", *tokens], ["", *tokens], tokens)
        return list(accumulate(weights, initial=0))


def _weigh(last_but_one: str, last: str, token: str) -> int:
    if not token[0].isalnum() or (last == "'" and len(token) < 4):
        return 0
    if last == "." and len(token) == len(last_but_one) == 1:
        return 0
    if last == "," and len(token) == 3 and token.isdecimal() and last_but_one.isdecimal():
        return 0
    return 1 if len(token) == 1 and token >= "\u0e00" else 2


def lay_out(article: Article) -> tuple[Piece, ...]:
    """The pieces of an article, headline first."""
    return tuple(Piece(zone, Words(text)) for zone, text in _texts(article) if text)


def _texts(article: Article) -> Iterator[tuple[Zone, str]]:
    yield Zone.HEADLINE, article.headline
    yield Zone.SUMMARY, article.summary
    yield Zone.TEXT, article.text
    for part in article.parts:
        yield part.zone, part.text
