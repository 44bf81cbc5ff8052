"""Which agency wrote a piece: from byline, structured data, dateline and rights line."""

import re

from crawler.extraction import vocabulary
from crawler.extraction.document import Document
from crawler.extraction.wording import squeeze
from crawler.records import Evidence, Rival

# Name to show -> what a byline or a footer calls it. Short forms count only where a credit stands.
_AGENCIES = vocabulary.table("agencies")
_NAME = "|".join(f"(?P<a{place}>{forms})" for place, (_, forms) in enumerate(_AGENCIES))
_FROM = (
    r"(?:by|von|par|por|di|from|via|mit(?: material (?:von|der))?|avec|with (?:files|inputs?|reporting) from"
    r"|con informaci[oó]n de|con|(?:source|quelle|fonte|fuente|kaynak|bron|lähde|källa|źródło|источник)\s*:?)"
)
_EXACT = re.compile(rf"(?:{_FROM}\s+)?(?:the )?(?:{_NAME})", re.IGNORECASE)
# "NEW YORK (AP) —", "PARIS, May 3 (Reuters) -", "Berlin (dpa) -", "PARIS — (AFP) Some", "(ANSA) - ROMA"
_DATELINE = re.compile(
    rf"^[^()\n]{{0,70}}\((?:{_NAME})(?:[/,;][^()]{{0,30}})?\)(?:\s*[-–—:.]|\s+\S)", re.IGNORECASE
)
# "МОСКВА, 3 мая. /ТАСС/.", "МОСКВА, 3 мая — РИА Новости."
_BARE_DATELINE = re.compile(rf"^[^()\n]{{0,70}}(?:/|\s[-–—]\s)(?:{_NAME})/?\.\s", re.IGNORECASE)
# "(AFP)", "dpa" alone, "© 2024 The Associated Press" at the end
_LAST = re.compile(
    rf"^[(\[/—–-]*\s*(?:{_FROM}\s*)?(?:the )?(?:{_NAME})"
    rf"(?:\s*[/,]\s*[\w.]{{2,12}}|\s+(?:and|und|y|et|e)\s+[\w. ]{{2,20}}){{0,3}}\s*[)\]]*\.?$",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    rf"(?:©|\(c\)|copyright|&copy;)[\s©]*(?:\d{{4}}\s*)?(?:by\s+)?(?:{_NAME})\b"
    r"|(?P<cnn>the-cnn-wire)|(?:republished from|published (?:on|by|in)) (?P<con>the conversation)"
    r"|(?P<con2>the conversation) under a creative commons"
    r"|(?P<states>states newsroom)[^.]{0,80}(?:nonprofit|network|republish)",
    re.IGNORECASE,
)
_RIGHTS_AT_END = 1500
# One of these stands in every rights line; the pattern itself costs as much as all other credits together.
_IN_RIGHTS = ("©", "(c)", "copy", "the-cnn-wire", "the conversation", "states newsroom")
_SPLIT = re.compile(r"\s*(?:[/,;|·•()]|\s[-–—]\s|\b(?:and|und|y|et|e|with|mit|via)\b)\s*", re.IGNORECASE)


def credit_of(
    document: Document, authors: list[str], text: str, outlet: str
) -> tuple[str | None, Evidence | None]:
    """The agency that wrote the piece, None where the outlet did (or is that agency)."""
    own = squeeze(outlet)
    found: dict[str, str] = {}
    for name, found_by in _credits(document, authors, text):
        if not _is_own(name, own):
            found.setdefault(name, found_by)
    if not found:
        return None, None
    value, found_by = next(iter(found.items()))
    rivals = tuple(Rival(value=name, found_by=by) for name, by in list(found.items())[1:4])
    return value, Evidence(value=value, found_by=found_by, rivals=rivals)


def agency_named(text: str) -> str | None:
    """The agency that a credit names and nothing else ("dpa", "By The Associated Press")."""
    for piece in (text.strip(), *_SPLIT.split(text.strip())):
        found = _EXACT.fullmatch(piece.strip(" .")) if piece else None
        if found:
            return _named(found)
    return None


def _is_own(name: str, outlet: str) -> bool:
    agency = squeeze(name)
    return agency in outlet or (bool(outlet) and outlet in agency)


def _credits(document: Document, authors: list[str], text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    paragraphs = text.split("\n\n")
    said = [*((author, "byline") for author in authors), *_structured(document)]
    for words, found_by in said:
        name = agency_named(words) if len(words) <= 80 else None
        if name:
            found.append((name, found_by))
    found += _matched(_DATELINE, paragraphs[:2], "dateline")
    found += _matched(_BARE_DATELINE, paragraphs[:1], "dateline")
    found += _matched(
        _LAST, [paragraph for paragraph in paragraphs[-3:] if len(paragraph) < 60], "credit line"
    )
    end = text[-_RIGHTS_AT_END:]
    if any(map(end.lower().__contains__, _IN_RIGHTS)):
        found += _matched(_RIGHTS, [end], "rights line")
    return found


def _structured(document: Document) -> list[tuple[str, str]]:
    said = []
    for thing in document.articles[:2]:
        for key in ("sourceOrganization", "creditText", "author", "provider", "copyrightHolder"):
            said += [(words, f"json-ld {key}") for words in thing.texts(key)]
    for name in (
        "author",
        "dc.creator",
        "byl",
        "dc.source",
        "source",
        "article:author",
        "copyright",
        "syndication-source",
    ):
        said += [(content, f"meta {name}") for content in document.metas.get(name, [])[:2]]
    return said


def _matched(pattern: re.Pattern[str], lines: list[str], found_by: str) -> list[tuple[str, str]]:
    found = []
    for line in lines:
        match = pattern.search(line)
        if match:
            found.append((_named(match), found_by))
    return found


def _named(match: re.Match[str]) -> str:
    group = next(name for name, value in match.groupdict().items() if value)
    special = {
        "cnn": "CNN Wire",
        "con": "The Conversation",
        "con2": "The Conversation",
        "states": "States Newsroom",
    }
    return special.get(group) or _AGENCIES[int(group[1:])][0]
