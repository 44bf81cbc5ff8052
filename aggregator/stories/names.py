"""Reads the names that a text gives and whom it credits; what they prove is for `kinship`.

A name is a run of capitalised words inside a sentence. Scripts without capitals give none,
and German, which writes all nouns so, gives only names of several words.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

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
# "NBC News reported", "informó Univision": who stands before, or behind.
_SAYS = (
    " reported", " reports", " writes", " wrote", " has reported", " first reported",
    " informó", " reportó", " publicó", " berichtete", " berichtet", " rapporte",
)  # fmt: skip
_BY = (
    "according to ", " told ", "reported by ", "reported in ", "report in ", "report from ", "report by ",
    "reports in ", "obtained by ", "published by ", "published in ", "appeared in ", "appeared on ",
    "interview with ", "translated by ", "translated from ", "según ", "dijo a ", "declaró a ",
    "publicado por ", "traducido de ", "traducido por ", "laut ", "selon ",
)  # fmt: skip
_CREDITING = AhoCorasick((*_SAYS, *_BY), implementation=Implementation.ContiguousNFA)
# What a sentence puts before the outlet that it credits: "As NBC News reported", "So The Ledger reported".
_LEADING = re.compile(
    r"(?:(?:so|as|but|and|then|when|while|since|also|yet|later|earlier|meanwhile|once|what|where|after)\b )*"
    r"(?:the )?"
)
_ARTICLE = re.compile(r"(?:the |la |el |le |der |die |das )?")
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
        credits=_credits(beginning) if counted else (),
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
    if "'" in name or "’" in name:
        name = " ".join(_POSSESSIVE.sub("", part) for part in name.split())
    parts = words.fold(name).replace(".", "").split()
    while parts and (parts[0] in TITLES or (opens and parts[0] in FILLERS)):
        parts = parts[1:]
    if not 0 < len(parts) <= _LONGEST or len(name) > _LONGEST_SIGNS:
        return ""
    return "" if len(parts) == 1 and parts[0] in FILLERS else " ".join(parts[-2:])


def _credits(text: str) -> tuple[str, ...]:
    """Whom the text credits, folded, in the order in which they stand."""
    hits = _CREDITING.find_matches_as_indexes(text.lower(), overlapping=True)
    found = [
        (start, _before(text, start) if phrase < len(_SAYS) else _behind(text, end))
        for phrase, start, end in hits
    ]
    plain = (words.fold(_POSSESSIVE.sub("", name)).replace(".", "") for _, name in sorted(found) if name)
    return tuple(dict.fromkeys(_LEADING.sub("", name, count=1) for name in plain))[:_MOST_CREDITS]


def _before(text: str, end: int) -> str:
    """The name that ends there; empty without one."""
    for match in _OUTLET.finditer(text, max(0, end - _LONGEST_SIGNS), end):
        if match.end() == end:
            return match[0]
    return ""


def _behind(text: str, start: int) -> str:
    """The name that begins there, behind an article; empty without one."""
    article = _ARTICLE.match(text, start)
    match = _OUTLET.match(text, article.end() if article else start)
    return match[0] if match else ""
