"""What `name:` before a term means: a part of the article, a fact about it, or how strict a term is."""

import difflib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from aggregator.errors import RuleError
from aggregator.rules.nodes import (
    And,
    AtLeast,
    Case,
    Fact,
    Field,
    Hashtag,
    In,
    Near,
    Not,
    Or,
    Person,
    Phrase,
    Place,
    Rule,
    parts_of,
)
from crawler.records import Scope

_PLACES = {
    "title": Place.TITLE,
    "headline": Place.TITLE,
    "intitle": Place.TITLE,
    "article_title": Place.TITLE,
    "text": Place.TEXT,
    "intext": Place.TEXT,
    "body": Place.TEXT,
    "link": Place.LINK,
}
_FACTS = {
    "author": Field.AUTHOR,
    "byline": Field.AUTHOR,
    "outlet": Field.OUTLET,
    "source": Field.OUTLET,
    "domain": Field.DOMAIN,
    "site": Field.DOMAIN,
    "canonical_domain": Field.DOMAIN,
    "lang": Field.LANG,
    "language": Field.LANG,
    "country": Field.COUNTRY,
    "scope": Field.SCOPE,
    "before": Field.BEFORE,
    "after": Field.AFTER,
}
_STRICTNESS = ("case", "name", "accents", "words", "person")


def apply_field(name: str, item: Rule, column: int) -> Rule:
    """The rule that `name:` before `item` makes. Raises RuleError at `column`."""
    key = name.lower()
    if key in _PLACES:
        return In(_PLACES[key], item)
    if key in _FACTS:
        _check_fact(name, item, column)
        return _over_terms(item, lambda term: _read_fact(_FACTS[key], term, column), name, column)
    if key in _STRICTNESS:
        return _over_terms(item, lambda term: _make_strict(key, term, column), name, column)
    raise RuleError(_unknown_field(name), column)


def _check_fact(name: str, item: Rule, column: int) -> None:
    """What is known of an article stands nowhere in its text: there is nothing to measure or to count."""
    if isinstance(item, Near | AtLeast):
        raise RuleError(f"{name}: takes no NEAR, ~ or ATLEAST, which measure the text", column)
    for part in parts_of(item):
        _check_fact(name, part, column)


def _over_terms(item: Rule, change: Callable[[Rule], Rule], name: str, column: int) -> Rule:
    match item:
        case Or(items):
            return Or(tuple(_over_terms(part, change, name, column) for part in items))
        case And(items):
            return And(tuple(_over_terms(part, change, name, column) for part in items))
        case Not(part):
            return Not(_over_terms(part, change, name, column))
        case In(place, part):
            return In(place, _over_terms(part, change, name, column))
        case AtLeast(times, part):
            return AtLeast(times, _over_terms(part, change, name, column))
        case Near(one, other):
            sides = (_over_terms(side, change, name, column) for side in (one, other))
            return replace(item, one=next(sides), other=next(sides))
        case Phrase() | Hashtag():
            return change(item)
    raise RuleError(f"{name}: wants a word, a phrase in quotation marks, or brackets of them", column)


def _make_strict(key: str, term: Rule, column: int) -> Rule:
    if key == "words" and isinstance(term, Hashtag):
        return replace(term, split=True)
    if key == "person" and isinstance(term, Phrase) and not (term.open_start or term.open_end):
        return Person(term.text)
    if key in ("case", "name", "accents") and isinstance(term, Phrase | Hashtag):
        return replace(term, accents=True) if key == "accents" else replace(term, case=Case(key))
    wanted = "a hashtag: words:#SeekingSanctuary" if key == "words" else 'a name: person:"Jane Doe"'
    raise RuleError(f"{key}: wants {wanted}", column)


def _read_fact(field: Field, term: Rule, column: int) -> Rule:
    if not isinstance(term, Phrase) or term.open_start or term.open_end:
        raise RuleError(f"{field}: wants a word or a phrase in quotation marks", column)
    reader = _READERS.get(field)
    return Fact(field, reader(term.text, column) if reader else term.text)


def _read_day(text: str, column: int) -> str:
    try:
        return date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError:
        raise RuleError(f'"{text}" is no day; write it as 2017-03-28', column) from None


def _read_scope(text: str, column: int) -> str:
    known = [scope.value for scope in Scope]
    if text.lower() in known:
        return text.lower()
    raise RuleError(f'no scope "{text}"; {_perhaps(text, known)}', column)


def _read_language(text: str, column: int) -> str:
    code = text.split("-")[0].split("_")[0].lower()
    if code.isascii() and code.isalpha() and 2 <= len(code) <= 3:
        return code
    raise RuleError(f'"{text}" is no language code; write lang:en, lang:es', column)


def _read_country(text: str, column: int) -> str:
    if text.isascii() and text.isalpha() and len(text) == 2:
        return text.upper()
    raise RuleError(f'"{text}" is no country code; write country:US, country:MX', column)


def _read_domain(text: str, column: int) -> str:
    domain = text.lower().removeprefix("www.").strip("/")
    if "." in domain and " " not in domain:
        return domain
    raise RuleError(f'"{text}" is no domain; write domain:nbcnews.com', column)


_READERS: dict[Field, Callable[[str, int], str]] = {
    Field.BEFORE: _read_day,
    Field.AFTER: _read_day,
    Field.SCOPE: _read_scope,
    Field.LANG: _read_language,
    Field.COUNTRY: _read_country,
    Field.DOMAIN: _read_domain,
}


def _unknown_field(name: str) -> str:
    if name.lower() == "ingress":
        return "ingress: is not known here; use title: for the headline or text: for the rest"
    known = [*_PLACES, *_FACTS, *_STRICTNESS]
    perhaps = _perhaps(name.lower(), known, ":")
    return f'no field "{name}:"; {perhaps}, or put words with a colon in quotation marks'


def _perhaps(wrong: str, known: list[str], ending: str = "") -> str:
    close = difflib.get_close_matches(wrong, known, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}{ending}"
    return "there are " + " ".join(f"{word}{ending}" for word in known)
