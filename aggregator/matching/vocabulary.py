"""One pass over an article for the terms of all campaigns, and a closer look at what it finds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from aggregator.matching.people import person_patterns
from aggregator.matching.pieces import Piece
from aggregator.matching.terms import Look, Pattern, hashtag_patterns, phrase_patterns
from aggregator.rules import Hashtag, Person, Phrase, Term


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
    """All terms of all campaigns, numbered, ready to be found in one pass."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.numbers = {term: number for number, term in enumerate(dict.fromkeys(terms))}
        self._wanted: list[list[tuple[int, Look]]] = []
        known: dict[str, int] = {}
        for term, number in self.numbers.items():
            for pattern in patterns_of(term):
                place = known.setdefault(pattern.text, len(known))
                if place == len(self._wanted):
                    self._wanted.append([])
                self._wanted[place].append((number, pattern.look))
        self._finder = AhoCorasick(list(known), store_patterns=False)

    def look_over(self, pieces: Sequence[Piece]) -> "Sightings":
        """What stands in the pieces, before any closer look."""
        places: dict[int, list[_Place]] = {}
        for number, piece in enumerate(pieces):
            for pattern, start, end in self._finder.find_matches_as_indexes(
                piece.words.text, overlapping=True
            ):
                for term, look in self._wanted[pattern]:
                    places.setdefault(term, []).append((number, start, end, look))
        return Sightings(pieces, self.numbers, places)

    def occurs_in(self, folded: str) -> bool:
        """Whether any pattern stands in a text that `crawler.text.words` folded: a quick first look."""
        return bool(self._finder.find_matches_as_indexes(folded))


def patterns_of(term: Term) -> Iterator[Pattern]:
    """What to look for in folded words for a term."""
    match term:
        case Phrase():
            return phrase_patterns(term)
        case Hashtag():
            return hashtag_patterns(term)
        case Person():
            return person_patterns(term)


@dataclass(frozen=True)
class Sightings:
    """The places of terms in one article, by term number; looked at closely once, when asked for."""

    pieces: Sequence[Piece]
    numbers: Mapping[Term, int]
    places: Mapping[int, list[_Place]]
    _seen: dict[int, list[Sighting]] = field(default_factory=dict)

    def of(self, term: Term) -> list[Sighting]:
        """Where a term really stands, in order, each place once."""
        number = self.numbers[term]
        if number not in self.places:
            return []
        if number not in self._seen:
            found = dict.fromkeys(self._look_closely(term, number))
            self._seen[number] = sorted(found, key=lambda sighting: (sighting.piece, sighting.first))
        return self._seen[number]

    def _look_closely(self, term: Term, number: int) -> Iterator[Sighting]:
        for place, start, end, look in self.places[number]:
            piece = self.pieces[place]
            text = piece.words.text
            first = piece.words.number_at(start + (text[start] == " "))
            last = piece.words.number_at(end - 1 - (text[end - 1] == " "))
            if (span := look(piece, (first, last))) is not None:
                yield Sighting(term, place, *span)
