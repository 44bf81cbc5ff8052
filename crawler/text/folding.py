"""Folds characters, so that what people hold to be the same text compares as equal.

Folding goes character by character (after entities and combining sequences were put
together), so that every folded character comes from one place of the original. What a
word is stands in `words`.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple


class Form(Enum):
    """How much of a text is folded away. Width, ligatures, invisible signs and dashes always are."""

    LOOSE = (True, True)
    ACCENTS_KEPT = (True, False)
    CASE_KEPT = (False, True)
    BOTH_KEPT = (False, False)

    @property
    def folds_case(self) -> bool:
        """Whether capitals and small letters are one."""
        return self.value[0]

    @property
    def folds_accents(self) -> bool:
        """Whether accented and plain letters are one."""
        return self.value[1]


APOSTROPHES = "'’‘‛ʼʻʹ′´`ˈ＇ꞌ׳｀\u1fef"
QUOTES = '"“”„‟«»″＂〝〞〟״'
DASHES = "-‐‑‒–—―−﹘﹣－⁃־᠆"
NUMBER_SIGNS = "#＃﹟"
TRADE_MARKS = "™℠"  # no letters of the word that they follow
TATWEEL = "ـ"

# Letters that Unicode does not take apart, but that people write without the stroke.
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ð": "d", "ŧ": "t", "æ": "ae", "œ": "oe", "ß": "ss"}
PLAIN_LETTERS = str.maketrans(
    _STROKES
    | {letter.upper(): plain.upper() for letter, plain in _STROKES.items() if letter != "ß"}
    | {"ı": "i", "ẞ": "SS", "ё": "е", "Ё": "Е"}
)
# Persian and Arabic keyboards write one letter as two characters.
SHARED_LETTERS = {"ی": "ي", "ک": "ك"}

# Typographers' capitals, for which Unicode knows no plain letter.
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ")

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0653-\u0655]")
# Vowel points of Arabic and Hebrew: a text is the same with and without them.
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]"
)
_LETTERS_OF_THEIR_OWN = frozenset("йЙўЎїЇ")


def fold(text: str) -> str:
    """The comparison form of a text: one case, width, blank, dash and quotation mark, no accents.

    >>> fold("“Así” –  ＃SÍ")
    '"asi" - #si'
    """
    return " ".join(join_characters(text).text.translate(TABLES[Form.LOOSE]).split())


_SIGNS = ((APOSTROPHES, "'"), (QUOTES, '"'), (DASHES, "-"), (NUMBER_SIGNS, "#"), (TRADE_MARKS, " "))


@cache
def fold_character(character: str, form: Form) -> str:
    """The folded form of one character; empty for what nobody sees."""
    if character.isspace():
        return " "
    if (sign := _fold_sign(character)) is not None:
        return sign
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in _LETTERS_OF_THEIR_OWN:
        return character.lower() if form.folds_case else character
    return _fold_letter(character, form)


def is_of_hashtag(character: str) -> bool:
    """Whether a hashtag goes on with it: letters and digits, the signs above and below them, `_`, joiners."""
    return character.isalnum() or character == "_" or unicodedata.category(character) in {"Mn", "Mc", "Cf"}


def _fold_sign(character: str) -> str | None:
    for kinds, sign in _SIGNS:
        if character in kinds:
            return sign
    unseen = unicodedata.category(character) in {"Cf", "Cc"} or character == TATWEEL
    return "" if unseen or "\ufe00" <= character <= "\ufe0f" else None


def _fold_letter(character: str, form: Form) -> str:
    letters = _POINTS.sub("", unicodedata.normalize("NFKD", character.translate(_SMALL_CAPITALS)))
    if character in "ёЁ":
        letters = character
    if form.folds_accents:
        letters = _ACCENTS.sub("", letters.translate(PLAIN_LETTERS))
        letters = letters.casefold() if form.folds_case else letters
    elif form.folds_case and letters != "I":
        # The Turkish capitals: İ is the capital of i; a plain I may be that of i or of ı,
        # which only `same_letters` can tell, so that it stays.
        letters = letters.replace("I\u0307", "i").lower().replace("ς", "σ")
    # Put together again what is one letter in its script: kana, Hangul, what kept its accent.
    return "".join(SHARED_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", letters))


def same_letters(wanted: str, seen: str) -> bool:
    """Whether two texts folded alike are the same, a capital I of the second being i or ı.

    Needed only for `Form.ACCENTS_KEPT`, where Turkish keeps i and ı apart.
    """
    if wanted == seen or len(wanted) != len(seen):
        return wanted == seen
    return all(
        a == b or ({a, b} <= {"I", "i", "ı"} and "I" in (a, b)) for a, b in zip(wanted, seen, strict=True)
    )


class _Table(dict[int, str]):
    """A table for `str.translate` that learns each character when it first sees it."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold_character(chr(code), self.form)
        return folded


TABLES = {form: _Table(form) for form in Form}


class Joined(NamedTuple):
    """A text whose entities and combining sequences are single characters.

    `starts` says where in the original each character begins, with the original's length
    at the end; None where nothing was put together.
    """

    text: str
    starts: Sequence[int] | None

    def original_span(self, first: int, last: int) -> tuple[int, int]:
        """Where in the original the characters number `first` to `last` (inclusive) stand."""
        if self.starts is None:
            return first, last + 1
        following = last + 1
        while self.starts[following] == self.starts[last]:
            following += 1
        return self.starts[first], self.starts[following]


_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
_COMBINING = r"[^\W_][\u0300-\u036f\u0653-\u0655\u3099\u309a]{1,8}"
_HANGUL = r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
_HALF_WIDTH_KANA = r"[\uff66-\uff9d][\uff9e\uff9f]"
# As in the address of a search for a hashtag: the sign itself, and what is beyond ASCII, in UTF-8.
_ESCAPED_NUMBER_SIGN = "%23"
_FOLLOWING = "%[89ABab][0-9A-Fa-f]"
_ESCAPED_LETTER = (
    f"%(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]){_FOLLOWING}"
    f"|%[Ee][0-9A-Fa-f](?:{_FOLLOWING}){{2}}|%[Ff][0-4](?:{_FOLLOWING}){{3}}"
)
_ESCAPED = re.compile(f"{_ESCAPED_NUMBER_SIGN}|{_ESCAPED_LETTER}")
_JOINABLE = re.compile(f"{_ENTITY}|{_ESCAPED.pattern}|{_COMBINING}|{_HANGUL}|{_HALF_WIDTH_KANA}")


def join_characters(text: str) -> Joined:
    """Put entities (`&rsquo;`), `%C3%A9` and combining sequences (e + ´) together, each where it stood."""
    if not _may_need_joining(text):
        return Joined(text, None)
    pieces: list[str] = []
    starts: list[int] = []
    end = 0
    for found in _JOINABLE.finditer(text):
        whole = found.group()
        joined = _compose(whole)
        pieces += (text[end : found.start()], joined)
        starts += range(end, found.start())
        starts += [found.start()] * len(joined)
        end = found.end()
    pieces.append(text[end:])
    starts += range(end, len(text) + 1)
    return Joined("".join(pieces), starts)


def _may_need_joining(text: str) -> bool:
    if ("&" in text and ";" in text) or ("%" in text and _ESCAPED.search(text)):
        return True
    return not unicodedata.is_normalized("NFC", text) or "\uff9e" in text or "\uff9f" in text


def _compose(sequence: str) -> str:
    if sequence[0] == "&":
        return html.unescape(sequence)
    if sequence[0] == "%":
        return _decode(sequence)
    half_width = sequence[0] >= "\uff66"
    return unicodedata.normalize("NFKC" if half_width else "NFC", sequence)


def _decode(escaped: str) -> str:
    try:
        return bytes.fromhex(escaped.replace("%", "")).decode()
    except UnicodeDecodeError:  # it only looks like UTF-8
        return escaped


@dataclass(frozen=True, slots=True)
class FoldedCharacters:
    """A folded text that remembers where each of its characters came from.

    `starts[i]` and `ends[i]` are the offsets in the original of the character that became
    `text[i]`.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold_characters(text: str, form: Form = Form.LOOSE) -> FoldedCharacters:
    """Fold a text without touching its blanks, with a map back to the original."""
    joined = join_characters(text)
    folded = [TABLES[form][ord(character)] for character in joined.text]
    starts: list[int] = []
    ends: list[int] = []
    for index, letters in enumerate(folded):
        start, end = joined.original_span(index, index)
        starts += [start] * len(letters)
        ends += [end] * len(letters)
    return FoldedCharacters("".join(folded), starts, ends)
