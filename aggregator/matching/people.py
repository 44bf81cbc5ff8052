"""How a person is looked for: by surname, if a given name, an initial or a title stands before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.matching.pieces import Piece
from aggregator.matching.terms import Pattern, Span, keeps_capitals, phrase_patterns
from aggregator.rules import Case, Person, Phrase
from crawler.text import words

# What stands before a surname in the news, in some languages; folded.
_TITLES = (
    "mr mrs ms miss dr prof professor rev reverend hon mayor councilman councilwoman councilmember "
    "councilor councillor alderman alderwoman member speaker president chair chairman chairwoman "
    "director commissioner supervisor rep representative congressman congresswoman sen senator gov "
    "governor secretary minister judge justice chief sheriff attorney general assemblyman "
    "assemblywoman delegate ambassador treasurer comptroller sr sra srta don dona alcalde alcaldesa "
    "concejal concejala presidente presidenta gobernador gobernadora senador senadora diputado "
    "diputada representante secretario secretaria ministro ministra doctor doctora director "
    "directora maire monsieur madame m mme depute deputee senateur senatrice ministre burgermeister "
    "burgermeisterin oberburgermeister oberburgermeisterin herr frau prefeito prefeita vereador "
    "vereadora deputado deputada sindaco sindaca signor signora onorevole "
)
TITLES = frozenset(_TITLES.split())
_PARTICLES_WRITTEN = "de da do dos das del della di du la le van von der den ter ten bin ibn al el y e"
_PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PASSED_OVER = frozenset({".", "(", ")", "elect", "designate"})  # Brad (Bud) Lander, Comptroller-elect Lander
_REACH = 4  # words before the surname that are looked at


def person_patterns(person: Person) -> Iterator[Pattern]:
    """The patterns of a person: the name as written, and the surname with something before it."""
    yield from phrase_patterns(Phrase(person.name, case=Case.NAME))
    given, surname = split_name(person.name)
    if given and surname:
        yield Pattern(words(surname), _SurnameLook(tuple(words(" ".join(given)).split()), surname))


def split_name(name: str) -> tuple[list[str], str]:
    """Given names and surname: particles belong to the surname, "Jr." to neither."""
    parts = [part for part in name.replace(",", " ").split() if part.strip(".").lower() not in _SUFFIXES]
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in _PARTICLES:
        first -= 1
    return parts[:first], " ".join(parts[first:])


@dataclass(frozen=True, slots=True)
class _SurnameLook:
    given: tuple[str, ...]
    surname: str

    def __call__(self, piece: Piece, span: Span) -> Span | None:
        start, end = piece.words.span(*span)
        if not keeps_capitals(self.surname, piece.words.original[start:end]):
            return None
        offset = piece.words.offsets(*span)[0]
        before = piece.words.text[max(0, offset - 80) : offset].split()[-_REACH:]
        reach = self._reach_back(before)
        if reach:
            return span[0] - reach, span[1]
        # A surname of two words, as in Mark-Viverito, is nobody else's.
        return span if len(words(self.surname).split()) > 1 else None

    def _reach_back(self, before: list[str]) -> int:
        """How many words before the surname belong to the name; 0 if none does."""
        initials = {name[0] for name in self.given}
        passed = 0
        for distance, token in enumerate(reversed(before), start=1):
            if token in self.given or token in initials:
                return distance
            if token in TITLES and passed == 0:
                return distance
            if token in _PASSED_OVER:
                continue
            passed += 1
            if passed > 1 or not token.isalpha():
                return 0
        return 0
