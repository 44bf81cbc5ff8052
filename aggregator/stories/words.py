"""Turns a text into numbers that compare well: one a word, marked where it is quoted, with sentence starts.

Case, accents, kinds of quotation marks, damaged characters and newsroom style (U.S. and US, 5 % and
5 percent, colour and color) make no difference. What the numbers mean for two texts is for `overlap`.
"""

import html
import re
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import xxhash
from numpy.typing import NDArray

from aggregator.stories.newsroom import SAME_WORDS
from crawler.text.folding import PLAIN_LETTERS

# A text longer than this is measured by its beginning; no newspaper article is longer.
MOST_WORDS = 3_000
_MOST_SIGNS = 40_000

NUMBER = 1 << 31  # the word is a number
QUOTED = 1 << 30  # the word stands in quotation marks
_HASH = QUOTED - 1

# What opens a quotation, and what closes it besides a straight mark: “a”, „a“, «a», »a«, 「a」.
_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "〝": "〟"}
_QUOTES = "".join(dict.fromkeys("".join((*_CLOSING, *_CLOSING.values()))))
# In a folded text each is a control character of its own, so that most texts are ASCII.
_QUOTE_SIGNS = {quote: chr(number) for number, quote in enumerate(_QUOTES, start=0x0E)}
_PLAIN = {
    **_QUOTE_SIGNS,
    "‟": _QUOTE_SIGNS["“"],
    **dict.fromkeys("‘’‛`´′ʼ", ""),
    **dict.fromkeys("‐‑‒–—―−\u00a0\u2009\u202f\u2007\u2002\u2003\u2028", " "),
    "…": "...",
}
_FANCY = re.compile("[" + "".join(_PLAIN) + "]")
_SINGLE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_NUMBER = r"\d+(?:[.,:]\d+)*"
_SHORT = r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # u.s., a.m.
_QUOTE = r"[\"\x0e-\x19]"
# A stop ends a sentence before a blank; in scripts without blanks, or with a stop of their own, anywhere.
_END = rf"\n+|[.!?]+(?=[\s)\]]|{_QUOTE}|$)|[!?](?=[{_SINGLE}])|[。।॥؟۔։።။។]"
_TOKEN_IN_ASCII = re.compile(rf"[a-z]{{2,}}|[a-z](?:\.[a-z])+\b\.?|[a-z]|{_NUMBER}|{_QUOTE}|{_END}")
_TOKEN = re.compile(rf"{_NUMBER}|{_SHORT}|[^\W\d_]+|{_QUOTE}|{_END}")
# Scripts that put no blanks between words give a word a sign.
_TOKEN_BY_SIGN = re.compile(rf"{_NUMBER}|{_SHORT}|(?=[^\W\d_])[{_SINGLE}]|[^\W\d_{_SINGLE}]+|{_QUOTE}|{_END}")
_HAS_SINGLE = re.compile(f"[{_SINGLE}]")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})
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
    sentence = np.cumsum((tokens == _AT_END) | (tokens == _AT_PARAGRAPH))[is_word]
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
    return _unseen().sub("", unicodedata.normalize("NFKD", text)).translate(PLAIN_LETTERS)


@cache
def _unseen() -> re.Pattern[str]:
    """Accents and vowel signs of whatever script, what nobody sees (directions, joiners), and tatweel."""
    signs = (chr(number) for number in range(0x80, 0x10000))
    return re.compile("[ـ" + "".join(sign for sign in signs if unicodedata.category(sign) in _UNSEEN) + "]+")


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
    opened, closed_by = -1, ""
    for place in np.flatnonzero((tokens < 0) & (tokens != _AT_END)).tolist():
        mark = _MARKS[-int(tokens[place]) - 1]
        if opened >= 0 and mark in closed_by:
            quoted[opened:place] = True
            opened = -1
        elif opened < 0 and mark in _ENDS_OF:
            opened, closed_by = place, _ENDS_OF[mark]
    if opened >= 0:
        quoted[opened:] = True
    return quoted


# Which marks end a quotation that this one opens; so does every paragraph.
_ENDS_OF = {
    '"': f'"\n{_QUOTE_SIGNS["”"]}',
    **{
        _QUOTE_SIGNS[opening]: "".join(_QUOTE_SIGNS[each] for each in closing) + '"\n'
        for opening, closing in _CLOSING.items()
    },
}
# Tokens that are no words have numbers below 0: marks by their place here, all other ends of sentences.
_MARKS = "".join(("\n", '"', *_QUOTE_SIGNS.values()))
_AT_PARAGRAPH, _AT_END = -1, -len(_MARKS) - 1
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
        place = _MARKS.find(first)
        return _AT_END if place < 0 else -place - 1
    word = token.replace(".", "")
    word = SAME_WORDS.get(word, word)
    if "ou" in word or "is" in word or "tre" in word:
        word = _BRITISH.sub(lambda found: _AMERICAN[found[0]], word)
    return xxhash.xxh3_64_intdigest(word.encode()) & _HASH
