"""What a site's links have turned out to be: shapes of addresses and places on its pages, counted. Pure.

Each page that is read teaches: an article speaks for its address's shape and for the place where its
link stood, anything else against them. What is decided from that stands in `readers.choosing`; the
counts are kept by whoever sends the crawler out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

ENOUGH = 5  # links of a kind that were followed before their kind says anything
LIKELY = 0.5  # the share of articles from which links of a kind are followed
REMEMBERED = 60  # of one kind; older ones count half each time, so that a site may change its ways
LONGEST = 120  # characters of a shape or place

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DATE = re.compile(r"(?:19|20)\d\d-?[01]\d-?[0-3]\d\Z")
_MONTH = re.compile(r"(?:[01]?\d|[a-z]{3})\Z", re.IGNORECASE)
_DAY = re.compile(r"[0-3]?\d\Z")
_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\Z", re.IGNORECASE)
_NUMBER_AT_END = re.compile(r"\d{4,}\Z")
_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many links of one kind were articles, and how many something else."""

    articles: float = 0.0
    others: float = 0.0

    @property
    def seen(self) -> float:
        """How many were followed; those long ago count less."""
        return self.articles + self.others

    @property
    def share(self) -> float:
        """The share of articles to expect of the next ones (Laplace's rule of succession)."""
        return (self.articles + 1) / (self.seen + 2)

    def with_one(self, was_article: bool) -> "Tally":
        """One more link of this kind was followed."""
        fade = 0.5 if self.seen >= REMEMBERED else 1.0
        return Tally(self.articles * fade + was_article, self.others * fade + (not was_article))


@dataclass(frozen=True, slots=True)
class Habits:
    """The tallies of one site, by shape of the address and by place on the page."""

    shapes: Mapping[str, Tally] = field(default_factory=dict)
    places: Mapping[str, Tally] = field(default_factory=dict)

    def expect(self, shape: str, place: str | None) -> Tally | None:
        """What links of this shape (else, of this place) turned out to be; None where too few were followed.

        A shape that is now this and now that leaves it to the place.
        """
        known = [
            tally
            for tally in (self.shapes.get(shape), self.places.get(place or ""))
            if tally and tally.seen >= ENOUGH
        ]
        clear = (tally for tally in known if not 0.2 < tally.share < 0.8)
        return next(clear, known[0] if known else None)


def explain_shape(shape: str, tally: Tally) -> str:
    """A tally in words.

    >>> explain_shape("/year/month/day/slug", Tally(41, 1))
    'links like /year/month/day/slug: 41 of 42 were articles'
    """
    return f"links like {shape}: {tally.articles:.0f} of {tally.seen:.0f} were articles"


def shape_of(url: str) -> str:
    """The shape of an address: its path with dates, numbers and headlines named, and the query's names.

    >>> shape_of("https://daily.example/news/2017/03/28/mayors-answer-the-threat.html")
    '/word/year/month/day/slug.html'
    >>> shape_of("https://daily.example/a/b-12345?id=7")
    '/word/slug-number?id'
    """
    parts = urlsplit(url)
    levels: list[str] = []
    for level in parts.path.strip("/").split("/"):
        levels.append(_name_level(level, levels[-1] if levels else ""))
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    query = "?" + "&".join(names) if names else ""
    return f"/{'/'.join(levels)}{query}"[:LONGEST]


def _name_level(level: str, before: str) -> str:
    extension = _EXTENSION.search(level)
    tail = extension[0].lower() if extension else ""
    text = level[: len(level) - len(tail)]
    if before == "year" and _MONTH.match(text):
        return f"month{tail}"
    if before == "month" and _DAY.match(text):
        return f"day{tail}"
    return f"{_name_text(text)}{tail}"


def _name_text(text: str) -> str:
    if not text:
        return ""
    if _YEAR.match(text):
        return "year"
    if _DATE.match(text):
        return "date"
    if text.isdecimal():
        return "number"
    if _HEXADECIMAL.match(text):
        return "code"
    words = len(re.findall(r"[^-_\W]+", text))
    if _NUMBER_AT_END.search(text):
        return "slug-number"
    return "slug" if words >= 4 else "words" if words >= 2 else "word"
