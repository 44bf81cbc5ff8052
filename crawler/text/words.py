"""Cuts a text into folded words and signs, and leads from a place among them back to the original.

A word is a run of letters, digits and underscores; blanks, dashes and quotation marks
only part words, every other sign stands as a word of its own. In scripts written without
blanks each character is a word. What characters have in common is decided in `folding`.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

import numpy as np

from crawler.text.folding import Form, Joined, fold_character, join_characters

# Every character a word: kana and Han.
_IDEOGRAPHS = re.compile("[\u3005-\u3007\u3021-\u3029\u3040-\u3098\u309b-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
                         "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip
# Every letter begins a word, its vowel and tone signs belong to it: Thai, Lao, Myanmar, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_STRETCH = 600  # characters, about


class _SpacingTable(dict[int, str]):
    """For `str.translate`: folds a character and puts blanks round it where it parts words."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code), self.form)
        spaced = self[code] = "".join(_space(character) for character in folded)
        return spaced

    @cached_property
    def ascii_rules(self) -> tuple[bytes, bytes, list[str]]:
        """What becomes of ASCII: one character for another, those left out, those that stand as words."""
        folded = {code: self[code] for code in range(128)}
        same = bytes(ord(letters) if len(letters) == 1 else code for code, letters in folded.items())
        signs = [chr(code) for code, letters in folded.items() if len(letters) > 1]
        return same + bytes(128), bytes(code for code, letters in folded.items() if not letters), signs


def _space(character: str) -> str:
    if character in ' -"':
        return " "
    if _IDEOGRAPHS.match(character):
        return f" {character} "
    kind = unicodedata.category(character)
    if kind[0] == "M" or character in "_'":
        return character
    if kind[0] in "LN":
        return f" {character}" if _UNSPACED.match(character) else character
    return f" {character} "


@lru_cache(maxsize=20_000)
def is_character(word: str) -> bool:
    """Whether a folded word is a single character of a script that is written without blanks."""
    return _IDEOGRAPHS.match(word) is not None or _UNSPACED.match(word) is not None


_TABLES = {form: _SpacingTable(form) for form in Form}
_TYPOGRAPHY = "’“”—–‘…\u00a0"  # what is beyond ASCII in most texts that have hardly anything beyond it
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_MOST_KINDS = 40  # of characters that are replaced one after the other


def _space_out(joined: str, table: _SpacingTable) -> str:
    """What `translate` gives; in half the time where all is ASCII but for a few kinds of character."""
    plain = _to_ascii(joined, table)
    if not plain.isascii():
        return joined.translate(table)
    same, left_out, signs = table.ascii_rules
    spaced = plain.encode("ascii").translate(same, left_out).decode("ascii")
    for sign in signs:
        if sign in spaced:
            spaced = spaced.replace(sign, f" {sign} ")
    return spaced


def _to_ascii(text: str, table: _SpacingTable) -> str:
    """The text with its characters beyond ASCII folded, if they are of few kinds."""
    if text.isascii():
        return text
    text = _replace(_TYPOGRAPHY, text, table)
    kinds = () if text.isascii() else set(_BEYOND_ASCII.findall(text))
    return _replace(kinds, text, table) if len(kinds) <= _MOST_KINDS else text


def _replace(kinds: Iterable[str], text: str, table: _SpacingTable) -> str:
    for kind in kinds:
        if kind in text:
            text = text.replace(kind, table[ord(kind)])
    return text


def words(text: str, form: Form = Form.LOOSE) -> str:
    """The words and signs of a text, folded, each with one blank before and after it.

    So that `" sanctuary cities " in words(text)` looks for whole words.

    >>> words("“Sanctuary” cities’ #LP2018…")
    ' sanctuary cities # lp2018 . . . '
    """
    return " ".join(["", *_cut_words(join_characters(text).text, form), ""])


def _cut_words(joined: str, form: Form) -> list[str]:
    return _drop_quotes(_space_out(joined, _TABLES[form])).replace("'", " ' ").split()


def _drop_quotes(spaced: str) -> str:
    """Blank out apostrophes at the edge of a word, which are quotation marks; lengths stay."""
    return f" {spaced} ".replace(" '", "  ").replace("' ", "  ")


@dataclass(frozen=True)
class Words:
    """The words of a text (as `words` gives them) that remember where they stood in it.

    The way back is worked out for one stretch of the text at a time, when somebody asks.
    """

    original: str
    form: Form = Form.LOOSE

    @cached_property
    def text(self) -> str:
        """What `words` gives."""
        return " ".join(["", *self.tokens, ""])

    @cached_property
    def tokens(self) -> list[str]:
        """The words and signs one by one."""
        return _cut_words(self._joined.text, self.form)

    @cached_property
    def _joined(self) -> Joined:
        return join_characters(self.original)

    @cached_property
    def _cuts(self) -> list[int]:
        """Where each stretch of the joined text begins: at blanks, where no word is cut in two."""
        cuts = [0]
        while (blank := self._joined.text.find(" ", cuts[-1] + _STRETCH)) >= 0:
            cuts.append(blank)
        return cuts

    def _stretch(self, number: int) -> str:
        end = self._cuts[number + 1] if number + 1 < len(self._cuts) else None
        return self._joined.text[self._cuts[number] : end]

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first word of each stretch."""
        counts = (len(_cut_words(self._stretch(n), self.form)) for n in range(len(self._cuts) - 1))
        return list(accumulate(counts, initial=0))

    @cached_property
    def _known(self) -> dict[int, list[tuple[int, int]]]:
        return {}

    def _spans(self, number: int) -> list[tuple[int, int]]:
        """The first and last character of each word of a stretch, counted in the joined text."""
        if number not in self._known:
            self._known[number] = self._find_words(number)
        return self._known[number]

    def _find_words(self, number: int) -> list[tuple[int, int]]:
        """An apostrophe inside a word is a word of its own, as `_cut_words` has it."""
        stretch, table = self._stretch(number), _TABLES[self.form]
        folded = list(map(table.__getitem__, map(ord, stretch)))
        behind = np.cumsum(list(map(len, folded)))
        spaced = _drop_quotes("".join(folded))[1:-1].encode("utf-32-le", "surrogatepass")
        letters = np.frombuffer(spaced, dtype="<u4")
        parting = np.concatenate(([True], (letters == 32) | (letters == 39), [True]))
        inside = letters != 32
        first = np.flatnonzero(inside & (parting[:-2] | parting[1:-1]))
        last = np.flatnonzero(inside & (parting[2:] | parting[1:-1]))
        begin = self._cuts[number]
        begins = (begin + np.searchsorted(behind, first, side="right")).tolist()
        ends = (begin + np.searchsorted(behind, last, side="right")).tolist()
        return list(zip(begins, ends, strict=True))

    @cached_property
    def _begins(self) -> list[int]:
        lengths = map((1).__add__, map(len, self.tokens))
        return list(accumulate(lengths, initial=1))

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Where in `text` the words number `first` to `last` stand, with a blank before and after."""
        return self._begins[first] - 1, self._begins[last + 1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where in the original the words number `first` to `last` (inclusive) stand."""
        return self._joined.original_span(self._characters_of(first)[0], self._characters_of(last)[1])

    def _characters_of(self, word: int) -> tuple[int, int]:
        stretch = bisect_right(self._firsts, word) - 1
        return self._spans(stretch)[word - self._firsts[stretch]]
