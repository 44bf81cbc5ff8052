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
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“„‟«", _OPEN),
        **dict.fromkeys("”»", _CLOSE),
        **dict.fromkeys("‘’‛`´′ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007\u2002\u2003\t\r", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", None),
        "…": "...",
    }
)
_SINGLE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_END = r"\n+|[.!?]+(?=[\s\"'\x01\x02)\]]|$)|[。！？]"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)*|[^\W\d_]+|[\"\x01\x02]|{_END}")
# Scripts that put no blanks between words give a word a sign.
_TOKEN_BY_SIGN = re.compile(rf"\d+(?:[.,:]\d+)*|[{_SINGLE}]|[^\W\d_{_SINGLE}]+|[\"\x01\x02]|{_END}")
_HAS_SINGLE = re.compile(f"[{_SINGLE}]")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_PER_CENT = re.compile(r"\bper cent\b")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
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
    found: list[int] = []
    starts: list[int] = []
    quoted, fresh = 0, True
    for token in _tokens(fold(text[:_MOST_SIGNS])):
        number = _KNOWN.get(token)
        if number is None:
            number = _remember(token)
        if number >= 0:
            if fresh:
                starts.append(len(found))
                fresh = False
            found.append(number | quoted)
            if len(found) == MOST_WORDS:
                break
        elif number == _AT_OPENING:
            quoted = QUOTED
        elif number == _AT_CLOSING:
            quoted = 0
        elif number == _AT_STRAIGHT:
            quoted ^= QUOTED
        else:
            fresh = True
            if number == _AT_PARAGRAPH:
                quoted = 0
    return Text(np.array(found, dtype=np.uint32), np.array(starts, dtype=np.uint32))


def split(text: str) -> list[str]:
    """The folded words of a short text, such as a headline, in order."""
    return [SAME_WORDS.get(token, token) for token in _tokens(fold(text)) if token[0].isalnum()]


def fold(text: str) -> str:
    """The text with one way of writing for case, accents, marks, abbreviations and numbers."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = _without_accents(text)
    text = text.casefold().replace("%", " percent ")
    if "'" in text:
        text = _APOSTROPHE.sub("", text)
    text = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return _PER_CENT.sub("percent", text)


def _without_accents(text: str) -> str:
    if _MOJIBAKE.search(text):
        text = _MOJIBAKE.sub(_mended, _MOJIBAKE.sub(_mended, text))
    text = text.translate(_PLAIN)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _mended(found: re.Match[str]) -> str:
    """UTF-8 that was read as Windows-1252 (`donâ€™t`), read again; as it is where that fails."""
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]


def _tokens(folded: str) -> list[str]:
    by_sign = not folded.isascii() and _HAS_SINGLE.search(folded)
    return (_TOKEN_BY_SIGN if by_sign else _TOKEN).findall(folded)


_AT_OPENING, _AT_CLOSING, _AT_STRAIGHT, _AT_END, _AT_PARAGRAPH = -1, -2, -3, -4, -5
_MARKS = {_OPEN: _AT_OPENING, _CLOSE: _AT_CLOSING, '"': _AT_STRAIGHT, "\n": _AT_PARAGRAPH}
# Numbers of the words met so far; emptied when full, so that no flood of new words keeps memory.
_KNOWN: dict[str, int] = {}
_MOST_KNOWN = 200_000


def _remember(token: str) -> int:
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    number = _KNOWN[token] = _number(token)
    return number


def _number(token: str) -> int:
    first = token[0]
    if first.isdigit():
        plain = token.replace(",", "")
        return xxhash.xxh3_64_intdigest(plain.encode()) & _HASH | NUMBER
    if not first.isalpha():
        return _MARKS.get(first, _AT_END)
    word = SAME_WORDS.get(token, token)
    word = _BRITISH.sub(lambda found: _AMERICAN[found[0]], word)
    return xxhash.xxh3_64_intdigest(word.encode()) & _HASH


def number_of(word: str) -> int:
    """The number of one folded word."""
    number = _KNOWN.get(word)
    return _remember(word) if number is None else number
