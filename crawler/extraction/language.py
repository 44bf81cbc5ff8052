"""The language of an article's text: its script, a detector on the words, and the page's own claim."""

import re
from collections import Counter
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extraction import vocabulary
from crawler.extraction.document import Document
from crawler.extraction.wording import tokens
from crawler.languages import claimed_language, primary_language
from crawler.records import Evidence, Rival

_SAMPLE = 300
_ENOUGH = 120  # bytes of letters: one of them tells as much as there are bytes in it
_CLEARLY = 0.3  # nats a character by which the detector finds a text likelier in one language than in another
_NO_LANGUAGE = "zxx"  # what the detector answers for letters that are no words, as some paywalls show them
# What the detector hears in other languages and in letters without sense: hardly any news is written so,
# and what is claims it.
_SELDOM = {
    "an", "bcl", "eo", "ext", "gcf", "gcr", "grc", "guw", "hbo", "la", "lij", "ltg", "pcm", "sa", "vec",
    "vo", "wa",
}  # fmt: skip
_COMMON = vocabulary.words_by("common_words")
# How many of a text's words are common ones of its language, and what share; another's are half as many.
_MOST_COMMON, _SHARE_COMMON = 9, 0.25
_BEYOND_LATIN = re.compile(r"[\u0370-\U0010ffff]")
# Scripts that one language of the news writes.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")), ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")), ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")), ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("kn", re.compile(r"[\u0c80-\u0cff]")), ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("my", re.compile(r"[\u1000-\u109f]")), ("km", re.compile(r"[\u1780-\u17ff]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
)  # fmt: skip
# Languages that the detector takes for one another: there the page's claim decides, unless words are clear.
_ALIKE = (
    {"hr", "bs", "sr", "sl"}, {"id", "ms", "jv"}, {"no", "da", "sv"}, {"cs", "sk"},
    {"es", "gl", "ca", "pt", "an", "ast"},
    {"zu", "xh", "st", "ss"}, {"hi", "mr", "ne"}, {"ru", "uk", "bg", "be", "mk", "sr"},
    {"fa", "ar", "ur", "ps", "ku", "ckb"},
    {"nl", "af", "fy"}, {"de", "lb", "gsw"}, {"tl", "ceb"}, {"az", "tr"}, {"kk", "ky", "tt"}, {"zh", "ja"},
    {"fi", "et"},
)  # fmt: skip


def language_of(document: Document, text: str) -> tuple[str | None, Evidence | None]:
    """ISO 639 code of the main text (of the title where there is none), with its evidence."""
    sample = text[:_SAMPLE] if len(text) >= 40 else f"{document.title} {text}"
    claims = [code for code in map(claimed_language, _claims(document)) if code]
    plain = next((code for code in claims[:1] if _is_plainly(code, sample)), None)
    heard, sure = (plain, True) if plain else detect(sample)
    value, found_by = _decide(heard, sure, claims)
    if heard and sure and value != heard and _is_clearly(heard, value, sample):
        value, found_by = heard, "the words (clearly)"
    if value is None:
        return None, None
    others = dict.fromkeys([*([heard] if heard else []), *claims])
    rivals = tuple(
        Rival(value=code, found_by="the words" if code == heard else "the page's claim")
        for code in others
        if code != value
    )
    doubt = None if sure or value in claims else "the text is short and the page's claim differs"
    return value, Evidence(value=value, found_by=found_by, rivals=rivals, doubt=doubt)


def _is_plainly(code: str, sample: str) -> bool:
    """Whether words are so full of a language's commonest that no detector, which is dear, need be asked."""
    if code not in _COMMON:
        return False
    words = tokens(sample)
    common = _times(words, code)
    if common < max(_MOST_COMMON, _SHARE_COMMON * len(words)):
        return False
    return all(2 * _times(words, other) <= common for other in _COMMON if other != code)


def _is_clearly(heard: str, claimed: str | None, sample: str) -> bool:
    """Whether words are far likelier in one language than in the claimed one, which the detector knows."""
    if heard in _SELDOM:
        return False
    ranked = reversed(_identifier().rank(sample))
    likely = {primary_language(str(code)): float(told) for code, told in ranked}
    return claimed in likely and likely[heard] - likely[claimed] > _CLEARLY * len(sample)


def _times(words: list[str], code: str) -> int:
    known = _COMMON[code]
    return sum(word in known for word in words)


def detect(sample: str) -> tuple[str | None, bool]:
    """The language of some words, and whether there are enough of them to be sure."""
    letters = [char for char in sample if char.isalpha()]
    if len(letters) < 8:
        return None, False
    script = _script_of(sample, len(letters))
    if script:
        return script, True
    code = str(_identifier().classify(sample)[0])
    if code == _NO_LANGUAGE:
        return None, False
    return primary_language(code), len("".join(letters).encode()) >= _ENOUGH


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _script_of(sample: str, letters: int) -> str | None:
    if not _BEYOND_LATIN.search(sample):
        return None
    counts = Counter({code: len(pattern.findall(sample)) for code, pattern in _SCRIPTS})
    code, seen = counts.most_common(1)[0]
    share = 0.1 if code == "ja" else 0.4
    return code if seen > share * letters else None


def _claims(document: Document) -> list[str | None]:
    in_articles = [text for thing in document.articles[:2] for text in thing.texts("inLanguage")[:1]]
    return [
        document.lang,
        *in_articles,
        document.meta("og:locale"),
        document.meta("content-language", "dc.language"),
    ]


def _decide(heard: str | None, sure: bool, claims: list[str]) -> tuple[str | None, str]:
    claim = claims[0] if claims else None
    if heard in claims:
        return heard, "the words and the page's claim"
    if heard is None or heard in _SELDOM:
        return claim, "the page's claim"
    alike = next((said for said in claims for group in _ALIKE if heard in group and said in group), None)
    if alike:
        return alike, "the page's claim (the words are close)"
    if claim and not _known_to_detector(claim):
        return claim, "the page's claim (a language the detector does not know)"
    return (heard, "the words") if sure or claim is None else (claim, "the page's claim")


@lru_cache(maxsize=64)
def _known_to_detector(code: str) -> bool:
    known = {str(each) for each in _identifier().nb_classes}
    return code in known or code == "no"
