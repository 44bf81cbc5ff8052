"""One pass over an article for the terms of all campaigns, and a closer look at what it finds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from aggregator.matching.people import person_patterns
from aggregator.matching.pieces import Piece
from aggregator.matching.terms import Look, Pattern, hashtag_patterns, phrase_patterns
from aggregator.rules import Hashtag, Person, Phrase, Term
from crawler.text import words


@dataclass(frozen=True, slots=True)
class Sighting:
    """A term seen in a piece of an article: the words number `first` to `last`."""

    term: Term
    piece: int
    first: int
    last: int


# Where a pattern was found: piece, offset of its start, offset behind its end, its closer look.
_Place = tuple[int, int, int, Look]


class Vocabulary:
    """The terms that may make an article worth judging, numbered, ready to be found in one pass.

    `people` are only noted, by their full names; like all other terms they are looked for
    when somebody asks.
    """

    def __init__(self, terms: Iterable[Term], people: Iterable[Person] = ()) -> None:
        self.numbers = {term: number for number, term in enumerate(dict.fromkeys(terms))}
        self._known: dict[str, int] = {}
        self._wanted: list[list[tuple[int, Look]]] = []
        self._noted: list[list[Person]] = []
        for term, number in self.numbers.items():
            for pattern in patterns_of(term):
                self._wanted[self._place_of(pattern.text)].append((number, pattern.look))
        for person in people:
            self._noted[self._place_of(words(person.name))].append(person)
        # What the library takes for few patterns by itself is built slowly where they are long.
        self._finder = AhoCorasick(
            list(self._known), store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def _place_of(self, pattern: str) -> int:
        place = self._known.setdefault(pattern, len(self._known))
        if place == len(self._wanted):
            self._wanted.append([])
            self._noted.append([])
        return place

    def look_over(self, pieces: Sequence[Piece]) -> "Sightings":
        """What stands in the pieces, before any closer look."""
        places: dict[int, list[_Place]] = {}
        people: dict[Person, None] = {}
        for number, piece in enumerate(pieces):
            for pattern, start, end in self._finder.find_matches_as_indexes(
                piece.words.text, overlapping=True
            ):
                for term, look in self._wanted[pattern]:
                    places.setdefault(term, []).append((number, start, end, look))
                people.update(dict.fromkeys(self._noted[pattern]))
        return Sightings(pieces, self.numbers, places, people)


@lru_cache(maxsize=50_000)
def patterns_of(term: Term) -> tuple[Pattern, ...]:
    """What to look for in folded words for a term."""
    match term:
        case Phrase():
            return tuple(phrase_patterns(term))
        case Hashtag():
            return tuple(hashtag_patterns(term))
        case Person():
            return tuple(person_patterns(term))


@dataclass(frozen=True)
class Sightings:
    """The places of terms in one article; each is looked at closely once, when asked for.

    `places` has those found in the one pass, by the number of their term, `people` those
    named in full.
    """

    pieces: Sequence[Piece]
    numbers: Mapping[Term, int]
    places: Mapping[int, list[_Place]]
    people: Iterable[Person]
    _seen: dict[Term, list[Sighting]] = field(default_factory=dict)

    def may_have(self, term: Term) -> bool:
        """Whether a term was found at all, before any closer look."""
        number = self.numbers.get(term)
        if number is not None:
            return number in self.places
        patterns = patterns_of(term)
        return any(pattern.text in piece.words.text for piece in self.pieces for pattern in patterns)

    def of(self, term: Term) -> list[Sighting]:
        """Where a term really stands, in order, each place once."""
        if term not in self._seen:
            number = self.numbers.get(term)
            places = self._search(term) if number is None else self.places.get(number, ())
            found = dict.fromkeys(self._look_closely(term, places))
            self._seen[term] = sorted(found, key=lambda sighting: (sighting.piece, sighting.first))
        return self._seen[term]

    def _search(self, term: Term) -> Iterator[_Place]:
        for number, piece in enumerate(self.pieces):
            text = piece.words.text
            for pattern in patterns_of(term):
                start = text.find(pattern.text)
                while start >= 0:
                    yield number, start, start + len(pattern.text), pattern.look
                    start = text.find(pattern.text, start + 1)

    def _look_closely(self, term: Term, places: Iterable[_Place]) -> Iterator[Sighting]:
        reached = (-1, 0, 0)  # piece, offset, number of the word there: so that no word is counted twice
        for number, start, end, look in places:
            piece = self.pieces[number]
            text = piece.words.text
            start += text[start] == " "
            known = reached if reached[0] == number and reached[1] <= start else (number, 1, 0)
            first = known[2] + text.count(" ", known[1], start)
            reached = number, start, first
            last = first + text.count(" ", start, end - 1)
            if (span := look(piece, (first, last))) is not None:
                yield Sighting(term, number, *span)
