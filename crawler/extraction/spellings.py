"""Where a page's own words spell its domain's word: "elsoldemazatlan" -> "El Sol de Mazatlán"."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.document import Document

_SHORTEST = 3
_BEGINNING, _END = 60_000, 4000
_LAST_LATIN = 0x2000
_WIDEST_GAP = 2
_MOST_UMLAUTS = 3
_UMLAUT = re.compile(r"([aou])e")
_GOES_ON = re.compile(r"[\w@/]|\.\w")
_ARTICLES = "(?:the |die |der |el |la |le )"
_ARTICLE = re.compile(rf"(?<![\w@/#.]){_ARTICLES}$", re.IGNORECASE)
_FIRST = re.compile(_ARTICLES, re.IGNORECASE)
_WITHIN = re.compile(r"[\w@/#.]")


def spellings_of(document: Document, label: str) -> Counter[str]:
    """How often the page spells the label, by how it does, with the article that stands before it."""
    letters = "".join(char for char in label if char.isalnum())
    if len(letters) < _SHORTEST:
        return Counter()
    body = document.body_text
    metas = " \n ".join(content for contents in document.metas.values() for content in contents[:2])
    text = " \n ".join((document.title, metas, body[:_BEGINNING], body[-_END:]))
    found = (_with_article(text, start, end) for start, end in _places_of(letters, text))
    return Counter(_tidy(text[span[0] : span[1]]) for span in found if span)


def less_article(name: str) -> str:
    """A name without the article at its beginning."""
    found = _FIRST.match(name)
    return name[found.end() :] if found else name


def _places_of(letters: str, text: str) -> list[tuple[int, int]]:
    """Where a text spells these letters, with at most two signs or blanks between each two."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    plain = _plain_letters()[np.minimum(points, _LAST_LATIN)]
    places = np.flatnonzero(plain)
    squeezed = plain[places].tobytes()
    found: dict[int, int] = {}
    for form in _forms_of(letters):
        for at in _finds(squeezed, form.encode()):
            own = places[at : at + len(form)].tolist()
            if own[0] not in found and _is_one(text, own):
                found[own[0]] = own[-1] + 1
    return sorted(found.items())


@lru_cache(maxsize=1)
def _plain_letters() -> NDArray[np.uint8]:
    """Code point -> the lower-case ASCII letter or digit that it is without accents; 0 where it is none."""
    table = np.zeros(_LAST_LATIN + 1, dtype=np.uint8)
    for point in range(_LAST_LATIN):
        plain = unicodedata.normalize("NFKD", chr(point))[:1].lower()
        if plain.isascii() and plain.isalnum():
            table[point] = ord(plain)
    return table


def _forms_of(letters: str) -> list[str]:
    """The letters, and with umlauts for "ae", "oe", "ue"; a domain writes "ü" as either."""
    pieces = _UMLAUT.split(letters, maxsplit=_MOST_UMLAUTS)
    choices = [(piece,) if place % 2 == 0 else (f"{piece}e", piece) for place, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in product(*choices)]


def _finds(squeezed: bytes, form: bytes) -> Iterator[int]:
    place = squeezed.find(form)
    while place >= 0:
        yield place
        place = squeezed.find(form, place + len(form))


def _is_one(text: str, own: list[int]) -> bool:
    """Whether letters at these places are one spelling: near each other, no letter between or behind."""
    gaps = [(one, two) for one, two in pairwise(own) if two - one > 1]
    return (
        all(two - one - 1 <= _WIDEST_GAP for one, two in gaps)
        and not any(char.isalnum() for one, two in gaps for char in text[one + 1 : two])
        and not _GOES_ON.match(text, own[-1] + 1)
    )


def _with_article(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a spelling stands, with the article before it; None within a word, an address or a handle."""
    before = _ARTICLE.search(text, max(0, start - 5), start)
    begin = before.start() if before else start
    return None if _WITHIN.match(text[begin - 1 : begin]) else (begin, end)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip("-– ,.:|")
