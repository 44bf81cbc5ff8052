"""Tells pages of one template, each about another place, from copies of one text; all else is for `fits`.

A guide to voting in each county, a fire in each town: nearly all sentences are the same, and the
one word that is not stands in the headline, too. A copy under another headline takes its words
from a text that both have.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aggregator.stories.newsroom import FILLERS, NUMERALS
from aggregator.stories.overlap import Measured, in_shared
from aggregator.stories.words import QUOTED, number_of

Forms = tuple[tuple[str, ...], ...]
_IDLE = FILLERS | NUMERALS
_PLAIN = np.uint32(~QUOTED & 0xFFFFFFFF)


def say_something_else(one: Forms, other: Forms, text: Measured, rival: Measured) -> bool:
    """Whether each headline names what only its own text says, in a sentence that both texts have.

    Numbers do not count, which a new version changes, nor another spelling (Kiev, Kyiv).
    """
    here, there = set(_parts(one)), set(_parts(other))
    ours, theirs = here - there, there - here
    if not any(a[0][0] != b[0][0] for a in ours for b in theirs):
        return False
    said = list(_said_instead(ours, text, rival))
    return bool(said) and any(a[0][0] != b[0][0] for b in _said_instead(theirs, rival, text) for a in said)


def _parts(forms: Forms) -> Iterator[tuple[str, ...]]:
    """The telling words of headlines; in scripts without blanks, where a word is a sign, each two signs."""
    for form in forms:
        yield from ((word,) for word in form if len(word) > 1 and word.isalpha() and word not in _IDLE)
        yield from (
            pair for pair in pairwise(form) if all(len(sign) == 1 and not sign.isascii() for sign in pair)
        )


def _said_instead(parts: set[tuple[str, ...]], text: Measured, rival: Measured) -> Iterator[tuple[str, ...]]:
    shared = None
    for part in sorted(parts):
        places = _places(part, text)
        if len(places) and not len(_places(part, rival)):
            shared = in_shared(text, rival) if shared is None else shared
            if shared[places].any():
                yield part


def _places(part: tuple[str, ...], text: Measured) -> NDArray[np.intp]:
    """Where a word, or one sign after the other, stands in a text."""
    words = text.words & _PLAIN
    found = words == number_of(part[0])
    if len(part) > 1:
        found[:-1] &= words[1:] == number_of(part[1])
        found[-1:] = False
    return np.flatnonzero(found)
