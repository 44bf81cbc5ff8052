"""Cuts a text into folded words and signs, and leads from a place among them back to the original.

A word is a run of letters, digits and underscores; blanks, dashes and quotation marks
only part words, every other sign stands as a word of its own. In scripts written without
blanks each character is a word. What characters have in common is decided in `folding`.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from crawler.text.folding import FoldedCharacters, Form, fold_character, join_characters, map_characters

# Every character a word: kana and Han.
_IDEOGRAPHS = re.compile("[\u3005-\u3007\u3021-\u3029\u3040-\u3098\u309b-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
                         "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip
# Every letter begins a word, its vowel and tone signs belong to it: Thai, Lao, Myanmar, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_TOKEN = re.compile(r"'|[^ ']+")


class _SpacingTable(dict[int, str]):
    """For `str.translate`: folds a character and puts blanks round it where it parts words."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code), self.form)
        spaced = self[code] = "".join(_space(character) for character in folded)
        return spaced


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


_TABLES = {form: _SpacingTable(form) for form in Form}


def words(text: str, form: Form = Form.LOOSE) -> str:
    """The words and signs of a text, folded, each with one blank before and after it.

    So that `" sanctuary cities " in words(text)` looks for whole words.

    >>> words("“Sanctuary” cities’ #LP2018…")
    ' sanctuary cities # lp2018 . . . '
    """
    spaced = _drop_quotes(join_characters(text).text.translate(_TABLES[form]))
    return " ".join(["", *spaced.replace("'", " ' ").split(), ""])


def _drop_quotes(spaced: str) -> str:
    """Blank out apostrophes at the edge of a word, which are quotation marks; lengths stay."""
    return f" {spaced} ".replace(" '", "  ").replace("' ", "  ")


@dataclass(frozen=True)
class Words:
    """The words of a text (as `words` gives them) that remember where they stood in it."""

    original: str
    form: Form = Form.LOOSE

    @cached_property
    def text(self) -> str:
        """What `words` gives."""
        return words(self.original, self.form)

    @cached_property
    def _characters(self) -> FoldedCharacters:
        return map_characters(self.original, _TABLES[self.form])

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        found = _TOKEN.finditer(_drop_quotes(self._characters.text))
        starts, ends = self._characters.starts, self._characters.ends
        return [(starts[token.start() - 1], ends[token.end() - 2]) for token in found]

    @cached_property
    def _begins(self) -> list[int]:
        lengths = (len(word) + 1 for word in self.text.split())
        return list(accumulate(lengths, initial=1))

    def number_at(self, offset: int) -> int:
        """Which word (counted from 0) the character at an offset of `text` belongs to."""
        return bisect_right(self._begins, offset) - 1

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Where in `text` the words number `first` to `last` stand, with a blank before and after."""
        return self._begins[first] - 1, self._begins[last + 1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where in the original the words number `first` to `last` (inclusive) stand."""
        return self._spans[first][0], self._spans[last][1]
