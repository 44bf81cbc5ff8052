"""Finds where the sentences of a text begin and end, in any script, without a model.

Errs on the side of the longer sentence: a passage that shows a mention must be whole.
"""

import re

# Words after which a stop does not end a sentence (English, Spanish, French, German, Portuguese, Italian).
_ABBREVIATIONS = (
    "adm al apr aug ave av bldg blvd bros bzw capt cf cmdr co col corp ca ct cllr dec dept det dr dra drs "
    "ed eds esq etc ext feb fig fr ft ggf gen gov hon hr inc jan jr jul jun lic lt ltd ltda maj mar "
    "messrs mgr mme mlle mr mrs ms mt mtro mtra no nos nov nr oct op pp pres prof pte rep reps rev sen "
    "sens sep sept sgt sig sr sra sres srta st ste str supt tel univ usw vgl vol vs v vv z "
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
_END = re.compile("(?:(?<![.!?…])[.!?…]+[\"'”’»)\\]]*(?=\\s)|[。！？｡]+[」』”’）]*|[।॥؟۔።]+|\\n[ \\t]*\\n)")
_LAST_WORD = re.compile(r"(\w+(?:\.\w)*)$")
_OPENING = "\"'“‘«„¿¡([—–-•*#@"


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, without the blanks around it; a blank line always ends one."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if _ends_sentence(text, start, end):
            _keep(found, text, start, end.end())
            start = end.end()
    _keep(found, text, start, len(text))
    return found


def _keep(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    if start < (end := start + len(piece.strip())):
        found.append((start, end))


def _ends_sentence(text: str, start: int, end: re.Match[str]) -> bool:
    mark = end.group()
    if mark[0] not in ".!?…":
        return True
    following = _first_letter_after(text, end.end())
    if following.islower():
        return False
    return mark != "." or not _is_abbreviation(text[max(start, end.start() - 20) : end.start()])


def _first_letter_after(text: str, place: int) -> str:
    following = text[place : place + 12].lstrip().lstrip(_OPENING)
    return following[:1]


def _is_abbreviation(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group(1)
    initials = (len(last) == 1 and last.isalpha()) or (len(last) > 2 and set(last[1::2]) == {"."})
    return (initials and last[0].isupper()) or last.lower() in ABBREVIATIONS
