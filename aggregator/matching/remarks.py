"""What a reviewer should know of a mention at first sight: that it repeats another's report, or lists dates.

Remarks never decide anything; they stand at the end of the reason.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.records import Article
from crawler.text import fold

# Names that say of themselves that they report: a newspaper's last word, an agency, a station,
# and some of the best known.
_LAST_WORDS = (
    "News|Times|Post|Journal|Tribune|Herald|Gazette|Chronicle|Guardian|Observer|Press|Courier|Globe|Inquirer"
    "|Examiner|Dispatch|Sentinel|Telegraph|Zeitung|Tageblatt|Tagesspiegel|Rundschau|Anzeiger|Nachrichten"
)
_NAMES = (
    "Reuters|AP|AFP|EFE|ANSA|dpa|Bloomberg|Politico|POLITICO|Axios|Vox|ProPublica|The Atlantic|The New Yorker"
    "|CNN|NBC|ABC|CBS|BBC|NPR|PBS|Univision|Univisión|Telemundo|Al Jazeera|[KW][A-Z]{3}"
    "|El País|El Mundo|El Universal|La Jornada|Reforma|Clarín|La Nación|Le Monde|Le Figaro|Libération"
    "|Mediapart|Spiegel|Zeit|FAZ|Bild|Tagesschau|Corriere della Sera|Repubblica|La Stampa|Folha|O Globo"
    "|Estadão|Público"
)
_REPORTER = rf"(?:(?:[A-Z][\w&.’'-]{{0,30}}\s(?:and\s)?){{0,3}}(?:{_LAST_WORDS})|{_NAMES})"
_WHEN = r"(?:\s(?:on|am|el|le)\s\w{3,12})?"
_ARTICLE = r"(?:[Tt]he|[Dd]e[rmns]|[Dd]ie|[Dd]as|[Ll][ea]s?|[Ee]l|[Ii]l|[Oo]s?|[Aa]s?)"
_SAYS = (
    r"(?:first\s|has\s|had\s|originally\s|a\s|ha\s)?(?:report(?:s|ed)?|berichtete?t?|meldete?t?|rapporte|rapporté"
    r"|informó|reportó|publicó|riferisce|riferito|informou|noticiou)"
)
_SAID_BY = (
    r"reported\s(?:first\s)?by|according\sto|citing|told|in\san\sinterview\swith|según|selon|d['’]après|rapporte"
    r"|informó|(?:según\s)?reportó|segundo|secondo|riferisce|berichtete?t?|laut(?:\s(?:einem|eines)\sBerichts?)?"
)
_CITED = re.compile(
    rf"\b({_REPORTER}){_WHEN}\s{_SAYS}\b|\b(?:(?i:{_SAID_BY}))\s(?:{_ARTICLE}\s|l['’])?({_REPORTER})\b"
)
_CUES = (
    "report", "informó", "informou", "told", "according", "citing", "interview", "según", "selon", "d'après",
    "d’après", "rapport", "publicó", "segundo", "secondo", "riferi", "noticiou", "bericht", "meldet", "laut",
)  # fmt: skip
_MOST_CUES = 50  # of each kind; a text that cites more has cited somebody by then
_REACH = 160  # characters: four long words of a name, or a cue and a name
_LISTING = re.compile(
    r"^(?:[\w'’]+\s){0,2}calendar(?=\s*(?:$|[:|-]|for\b|of\b))"
    r"|^(?:\w+\s)?agenda(?=\s*(?:$|[:|-]|cultural\b|del?\b))"
    r"|\b(?:week ahead|things to do|(?:upcoming|meetings and) events|events this (?:week|month|weekend)"
    r"|daybook|datebook|public meetings this|what's on|veranstaltungen|termine|eventos de la semana|cosa fare"
    r"|que (?:hacer|fazer|faire) (?:este|esta|no|em|en|el|ce|cette))\b|^(?:legal|public) notices"
)


def remarks(article: Article) -> Iterator[str]:
    """Short sentences, none for most articles."""
    if (cited := _cites(article)) is not None:
        yield f"second-hand: it cites {cited}"
    if _LISTING.search(fold(article.headline)):
        yield "the headline is that of a listing"


def _cites(article: Article) -> str | None:
    """The first other outlet on whose report the text leans."""
    own = fold(article.outlet)
    for stretch in _stretches_with_cue(article.text):
        for found in _CITED.finditer(stretch):
            name = " ".join((found.group(1) or found.group(2)).split())
            if not own or (fold(name) not in own and own not in fold(name)):
                return name
    return None


def _stretches_with_cue(text: str) -> Iterator[str]:
    """What stands round the words that lead to a source, in order: to look only there is much faster."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    places = (place for cue in _CUES for place in islice(_places(cue, lowered), _MOST_CUES))
    for place in sorted(places):
        yield text[max(0, place - _REACH) : place + _REACH]


def _places(cue: str, text: str) -> Iterator[int]:
    place = text.find(cue)
    while place >= 0:
        yield place
        place = text.find(cue, place + 1)
