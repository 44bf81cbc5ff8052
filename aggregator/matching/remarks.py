"""What a reviewer should know of a mention at first sight: that it repeats another's report, or lists dates.

Remarks never decide anything; they stand at the end of the reason.
"""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.records import Article
from crawler.text import fold

# Names that say of themselves that they report: a newspaper's last word, or an agency.
_REPORTER = (
    r"(?:[A-Z][\w&.’'-]{0,30}\s){0,3}(?:News|Times|Post|Journal|Tribune|Herald|Gazette|Chronicle|Guardian|Observer"
    r"|Press|Reuters|AP|Politico|POLITICO|Bloomberg|CNN|NBC|ABC|CBS|BBC|NPR|Axios|Univision|Univisión|Telemundo"
    r"|AFP|EFE)"
)
_CITED = re.compile(
    rf"\b({_REPORTER})\s(?:first\s|has\s|had\s|originally\s)?(?:reported|reports|informó|reportó)\b"
    rf"|\b(?i:reported\s(?:first\s)?by|according\sto|told|in\san\sinterview\swith|según)\s(?:the\s|The\s)?({_REPORTER})\b"
)
_CUES = ("report", "informó", "told", "according", "interview", "según")
_MOST_CUES = 50  # of each kind; a text that cites more has cited somebody by then
_REACH = 160  # characters: four long words of a name, or a cue and a name
_LISTING = re.compile(
    r"\b(?:calendar|agenda|week ahead|things to do|events this (?:week|month|weekend)|daybook|what's on|"
    r"veranstaltungen|termine|eventos de la semana)\b"
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
