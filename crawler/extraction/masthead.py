"""A text as an outlet's name: its forms and parts, who wrote it, and the signs that lie in it.

Which of a page's texts is the name is for `crawler.extraction.outlet`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.extraction import vocabulary
from crawler.extraction.choose import Option
from crawler.extraction.structured import unescape
from crawler.extraction.wording import SEPARATOR, squeeze, tokens

LONGEST_OWN = 40
# Where a page names itself, by the hand that wrote it there: agreement counts between hands only.
HANDS = {
    "og:site_name": "metadata", "app name": "metadata", "meta publisher": "metadata",
    "json-ld publisher": "structured data", "json-ld website": "structured data",
    "json-ld part of": "structured data", "json-ld organization": "structured data",
    "title": "title",
}  # fmt: skip
_SHOWN_HANDS = {**HANDS, "logo": "logo"}
_FORMS = (" cut", " first segment", " later segment", " alternate")
_COMPANY = vocabulary.any_of("company_words", r"\b(?:{})\b\.?")
_GENERIC_TAIL = vocabulary.any_of("after_a_name", r"[\s,]+(?:{})$")
_GENERIC_HEAD = vocabulary.any_of("before_a_name", r"^(?:{})\s+")
_GENERIC = vocabulary.any_of("generic_names", r"^(?:{})$")
_AGENCY = vocabulary.any_of("agency_names", r"^(?:the )?(?:{})$")
_WWW = re.compile(r"^(?:https?://)?www\.(?=\w)", re.IGNORECASE)
_BEHIND_A_MARK = re.compile(r"\s*[,(:].*$")
_ENDING = re.compile(r"\.(?:com|net|org|de|at|ch|[a-z]{2,3}(?:\.[a-z]{2})?)$", re.IGNORECASE)
_DOMAIN = re.compile(r"\w\.[a-z]{2,4}$", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_MAKER = vocabulary.any_of("makers", r"^(?:{})\b")


def tidied(text: str) -> str:
    """A text without entities, tags and the beginning of an address."""
    return _WWW.sub("", " ".join(unescape(text).split()))


def trimmed(text: str) -> str:
    """A text without the signs that markup leaves around it."""
    return " ".join(text.split()).strip(" |–—-•·,:\"'@")


@lru_cache(maxsize=4096)
def forms_of(text: str) -> tuple[tuple[str, str], ...]:
    """A text whole, in segments and cut shorter, each with the words that say so."""
    segments = [segment.strip() for segment in SEPARATOR.split(text) if segment and segment.strip()]
    forms = [(text, "")]
    if len(segments) > 1:
        forms += [
            (segment, " later segment" if place else " first segment")
            for place, segment in enumerate(segments[:5])
        ]
    for form in dict.fromkeys((*segments[:4], text)):
        forms += [(shorter, " cut") for shorter in _shorter(form)]
    return tuple(dict.fromkeys(forms))


def _shorter(text: str) -> Iterator[str]:
    yield _GENERIC_TAIL.sub("", text)
    yield _GENERIC_HEAD.sub("", text)
    yield _BEHIND_A_MARK.sub("", text)
    yield _ENDING.sub("", text)
    yield _COMPANY.sub("", text).strip(" ,.&")


def read_form(option: Option) -> None:
    """The signs that lie in a name itself and in how many places tell it."""
    value, words = option.value, tokens(option.value)
    option.add("one word", float(len(words) == 1))
    option.add("four words", float(len(words) in (4, 5)))
    option.add("many words", float(len(words) > 5))
    option.add("has a bar", float(bool(SEPARATOR.search(value))))
    option.add("has a comma", float("," in value))
    option.add("names a company", float(bool(_COMPANY.search(value))))
    option.add("generic", float(bool(_GENERIC.match(value))))
    option.add("an agency", float(bool(_AGENCY.match(value))))
    option.add("a maker", float(bool(_MAKER.match(value))))
    option.add("ends in a domain", float(bool(_DOMAIN.search(value))))
    option.add("lower case", float(value.islower()))
    option.add("inner capital", float(bool(_INNER_CAPITAL.search(value))))
    option.add("has blanks", float(" " in value))
    option.add("generic tail", float(bool(_GENERIC_TAIL.search(value))))
    places = {by.split(" cut")[0].split(" first")[0].split(" later")[0] for by in option.found_by}
    option.add("places", min(len(places), 6) / 6)
    option.add("starts with the", float(_starts_with_the(option.form)))


def is_plain(name: str) -> bool:
    """Whether nothing can be cut off a name: no slogan, section, company or ending of a domain."""
    forms = {form for form, _ in forms_of(name)}
    return len(name) <= LONGEST_OWN and not is_no_name(name) and forms == {name}


def hands_of(option: Option) -> set[str]:
    """Who of those that write a page wrote a name, whole or in part; the logo is one of its own."""
    return {_SHOWN_HANDS[root] for by in option.found_by if (root := _root(by)) in _SHOWN_HANDS}


def _root(found_by: str) -> str:
    """Where the text stood of which a name is a part."""
    for form in _FORMS:
        found_by = found_by.removesuffix(form)
    return found_by


def is_no_name(text: str) -> bool:
    """Whether a text names a company, an agency, a system's maker or nothing in particular."""
    return any(pattern.search(text) for pattern in (_COMPANY, _GENERIC, _AGENCY, _MAKER))


def _starts_with_the(form: str) -> bool:
    return form.startswith(("the ", "der ", "die ", "das ", "el ", "la ", "le ", "les "))


def domain_forms(name: str) -> set[str]:
    """How a name may be written in a domain: "Übermedien" -> ubermedien, uebermedien."""
    german = (
        name.casefold()
        .replace("ä", "ae")
        .replace("ö", "oe")
        .replace("ü", "ue")
        .replace("&", "and")
        .replace("+", "und")
    )
    return {squeeze(name), squeeze(german)}
