"""Guards against markup that chokes parsers: nesting thousands deep, thousands of attributes."""

import re
from collections import Counter

DEEPEST = 2000
_MANY_TAGS = 2 * DEEPEST
_MOST_ROUNDS = 8
_MOST_ATTRIBUTES = 500
_STEP = 4000  # characters; a tag twice as long has one to itself
_MANY_SIGNS = 20_000
# Only what has the grammar of attributes: scripts hold "<" too. Possessive, so that no part is read twice.
_CROWDED_TAG = re.compile(
    r"<([a-zA-Z][a-zA-Z0-9-]*+)"
    r"(?:[\s/]++[^\s\"'<>=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)"
    rf"{{{_MOST_ATTRIBUTES},}}+[\s/]*+>?+"
)
_OPENED = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")
# Elements that close themselves or have no end: many of them are not deep.
_FLAT = {
    "br", "img", "input", "meta", "link", "hr", "source", "wbr", "area", "base", "col", "embed", "track",
    "param", "p", "li", "option", "dt", "dd", "tr", "td", "th", "tbody", "thead",
}  # fmt: skip


def flat(source: str) -> str:
    """A page whose elements nest thousands deep, without the tags that do it; any other as it is.

    The time of an HTML5 parser grows with the square of the depth (100,000 `div`s: 14 s).
    """
    if source.count("<") < _MANY_TAGS:
        return source
    for _ in range(_MOST_ROUNDS):
        name = next((tag for tag in _repeated_tags(source) if _nests_deep(source, tag)), None)
        if name is None:
            return source
        source = re.sub(rf"</?{name}\b[^>]*>?", " ", source, flags=re.IGNORECASE)
    return source


def _repeated_tags(source: str) -> list[str]:
    """The tags that are opened often enough to be deep at all: most vast pages only have many."""
    counts = Counter[str]()
    for name, times in Counter(_OPENED.findall(source)).items():
        counts[name.lower()] += times
    return [name for name, times in counts.items() if times > DEEPEST and name not in _FLAT]


def _nests_deep(source: str, name: str) -> bool:
    """Whether more than DEEPEST elements of a tag are open at once."""
    depth = 0
    for closing in re.findall(rf"<(/?){name}(?![a-zA-Z0-9-])", source, re.IGNORECASE):
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            return True
    return False


def uncrowded(source: str) -> str:
    """A page less the attributes of elements that have 500 or more; any other as it is.

    Parsers compare each attribute with all others: 80,000 on one element take lexbor 29 s
    and libxml2 longer.
    """
    if source.count("=") > _MANY_SIGNS or _has_a_crowded_tag(source):
        return _CROWDED_TAG.sub(r"<\1>", source)
    return source


def _has_a_crowded_tag(source: str) -> bool:
    """Whether a tag in which no ">" stands for a whole step holds as many attributes.

    Only there the pattern is tried: to try it everywhere takes as long as to parse the page.
    """
    opened, tried = -1, -1
    for start in range(0, len(source), _STEP):
        if opened > tried and source.find(">", start, start + _STEP) < 0:
            if _CROWDED_TAG.match(source, opened):
                return True
            tried = opened
        opened = max(opened, source.rfind("<", start, start + _STEP))
    return False
