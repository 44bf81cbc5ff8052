"""Which of very many texts a misspelt headline may mean, told by its rarer words and its letters; pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from aggregator.proof.likeness import headline_likeness
from crawler.text import fold
from crawler.text.words import is_character

_WORDS = re.compile(r"\w+").findall
# Of a headline so many words are looked for, the rarest first, until so many texts have one of them.
_MOST_WORDS = 8
_MOST_HOLDERS = 2_000
# Texts that are compared letter by letter with a headline: those that have most of its rarer words.
_MOST_COMPARED = 100


def propose(headlines: Iterable[str], texts: Sequence[str], parting: str, least: float) -> set[int]:
    """The places of the texts, of which a part is at least so much like one of the headlines.

    The texts are folded already; `parting` stands between the parts of one.
    """
    wanted = {headline: words_of(headline) for headline in headlines}
    holders = _find_holders(set().union(*wanted.values()), texts)
    found: set[int] = set()
    for headline, words in wanted.items():
        near = (place for place in _with_most(words, holders))
        found.update(
            place
            for place in near
            if any(headline_likeness(headline, part) >= least for part in texts[place].split(parting))
        )
    return found


def words_of(text: str) -> set[str]:
    """The words by which a text is looked for; without blanks, each two signs that stand together."""
    return _folded_words(fold(text))


def _folded_words(folded: str) -> set[str]:
    words = set(_WORDS(folded))
    if not folded.isascii():
        words |= {one + other for one, other in pairwise(folded) if is_character(one) and is_character(other)}
    return words


def _find_holders(wanted: set[str], texts: Sequence[str]) -> dict[str, list[int]]:
    """The places of the texts that have each of the words."""
    holders: dict[str, list[int]] = {word: [] for word in wanted}
    for place, text in enumerate(texts):
        for word in _folded_words(text) & wanted:
            holders[word].append(place)
    return holders


def _with_most(words: Iterable[str], holders: dict[str, list[int]]) -> list[int]:
    """The texts with most of the rarer words."""
    there = sorted((word for word in words if holders[word]), key=lambda word: (len(holders[word]), word))
    shared: Counter[int] = Counter()
    for word in there[:_MOST_WORDS]:
        shared.update(holders[word])
        if len(shared) >= _MOST_HOLDERS:
            break
    return [place for place, _ in shared.most_common(_MOST_COMPARED)]
