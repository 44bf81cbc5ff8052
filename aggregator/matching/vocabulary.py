"""The words of all campaigns, found in an article at once; where each stands is worked out when asked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice

import numpy as np

from aggregator.matching.people import person_patterns
from aggregator.matching.pieces import Piece
from aggregator.matching.sieve import Sieve
from aggregator.matching.spots import APART, Numbers, Spots, merge, spots_of
from aggregator.matching.terms import Pattern, hashtag_patterns, phrase_patterns
from aggregator.rules import Hashtag, Person, Phrase, Term
from crawler.text import Words, words

# Places of a pattern in one piece of an article that are looked at. An ordinary article has
# fewer words than that; it bounds what a page of one word repeated can cost.
MOST_PLACES = 2_000
MANY = 8  # pieces of an article, from which on it is first asked whether anything is in it at all
FEW = 6  # places of a term in a piece: enough to choose from what to show


@dataclass(frozen=True, slots=True)
class Sighting:
    """A term seen in a piece of an article: the words number `first` to `last`."""

    term: Term
    piece: int
    first: int
    last: int


class Vocabulary:
    """The terms that may make an article worth judging, ready to be looked for all at once.

    `people` are only noted, by their full names; like all other terms they are looked for
    when somebody asks. `beside` are terms that make no article worth judging by themselves.
    """

    def __init__(
        self, terms: Collection[Term], people: Iterable[Person] = (), beside: Iterable[Term] = ()
    ) -> None:
        self.wanted: dict[str, list[Term]] = {}
        self.noted: dict[str, list[Person]] = {}
        self._want(terms)
        for person in people:
            self.noted.setdefault(words(person.name), []).append(person)
        telling = {*self.wanted, *self.noted}
        self._telling = Sieve(telling)
        self._want(term for term in beside if term not in terms)
        self._beside = Sieve(self.wanted.keys() - telling)

    def _want(self, terms: Iterable[Term]) -> None:
        for term in terms:
            for pattern in patterns_of(term):
                self.wanted.setdefault(pattern.text, []).append(term)

    def look_over(self, pieces: Sequence[Piece], *, whatever_there_is: bool = True) -> "Sightings":
        """What stands in the pieces, before any closer look; where no telling term is, perhaps nothing."""
        present: dict[str, list[int]] = {}
        if not whatever_there_is and len(pieces) > MANY and not self._has_any(pieces):
            return Sightings(pieces, self, present)
        for number, piece in enumerate(pieces):
            for pattern in chain(self._telling.find(piece.words), self._beside.find(piece.words)):
                present.setdefault(pattern, []).append(number)
        return Sightings(pieces, self, present)

    def _has_any(self, pieces: Sequence[Piece]) -> bool:
        """Whether anything telling stands in all the pieces together, which is cheaper than to ask each."""
        together = Words("\n\n".join(piece.words.original for piece in pieces))
        return any(True for _ in self._telling.find(together))


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

    `present` says of the patterns of the vocabulary in which pieces they stand. Words are
    numbered through all pieces.
    """

    pieces: Sequence[Piece]
    vocabulary: Vocabulary
    present: Mapping[str, list[int]]
    _seen: dict[tuple[Term, bool], Spots] = field(default_factory=dict)

    @property
    def terms(self) -> Iterator[Term]:
        """The terms of the vocabulary found, before any closer look; some perhaps twice."""
        return (term for pattern in self.present for term in self.vocabulary.wanted.get(pattern, ()))

    @property
    def people(self) -> Iterator[Person]:
        """The people named in full; some perhaps twice."""
        return (person for pattern in self.present for person in self.vocabulary.noted.get(pattern, ()))

    def may_have(self, term: Term) -> bool:
        """Whether a term was found at all, before any closer look."""
        return any(self._pieces_with(pattern.text) for pattern in patterns_of(term))

    def of(self, term: Term, *, few: bool = False) -> Spots:
        """Where a term really stands; with `few` only the first places in each piece."""
        if (term, few) not in self._seen:
            self._seen[term, few] = self._find(term, few)
        return self._seen[term, few]

    def _find(self, term: Term, few: bool) -> Spots:
        outside = term.outside if isinstance(term, Phrase) else ()
        most = FEW if few and not outside else MOST_PLACES
        found = merge(
            self._look_closely(number, pattern, most)
            for pattern in patterns_of(term)
            for number in self._pieces_with(pattern.text)
        )
        return found.where(~found.inside(self._longer(outside))) if outside and len(found) else found

    def _longer(self, phrases: Iterable[str]) -> Spots:
        """Where any of the longer phrases stands inside which a term does not count."""
        return merge(
            self._look_closely(number, Pattern(words(text), None), MOST_PLACES)
            for text in phrases
            for number in self._pieces_with(words(text))
        )

    def _pieces_with(self, pattern: str) -> Sequence[int]:
        if pattern in self.vocabulary.wanted:
            return self.present.get(pattern, ())
        return [number for number, piece in enumerate(self.pieces) if pattern in piece.words.text]

    def _look_closely(self, number: int, pattern: Pattern, most: int) -> Spots:
        piece, begin, look = self.pieces[number], self.begins[number], pattern.look
        places = islice(piece.places(pattern.text), MOST_PLACES if look else most)
        if look is None:
            first, last = piece.words_at(list(places), pattern.text)
            return Spots(first + begin, last + begin)
        seen: list[tuple[int, int]] = []
        while len(seen) < most and (batch := list(islice(places, most))):
            first, last = piece.words_at(batch, pattern.text)
            looks = (look(piece, span) for span in zip(first.tolist(), last.tolist(), strict=True))
            seen += (span for span in looks if span is not None)
        return spots_of([begin + span[0] for span in seen], [begin + span[1] for span in seen])

    @cached_property
    def begins(self) -> Numbers:
        """The number of the first word of each piece; between two pieces one number is left out."""
        sizes = [piece.size + 1 for piece in self.pieces[:-1]]
        return np.array(list(accumulate(sizes, initial=0)), dtype=np.int64)

    @cached_property
    def marks(self) -> Numbers:
        """For each word of the article, twice the number of words before it, pieces being far `APART`."""
        parts, behind = [np.empty(0, dtype=np.int64)], 0
        for piece in self.pieces:
            parts.append(np.asarray(piece.distances, dtype=np.int64) + behind)
            behind = int(parts[-1][-1]) + APART
        return np.concatenate(parts)
