"""Turns a text into numbers that compare well: one a word, marked where it is quoted, with sentence starts.

Case, accents, kinds of quotation marks, damaged characters and newsroom style (U.S. and US, 5 % and
5 percent, colour and color) make no difference. What the numbers mean for two texts is for `overlap`.
"""

import html
import re
import unicodedata
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from aggregator.stories.newsroom import SAME_WORDS

# A text longer than this is measured by its beginning; no newspaper article is longer.
MOST_WORDS = 3_000
_MOST_SIGNS = 40_000

NUMBER = 1 << 31  # the word is a number
QUOTED = 1 << 30  # the word stands in quotation marks
_HASH = QUOTED - 1

_OPEN, _CLOSE = "\x01", "\x02"
_PLAIN = {
    **dict.fromkeys("“„‟«", _OPEN),
    **dict.fromkeys("”»", _CLOSE),
    **dict.fromkeys("‘’‛`´′ʼ\u00ad\u200b\u200c\u200d\ufeff", ""),
    **dict.fromkeys("‐‑‒–—―−\u00a0\u2009\u202f\u2007\u2002\u2003\u2028", " "),
    "…": "...",
}
_FANCY = re.compile("[" + "".join(_PLAIN) + "]")
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f]+")
_SINGLE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_NUMBER = r"\d+(?:[.,:]\d+)*"
_SHORT = r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # u.s., a.m.
_END = r"\n+|[.!?]+(?=[\s\"\x01\x02)\]]|$)|[。！？]"
_TOKEN_IN_ASCII = re.compile(rf"[a-z]{{2,}}|[a-z](?:\.[a-z])+\b\.?|[a-z]|{_NUMBER}|[\"\x01\x02]|{_END}")
_TOKEN = re.compile(rf"{_NUMBER}|{_SHORT}|[^\W\d_]+|[\"\x01\x02]|{_END}")
# Scripts that put no blanks between words give a word a sign.
_TOKEN_BY_SIGN = re.compile(rf"{_NUMBER}|{_SHORT}|[{_SINGLE}]|[^\W\d_{_SINGLE}]+|[\"\x01\x02]|{_END}")
_HAS_SINGLE = re.compile(f"[{_SINGLE}]")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
_BRITISH = re.compile(
    r"(?<=[a-z]{2})(?:ou(?=rs?$|red$|ring$)|is(?=(?:e|es|ed|ing|ation|ations)$)|tre(?=s?$))"
)
_AMERICAN = {"ou": "o", "is": "iz", "tre": "ter"}


class Text(NamedTuple):
    """A text as numbers: `words` (uint32, with the marks NUMBER and QUOTED) and where sentences start."""

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]


def read(text: str) -> Text:
    """The numbers of a text, of its first 3,000 words where it is longer."""
    tokens = np.array(list(map(_KNOWN.__getitem__, _tokens(fold(text[:_MOST_SIGNS])))), dtype=np.int64)
    is_word = tokens >= 0
    words = tokens[is_word]
    if not len(words):
        return _EMPTY
    sentence = np.cumsum(tokens <= _AT_END)[is_word]
    starts = np.flatnonzero(np.append(True, sentence[1:] != sentence[:-1]))
    marked = words | np.where(_quoted(tokens)[is_word], QUOTED, 0)
    return Text(marked[:MOST_WORDS].astype(np.uint32), starts[starts < MOST_WORDS].astype(np.uint32))


def split(text: str) -> list[str]:
    """The folded words of a short text, such as a headline, in order."""
    plain = (token.replace(".", "") if token[0].isalpha() else token for token in _tokens(fold(text)))
    return [SAME_WORDS.get(token, token) for token in plain if token[:1].isalnum()]


def number_of(word: str) -> int:
    """The number of one folded word."""
    return _KNOWN[word]


def fold(text: str) -> str:
    """The text with one way of writing for case, accents, marks and percent."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _without_accents(text)
    text = text.casefold().replace("'", "")
    if "%" in text:
        text = text.replace("%", " percent ")
    return text.replace("per cent", "percent")


def _without_accents(text: str) -> str:
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_mended, _MOJIBAKE.sub(_mended, text))
    text = _FANCY.sub(lambda found: _PLAIN[found[0]], text)
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def _mended(found: re.Match[str]) -> str:
    """UTF-8 that was read as Windows-1252 (`donâ€™t`), read again; as it is where that fails."""
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _tokens(folded: str) -> list[str]:
    if folded.isascii():
        return _TOKEN_IN_ASCII.findall(folded)
    return (_TOKEN_BY_SIGN if _HAS_SINGLE.search(folded) else _TOKEN).findall(folded)


def _quoted(tokens: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens stand in quotation marks; a paragraph ends every quotation."""
    quoted = np.zeros(len(tokens), np.bool_)
    opened = -1
    for place in np.flatnonzero((tokens < 0) & (tokens != _AT_END)).tolist():
        mark = tokens[place]
        if opened >= 0 and mark != _AT_OPENING:
            quoted[opened:place] = True
            opened = -1
        elif opened < 0 and mark in (_AT_OPENING, _AT_STRAIGHT):
            opened = place
    if opened >= 0:
        quoted[opened:] = True
    return quoted


_AT_OPENING, _AT_CLOSING, _AT_STRAIGHT, _AT_END, _AT_PARAGRAPH = -1, -2, -3, -4, -5
_MARKS = {_OPEN: _AT_OPENING, _CLOSE: _AT_CLOSING, '"': _AT_STRAIGHT, "\n": _AT_PARAGRAPH}
_EMPTY = Text(np.zeros(0, np.uint32), np.zeros(0, np.uint32))


class _Known(dict[str, int]):
    """Numbers of the words met so far; emptied when full, so that no flood of new words keeps memory."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        number = self[token] = _number(token)
        return number


_MOST_KNOWN = 200_000
_KNOWN = _Known()


def _number(token: str) -> int:
    first = token[0]
    if first.isdigit():
        plain = token.replace(",", "")
        return xxhash.xxh3_64_intdigest(plain.encode()) & _HASH | NUMBER
    if not first.isalpha():
        return _MARKS.get(first, _AT_END)
    word = token.replace(".", "")
    word = SAME_WORDS.get(word, word)
    if "ou" in word or "is" in word or "tre" in word:
        word = _BRITISH.sub(lambda found: _AMERICAN[found[0]], word)
    return xxhash.xxh3_64_intdigest(word.encode()) & _HASH
