"""Lays an article out as pieces of text, each with the zone in which it stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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

        Signs and the "s" after an apostrophe are none; a character of a script that is
        written without blanks is half a word.
        """
        measured: list[int] = []
        total = 0
        previous = ""
        for token in self.words.text.split():
            measured.append(total)
            suffix = previous == "'" and len(token) < 4
            total += 0 if suffix or not token[0].isalnum() else 2 - _is_ideograph(token)
            previous = token
        return [*measured, total]


def _is_ideograph(token: str) -> bool:
    return len(token) == 1 and token >= "\u0e00"


def lay_out(article: Article) -> tuple[Piece, ...]:
    """The pieces of an article, headline first."""
    return tuple(Piece(zone, Words(text)) for zone, text in _texts(article) if text)


def _texts(article: Article) -> Iterator[tuple[Zone, str]]:
    yield Zone.HEADLINE, article.headline
    yield Zone.SUMMARY, article.summary
    yield Zone.TEXT, article.text
    for part in article.parts:
        yield part.zone, part.text
