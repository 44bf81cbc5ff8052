"""Reads the names that a text gives and whom it credits; what they prove is for `kinship`.

A name is a run of capitalised words inside a sentence. Scripts without capitals give none,
and German, which writes all nouns so, gives only names of several words.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from aggregator.stories import words
from aggregator.stories.newsroom import COMMON_NAMES, FILLERS, TITLES

# A report names its people and places early; what comes later is background.
_SIGNS = 4_000
_MOST_GIVEN = 40
_MOST_FREQUENT = 8
_MOST_CREDITS = 6
_LONGEST = 6
_LONGEST_SIGNS = 60

_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĎĐĘĚĞŁŃŇŐŘŚŞŠŤŮŰŹŻŽΑ-ΩА-ЯЁ"
_PART = rf"[{_UPPER}](?:[\w'’-]+\.?[\w-]+|\w)*"
_LINK = "(?:de la|de|del|van der|van|von|bin|al|da|di|du|dos) "
_NAME = re.compile(rf"{_PART}(?: (?:{_LINK})?{_PART})*")
# What stands before the first word of a sentence, a line or a quotation.
_OPENERS = frozenset('.!?:\n“"«(—–|•')
_POSSESSIVE = re.compile(r"['’]s?$")
# "NBC News reported", "told the Herald", "according to Politico", "informó Univision".
_SAYS = re.compile(
    r",? (?:has |have |had |also |first )*"
    r"(?:reported|reports|writes|wrote|informó|reportó|publicó|berichte(?:t|te)|rapporte)\b"
)
_AFTER = re.compile(
    r"\b(?:according to|told|reported (?:by|in)|reports? (?:in|from|by)|obtained by|published (?:by|in)"
    r"|appeared (?:in|on)|interview with|translated (?:by|from)|según|dijo a|declaró a|publicado por"
    r"|traducido (?:de|por)|laut|selon) "
    r"(?:the |la |el |le |der |die |das )?"
)
_OUTLET = re.compile(rf"{_PART}(?: (?:of |de )?{_PART}){{0,4}}")


class Names(NamedTuple):
    """Folded names of a text: `given` in the order in which they first stand, `frequent` those of
    several words that stand there most often, `credits` whom it says that it has its news from."""

    given: tuple[str, ...]
    frequent: tuple[str, ...]
    credits: tuple[str, ...]


def read_names(text: str, language: str | None) -> Names:
    """The names in the beginning of a text, and whom it credits."""
    beginning = text[:_SIGNS]
    counted = _counted(beginning, language)
    several = [name for name in counted if " " in name and name not in COMMON_NAMES]
    return Names(
        given=tuple(counted)[:_MOST_GIVEN],
        frequent=tuple(sorted(several, key=lambda name: -counted[name])[:_MOST_FREQUENT]),
        credits=_credits(beginning),
    )


def _counted(text: str, language: str | None) -> Counter[str]:
    """How often each name stands there, in order of first appearance."""
    found: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" ")[-1:]
        opens = not before or before in _OPENERS
        name = _plain(match[0], opens)
        if name:
            single = " " not in name and (opens or language == "de")
            (unsure if single else found)[name] += 1
    for name, count in unsure.items():
        if name in found:
            found[name] += count
    return found


@lru_cache(maxsize=50_000)
def _plain(name: str, opens: bool) -> str:
    """The folded name, its last two words, without titles and a sentence's first idle word; or nothing."""
    parts = [words.fold(_POSSESSIVE.sub("", part)).replace(".", "") for part in name.split()]
    while parts and (parts[0] in TITLES or (opens and parts[0] in FILLERS)):
        parts = parts[1:]
    if not 0 < len(parts) <= _LONGEST or len(name) > _LONGEST_SIGNS:
        return ""
    return "" if len(parts) == 1 and parts[0] in FILLERS else " ".join(parts[-2:])


def _credits(text: str) -> tuple[str, ...]:
    found = []
    for says in _SAYS.finditer(text):
        start = max(0, says.start() - _LONGEST_SIGNS)
        named = [
            match for match in _OUTLET.finditer(text, start, says.start()) if match.end() == says.start()
        ]
        found += [match[0] for match in named]
    for by in _AFTER.finditer(text):
        if match := _OUTLET.match(text, by.end()):
            found.append(match[0])
    plain = (words.fold(_POSSESSIVE.sub("", name)).replace(".", "") for name in found)
    return tuple(dict.fromkeys(name.removeprefix("the ") for name in plain))[:_MOST_CREDITS]
