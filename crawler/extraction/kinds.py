"""Tells by its tag and attributes what an element may show: a headline, a date, an author.

The selectors are the vocabulary's; they are simple ones, about one element, so that a single
walk over the tree can ask all of them at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from crawler.extraction import vocabulary

KINDS = ("headings", "dated_elements", "itemprop_author", "rel_author", "author_class", "byline_class")
_SELECTOR = re.compile(
    r"(?P<tag>[a-z0-9]*)(?:\.(?P<name>[\w-]+))?"
    r"(?:\[(?P<attribute>[\w-]+)(?:(?P<relation>[*~]?=)'(?P<value>[^']+)'(?: i)?)?\])?"
)


@dataclass(frozen=True, slots=True)
class _Test:
    """What one selector asks: a tag ("" for any), an attribute, and its value (None: that it is there)."""

    kind: str
    tag: str
    attribute: str | None
    relation: str = "*="
    value: str | None = None

    def holds(self, tag: str, said: str) -> bool:
        if self.tag not in ("", tag):
            return False
        return self.relation == "*=" or (
            self.value in said.split() if self.relation == "~=" else said == self.value
        )


def _read(kind: str, selector: str) -> _Test:
    """Raises ValueError for a selector that is about more than one element."""
    found = _SELECTOR.fullmatch(selector)
    if not found:
        raise ValueError(f"vocabulary.toml: {kind}: {selector!r} is not about one element alone")
    if found["name"]:
        return _Test(kind, found["tag"], "class", "~=", found["name"].lower())
    value = found["value"].lower() if found["value"] else None
    return _Test(kind, found["tag"], found["attribute"], found["relation"] or "*=", value)


class _Values:
    """All tests of one attribute's value; one pass over it finds the words that they ask for."""

    def __init__(self, tests: list[_Test]) -> None:
        self._tests = tests
        words = [test.value or "" for test in tests]
        self._finder = AhoCorasick(words, implementation=Implementation.DFA)

    def kinds_of(self, tag: str, said: str) -> set[str]:
        found = self._finder.find_matches_as_indexes(said, overlapping=True)
        return {self._tests[number].kind for number, _, _ in found if self._tests[number].holds(tag, said)}


_TESTS = [_read(kind, selector) for kind in KINDS for selector in vocabulary.items(kind)]
_BY_TAG = {
    each.tag: tuple(test.kind for test in _TESTS if test.attribute is None and test.tag == each.tag)
    for each in _TESTS
}
_HAVING = {(test.tag, test.attribute): test.kind for test in _TESTS if test.attribute and test.value is None}
_VALUES = {
    name: _Values([test for test in _TESTS if test.attribute == name and test.value])
    for name in {test.attribute for test in _TESTS if test.attribute and test.value}
}
# Classes and ids that hold none of these words say nothing of a kind.
WORDS = tuple({test.value for test in _TESTS if test.attribute in ("class", "id") and test.value})
# Attributes beside class and id that selectors ask for, and tags that are asked for having one at all.
OTHERS = frozenset(_VALUES) - {"class", "id"}
HAVING_TAGS = frozenset(tag for tag, _ in _HAVING)


def kinds_of(tag: str, attributes: Mapping[str, str]) -> set[str]:
    """The kinds of an element with these attributes, their values in lower case."""
    kinds = set(_BY_TAG.get(tag, ()))
    for name, said in attributes.items():
        if said and name in _VALUES:
            kinds |= _VALUES[name].kinds_of(tag, said)
        if tag in HAVING_TAGS and (tag, name) in _HAVING:
            kinds.add(_HAVING[tag, name])
    return kinds
