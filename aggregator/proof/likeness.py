"""How near two headlines or two outlets' names are, and in words in what they differ; for any script."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from crawler.text import Form, fold, fold_characters

# Names are so much the same (difflib's ratio) where one is a misspelling of the other.
NEAR_NAME = 0.75
_NOT_A_LETTER = re.compile(r"[^\w]+|_")
_SITE = re.compile(r"\.(?:com|org|net|co\.uk|de|fr|es|tv|news)$")
_MOST_TOLD = 3
_MOST_LOOKED_AT = 20


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """An outlet's name for comparison: "The Huffington Post" and "huffingtonpost.com" are near or equal."""
    folded = _SITE.sub("", fold(name).removeprefix("www.")).removeprefix("the ")
    return _NOT_A_LETTER.sub("", folded)


def name_likeness(one: str, other: str) -> float:
    """How alike two outlets' names are, from 0 to 1."""
    return SequenceMatcher(None, plain_name(one), plain_name(other), autojunk=False).ratio()


def is_written_so(said: str, right: str) -> bool:
    """Whether two texts are the same but for quotation marks, dashes and blanks: typography, no mistake."""
    return _typed(said) == _typed(right)


def _typed(text: str) -> str:
    return " ".join(fold_characters(unicodedata.normalize("NFC", text), Form.BOTH_KEPT).text.split())


@lru_cache(maxsize=50_000)
def trigrams(text: str) -> frozenset[str]:
    """The letters of a text by three, words' ends included."""
    letters = f" {_NOT_A_LETTER.sub(' ', fold(text)).strip()} "
    return frozenset(letters[at : at + 3] for at in range(max(1, len(letters) - 2)))


def headline_likeness(one: str, other: str) -> float:
    """How alike two headlines are, from 0 to 1: shared trigrams over all of both (Dice)."""
    a, b = trigrams(one), trigrams(other)
    return 2 * len(a & b) / (len(a) + len(b))


class HeadlineIndex:
    """Finds headlines near to a text without comparing it with each."""

    def __init__(self, headlines: Iterable[str]) -> None:
        self._texts = list(dict.fromkeys(headlines))
        self._holders: dict[str, list[int]] = {}
        for place, text in enumerate(self._texts):
            for part in trigrams(text):
                self._holders.setdefault(part, []).append(place)

    def near(self, text: str, least: float) -> list[tuple[float, str]]:
        """The headlines at least so much alike, the most alike first."""
        wanted = trigrams(text)
        shared = Counter(place for part in wanted for place in self._holders.get(part, ()))
        scored = (
            (2 * number / (len(wanted) + len(trigrams(self._texts[place]))), self._texts[place])
            for place, number in shared.items()
        )
        found = sorted((each for each in scored if each[0] >= least), key=lambda each: -each[0])
        return found[:_MOST_LOOKED_AT]


def differences(said: str, right: str) -> str:
    """In what words a text differs from what it should be: "“surges” for “urges”"."""
    ours, theirs = said.split(), right.split()
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    told = [_difference(ours[a:b], theirs[c:d]) for step, a, b, c, d in steps if step != "equal"]
    told = [each for each in told if each]
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return ", ".join(told[:_MOST_TOLD]) + more


def _difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    said, right = " ".join(ours), " ".join(theirs)
    if said and right:
        return "" if is_written_so(said, right) else f"“{said}” for “{right}”"
    return f"“{said}” is too much" if said else f"“{right}” is missing"
