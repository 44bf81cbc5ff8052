"""Tells by its tag and attributes what an element may show: a headline, a date, an author.

The selectors are the vocabulary's; they are simple ones, about one element, so that a single
walk over the tree can ask all of them at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.extraction import vocabulary

KINDS = ("headings", "dated_elements", "itemprop_author", "rel_author", "author_class", "byline_class")
_SELECTOR = re.compile(
    r"(?P<tag>[a-z0-9]*)(?:\.(?P<name>[\w-]+))?"
    r"(?:\[(?P<attribute>[\w-]+)(?:(?P<relation>[*~]?=)'(?P<value>[^']+)'(?: i)?)?\])?"
)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class _Selectors:
    """The selectors of one kind: tags, tags with an attribute, and by attribute the pattern of its values."""

    tags: set[str] = field(default_factory=set)
    having: set[tuple[str, str]] = field(default_factory=set)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    def match(self, tag: str, said: Mapping[str, str], having: tuple[str, ...]) -> bool:
        return (
            tag in self.tags
            or any(pattern.search(said.get(name, "")) for name, pattern in self.patterns.items())
            or any((tag, name) in self.having for name in having)
        )


def _read_selectors(kind: str) -> _Selectors:
    """Raises ValueError for a selector that is about more than one element."""
    made = _Selectors()
    values: dict[str, list[str]] = {}
    for selector in vocabulary.items(kind):
        found = _SELECTOR.fullmatch(selector)
        if not found:
            raise ValueError(f"vocabulary.toml: {kind}: {selector!r} is not about one element alone")
        if found["value"] or found["name"]:
            values.setdefault(found["attribute"] or "class", []).append(_pattern_of(found))
        elif found["attribute"]:
            made.having.add((found["tag"], found["attribute"]))
        else:
            made.tags.add(found["tag"])
    made.patterns.update((name, re.compile("|".join(patterns))) for name, patterns in values.items())
    return made


def _pattern_of(found: re.Match[str]) -> str:
    value = re.escape((found["value"] or found["name"]).lower())
    if found["relation"] == "*=":
        return value
    return rf"^{value}$" if found["relation"] == "=" else rf"(?<!\S){value}(?!\S)"


_SELECTORS = {kind: _read_selectors(kind) for kind in KINDS}
_ASKED = tuple(sorted({name for each in _SELECTORS.values() for name in each.patterns}))
_HAVING = {pair for each in _SELECTORS.values() for pair in each.having}
_TAGS = {tag: tuple(kind for kind, each in _SELECTORS.items() if tag in each.tags) for each in _SELECTORS.values() for tag in each.tags}


def kinds_of(tag: str, attributes: Mapping[str, str | None]) -> tuple[str, ...]:
    """The kinds of an element; case does not count in its attributes."""
    if not attributes:
        return _TAGS.get(tag, ())
    said = tuple([attributes.get(name) for name in _ASKED])
    having = tuple([name for each, name in _HAVING if each == tag and name in attributes])
    return _kinds_of(tag, said, having)


@lru_cache(maxsize=8192)
def _kinds_of(tag: str, said: tuple[str | None, ...], having: tuple[str, ...]) -> tuple[str, ...]:
    lower = {name: value[:_LONGEST].lower() for name, value in zip(_ASKED, said, strict=True) if value}
    return tuple(kind for kind, selectors in _SELECTORS.items() if selectors.match(tag, lower, having))
