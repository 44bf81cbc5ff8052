"""How a person is looked for: by surname, if a given name, an initial or a title stands before it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.matching.pieces import Piece
from aggregator.matching.terms import Pattern, Span, keeps_capitals, phrase_patterns
from aggregator.rules import Case, Person, Phrase
from crawler.text import words

# What stands before a surname in the news, in the languages of most campaigns.
_TITLES = (
    "mr mrs ms miss dr prof professor rev reverend hon mayor councilman councilwoman councilmember "
    "councilor councillor alderman alderwoman member speaker president chair chairman chairwoman "
    "director commissioner supervisor rep representative congressman congresswoman sen senator gov "
    "governor secretary minister judge justice chief sheriff attorney general assemblyman "
    "assemblywoman delegate ambassador treasurer comptroller sir dame lord lady baroness king queen prince "
    "princess pope bishop archbishop cardinal rabbi imam premier chancellor emeritus emerita superintendent "
    "sr sra srta don dona alcalde alcaldesa concejal concejala presidente presidenta expresidente "
    "expresidenta vicepresidente vicepresidenta gobernador gobernadora senador senadora diputado "
    "diputada representante secretario secretaria ministro ministra doctor doctora director "
    "directora canciller fiscal juez jueza maire monsieur madame m mme depute deputee senateur senatrice "
    "ministre chancelier conseiller conseillere procureur procureure herr frau abgeordnete abgeordneter "
    "prefeito prefeita vereador vereadora deputado deputada governador governadora "
    "sindaco sindaca signor signora onorevole governatore governatrice senatore senatrice assessore "
    "assessora burgemeester wethouder staatssecretaris kanselier voorzitter mevrouw meneer mevr dhr "
    "borgmester borgermester ordfører statsråd talman fru presidentti pääministeri ministeri pormestari "
    "kansanedustaja prezydent marszałek poseł posłanka burmistrz wojewoda prezes radny radna pan pani "
    "prezident ministr ministryně starosta starostka primátor primátorka poslanec poslankyně "
    "predsjednik predsednik premijer gradonačelnik președintele premierul ministrul primarul "
    "cumhurbaşkanı başbakan başkan başkanı bakan bakanı milletvekili vali valisi sayın "
    "президент премьер министр мэр губернатор депутат сенатор господин госпожа канцлер спикер "
    "председатель судья генерал профессор президентка прем'єр міністр міністерка мер голова пан пані "
    "πρόεδρος πρωθυπουργός υπουργός δήμαρχος βουλευτής κ κύριος κυρία "
    "الرئيس الرئيسة الوزير الوزيرة السيد السيدة الدكتور الدكتورة النائب النائبة الأمير الملك الشيخ القاضي "
    "הנשיא הנשיאה השר השרה הרב השופט השופטת श्री श्रीमती डॉ प्रधानमंत्री राष्ट्रपति मंत्री मुख्यमंत्री "
    "presiden menteri gubernur bupati pak bapak ibu ông"
)
TITLES = frozenset(words(_TITLES).split())
# In German and its neighbours the office is the end of a word: Bundeskanzler, statsminister.
_OFFICES = (
    *("minister", "ministerin", "prasident", "prasidentin", "kanzler", "kanzlerin", "kansler", "meister"),
    *("meisterin", "senator", "senatorin", "sekretar", "sekretarin", "vorsitzende", "vorsitzender"),
    *("sprecher", "sprecherin", "burgermeister", "burgermeisterin", "borgmester", "kommissar", "kommissarin"),
)
_PARTICLES_WRITTEN = "de da do dos das del della di du la le van von der den ter ten bin ibn al el y e"
_PARTICLES = frozenset(_PARTICLES_WRITTEN.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PASSED_OVER = frozenset({".", "(", ")", "elect", "designate"})  # Brad (Bud) Lander, Comptroller-elect Lander
_REACH = 5  # words and signs before the surname that are looked at


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
        reach = self._reach_back(piece, span[0])
        if reach:
            return span[0] - reach, span[1]
        # A surname of two words, as in Mark-Viverito, is nobody else's.
        return span if len(words(self.surname).split()) > 1 else None

    def _reach_back(self, piece: Piece, surname: int) -> int:
        """How many words before the surname belong to the name; 0 if none does."""
        before = piece.words.tokens[max(0, surname - _REACH) : surname]
        initials = {name[0] for name in self.given}
        passed = 0
        for distance, token in enumerate(reversed(before), start=1):
            if token in self.given or token in initials:
                return distance
            if passed == 0 and (token in TITLES or token.endswith(_OFFICES)):
                return distance
            if token in _PASSED_OVER or before[-distance - 1 : -distance] == ["'"]:
                continue
            passed += token != "'"
            if passed > 1 or not _may_be_a_name(piece, surname - distance):
                return 0
        return 0


def _may_be_a_name(piece: Piece, word: int) -> bool:
    """Whether a word between given name and surname can be a name: a verb in small letters is none."""
    token = piece.words.tokens[word]
    if token in _PARTICLES or token == "'":
        return True
    start, end = piece.words.span(word, word)
    return token[0].isalpha() and not piece.words.original[start:end].islower()
