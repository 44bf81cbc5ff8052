"""How each term of a rule is looked for: patterns for the one pass over the words, then a closer look.

A pattern is found in folded words (`crawler.text.words`); the closer look at the original
decides what folding took away: capitals, accents, what stands directly before and after.
People are in `people`.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from aggregator.matching.pieces import Piece
from aggregator.rules import Case, Hashtag, Phrase
from crawler.text import Form, fold_characters, words
from crawler.text.folding import fold_character, is_of_hashtag, same_letters
from crawler.text.sentences import ABBREVIATIONS

# What stands before a tag: its sign, or the folders of the pages that sites make of it.
_BEFORE_TAGS = ("#", "hashtag/", "explore/tags/", "tiktok.com/tag/")
MOST_STOPS = 4  # beyond these, either all abbreviations of a phrase have their stop or none has
# A pair of word numbers, first and last.
Span = tuple[int, int]
Look = Callable[[Piece, Span], Span | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Folded words to be found, blanks included, and the closer look that accepts or refuses a place.

    None where folding took nothing away that matters.
    """

    text: str
    look: Look | None


def phrase_patterns(phrase: Phrase) -> Iterator[Pattern]:
    """The patterns of a phrase: with and without the stops of its abbreviations."""
    tokens = words(phrase.text).split()
    look = _PhraseLook(phrase)
    for variant in _stop_variants(tokens):
        spaced = _spaced(variant, phrase.open_start, phrase.open_end)
        yield Pattern(spaced, look if look.is_strict or len(variant) > 1 else None)
    for other in (_join_initials(tokens), _dot_capitals(phrase.text)):
        if other and other != tokens:
            yield Pattern(_spaced(other), _PhraseLook(phrase, initials=True))


def _spaced(tokens: list[str], open_start: bool = False, open_end: bool = False) -> str:
    return ("" if open_start else " ") + " ".join(tokens) + ("" if open_end else " ")


def _stop_variants(tokens: list[str]) -> Iterator[list[str]]:
    """The words with and without a stop wherever one was written or an abbreviation may have one."""
    bare = [place for place, token in enumerate(tokens) if token != "."] or list(range(len(tokens)))
    stops = [place for place in bare[:-1] if _may_have_stop(tokens[place]) or tokens[place + 1] == "."]
    if len(stops) > MOST_STOPS:
        yield from (_put_stops(tokens, bare, frozenset(chosen)) for chosen in ((), stops))
        return
    for choice in itertools.product((False, True), repeat=len(stops)):
        yield _put_stops(tokens, bare, frozenset(itertools.compress(stops, choice)))


def _put_stops(tokens: list[str], places: list[int], with_stop: frozenset[int]) -> list[str]:
    spelt = ([tokens[place], "."] if place in with_stop else [tokens[place]] for place in places)
    return list(itertools.chain.from_iterable(spelt))


def _may_have_stop(token: str) -> bool:
    return token in ABBREVIATIONS or (len(token) == 1 and token.isascii() and token.isalpha())


def _join_initials(tokens: list[str]) -> list[str]:
    """`u . s . steel` as `us steel`."""
    return re.sub(r"(?<!\S)(?:[a-z] \. )+[a-z](?: \.)?(?!\S)", _without_stops, " ".join(tokens)).split()


def _dot_capitals(text: str) -> list[str]:
    """`Washington DC` as `washington d . c`; empty where nothing is in capitals."""
    parts = words(text, Form.CASE_KEPT).split()
    if not any(_is_acronym(part) for part in parts):
        return []
    dotted = " ".join(" . ".join(part) + " ." if _is_acronym(part) else part for part in parts)
    return dotted.lower().removesuffix(" .").split()


def _is_acronym(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.isupper() and 2 <= len(word) <= 4


def _without_stops(initials: re.Match[str]) -> str:
    return initials.group().replace(" .", "").replace(" ", "")


@dataclass(frozen=True, slots=True)
class _PhraseLook:
    phrase: Phrase
    initials: bool = False

    def __call__(self, piece: Piece, span: Span) -> Span | None:
        if not (piece.has_paragraphs or self.initials or self.is_strict):
            return span
        start, end = piece.words.span(*span)
        seen = piece.words.original[start:end]
        if "\n" in seen and re.search(r"\n\s*\n", seen):
            return None
        fits = self._fits_initials(seen) if self.initials else self._fits(seen)
        return span if fits else None

    @property
    def is_strict(self) -> bool:
        """Whether capitals or accents matter."""
        return self.phrase.case is not Case.IGNORE or self.phrase.accents

    def _fits_initials(self, seen: str) -> bool:
        """With other stops than written, initials are the same only in capitals: US, not us."""
        return any(word.isupper() and len(word) > 1 for word in seen.split())

    def _fits(self, seen: str) -> bool:
        phrase = self.phrase
        if phrase.case is Case.NAME and not keeps_capitals(phrase.text, seen):
            return False
        if phrase.case is not Case.MATCH and not phrase.accents:
            return True
        form = _FORMS[phrase.case is Case.MATCH, phrase.accents]
        return self._fits_letters(_without_signs(phrase.text, form), _without_signs(seen, form))

    def _fits_letters(self, wanted: str, seen: str) -> bool:
        if self.phrase.open_start and self.phrase.open_end:
            return wanted in seen
        if self.phrase.open_start:
            return _is_spelt(wanted, seen[-len(wanted) :], self.phrase.case)
        return _is_spelt(wanted, seen[: len(wanted)] if self.phrase.open_end else seen, self.phrase.case)


def _is_spelt(wanted: str, seen: str, case: Case) -> bool:
    """Whether two texts folded alike are the same; a Turkish capital may be that of either i."""
    return wanted == seen if case is Case.MATCH else same_letters(wanted, seen)


_FORMS = {(True, True): Form.BOTH_KEPT, (True, False): Form.CASE_KEPT, (False, True): Form.ACCENTS_KEPT}


@lru_cache(maxsize=10_000)
def _without_signs(text: str, form: Form) -> str:
    return " ".join(token for token in words(text, form).split() if token != ".")


@lru_cache(maxsize=10_000)
def _letters(text: str) -> tuple[str, ...]:
    return tuple(token for token in words(text, Form.CASE_KEPT).split() if token[0].isalnum())


@lru_cache(maxsize=10_000)
def _folded(text: str, form: Form) -> str:
    return fold_characters(text, form).text


def keeps_capitals(wanted: str, seen: str) -> bool:
    """Whether every letter that is a capital in `wanted` is one in `seen`, too.

    Of a name of several words all in capitals, only the first letters: somebody shouted.
    """
    if wanted == seen:
        return True
    shouted = wanted.isupper() and len(wanted.split()) > 1
    pairs = zip(_letters(wanted), _letters(seen), strict=False)
    letters = ((a[:1], b[:1]) if shouted else (a, b) for a, b in pairs)
    return not any(x.isupper() and y.islower() for a, b in letters for x, y in zip(a, b, strict=False))


def hashtag_patterns(hashtag: Hashtag) -> Iterator[Pattern]:
    """The patterns of a hashtag: with its sign or as in an address, and its words if asked."""
    for before in _BEFORE_TAGS:
        yield Pattern(words(before + hashtag.tag), _HashtagLook(hashtag, before))
    if hashtag.split:
        for phrase in spell_out(hashtag):
            yield from phrase_patterns(phrase)


def spell_out(hashtag: Hashtag, case: Case | None = None) -> list[Phrase]:
    """The words of a hashtag as phrases (#G20Summit: G 20 Summit, G20 Summit), none of a single word."""
    ways = dict.fromkeys(" ".join(parts) for parts in split_camel(hashtag.tag) if len(parts) > 1)
    return [Phrase(way, case=case or hashtag.case, accents=hashtag.accents) for way in ways]


def split_camel(tag: str) -> tuple[list[str], list[str]]:
    """The words of `SeekingSanctuary`, `BLMProtest`, `here_to_stay`; a number apart, then glued."""
    kinds = "".join("U" if c.isupper() else "d" if c.isdigit() else "_" if c == "_" else "l" for c in tag)
    apart, glued = (
        [tag[m.start() : m.end()] for m in re.finditer(pattern, kinds)]
        for pattern in (r"U+(?=Ul)|Ul+|U+|l+|d+", r"U+(?=Ul)|Ul+d*|U+d*|l+d*|d+")
    )
    return apart, glued


@dataclass(frozen=True, slots=True)
class _HashtagLook:
    hashtag: Hashtag
    before: str

    def __call__(self, piece: Piece, span: Span) -> Span | None:
        start, end = piece.words.span(*span)
        original, form = piece.words.original, self._form
        wanted, seen = (_folded(text, form) for text in (self.before + self.hashtag.tag, original[start:end]))
        glued = _is_spelt(wanted, seen, self.hashtag.case)
        return span if glued and not _goes_on(original, end) else None

    @property
    def _form(self) -> Form:
        if self.hashtag.case is not Case.MATCH and not self.hashtag.accents:
            return Form.LOOSE
        return _FORMS[self.hashtag.case is Case.MATCH, self.hashtag.accents]


def _goes_on(original: str, end: int) -> bool:
    """Whether a hashtag is followed by a further letter, digit, vowel sign or underscore."""
    for character in original[end : end + 8]:
        if folded := fold_character(character, Form.LOOSE):
            return is_of_hashtag(folded[0])
    return False
