"""The words, class names and selectors by which pages give themselves away, as data in `vocabulary.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

# What of a regular expression may be this or that: groups, classes, signs, what may be missing or repeated.
_UNSURE = re.compile(
    r"\((?:[^()]|\([^()]*\))*\)[?*+]?|\[[^\]]*\][?*+]?|(?:\\.|\.)(?:\{[^}]*\}|[?*+])?|.[?*]|.\{[^}]*\}|[\^$+]"
)


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(files("crawler.extraction").joinpath("vocabulary.toml").read_text("utf-8"))


def items(subject: str) -> tuple[str, ...]:
    """The items of a subject as they stand."""
    return tuple(_lists()[subject])


def alternatives(subject: str) -> str:
    """The words of a subject as the alternatives of a regular expression."""
    return "|".join(_lists()[subject])


def any_of(subject: str, form: str = "{}") -> re.Pattern[str]:
    """A pattern for any word of a subject, put into `form` in place of {}; case does not count."""
    return re.compile(form.replace("{}", alternatives(subject), 1), re.IGNORECASE)


class Phrases:
    """The phrases of a subject, to be found in long texts; case does not count.

    A phrase is tried only where its longest sure piece stands, which one pass over the text finds for
    all: all as one pattern are tried at every letter.
    """

    def __init__(self, subject: str) -> None:
        forms = _lists()[subject]
        self._patterns = [re.compile(form) for form in forms]
        self._pieces = AhoCorasick([sure_piece_of(form) for form in forms], implementation=Implementation.DFA)

    def are_in(self, text: str) -> bool:
        """Whether a text holds one of them."""
        lower = text.lower()
        found = {number for number, _, _ in self._pieces.find_matches_as_indexes(lower, overlapping=True)}
        return any(self._patterns[number].search(lower) for number in found)


def sure_piece_of(form: str) -> str:
    """The longest letters that every form of a regular expression without alternatives of its own has."""
    return max(_UNSURE.split(form), key=len)


def selector(subject: str) -> str:
    """The CSS selectors of a subject as one."""
    return ", ".join(_lists()[subject])


def classes(subject: str) -> str:
    """A selector for elements whose class holds any word of a subject."""
    return ", ".join(f"[class*='{word}' i]" for word in _lists()[subject])


def table(subject: str) -> tuple[tuple[str, str], ...]:
    """Names and, for each, the alternatives of a regular expression."""
    return tuple((name, "|".join(forms)) for name, forms in _lists()[subject].items())


def words_by(subject: str) -> Mapping[str, frozenset[str]]:
    """Names and, for each, its words as they stand."""
    return {name: frozenset(words) for name, words in _lists()[subject].items()}
