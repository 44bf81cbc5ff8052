"""Guards against markup that chokes parsers: nesting thousands deep, thousands of attributes."""

import re

from selectolax.lexbor import LexborHTMLParser

DEEPEST = 2000
MOST_ATTRIBUTES = 500
_MANY_TAGS = 2 * DEEPEST
_MOST_ROUNDS = 8
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_NAME = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
# Elements that close themselves or have no end: many of them are not deep.
_FLAT = {
    "br", "img", "input", "meta", "link", "hr", "source", "wbr", "area", "base", "col", "embed", "track",
    "param", "p", "li",
    "option", "dt", "dd", "tr", "td", "th", "tbody", "thead",
}  # fmt: skip


def flat(source: str) -> str:
    """A page without what takes an HTML5 parser minutes; any other page as it is.

    Its time grows with the square of the depth (100,000 `div`s: 14 s) and of the attributes of
    one element (80,000: over a minute). Gone are the tags that nest thousands deep, and the
    attributes after the first MOST_ATTRIBUTES of an element.
    """
    source = _LONG_TAG.sub(_shorten, source)
    if source.count("<") < _MANY_TAGS:
        return source
    for _ in range(_MOST_ROUNDS):
        name = _deepest_tag(source)
        if name is None:
            return source
        source = re.sub(rf"</?{name}\b[^>]*>?", " ", source, flags=re.IGNORECASE)
    return source


def _shorten(tag: re.Match[str]) -> str:
    """A long tag up to its attribute MOST_ATTRIBUTES; a few long attributes harm nobody."""
    name = _NAME.match(tag[0])
    end = name.end() if name else 0
    for _ in range(MOST_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(tag[0], end)
        if attribute is None:
            return tag[0]
        end = attribute.end()
    return tag[0][:end]


def _deepest_tag(source: str) -> str | None:
    """The tag of which more than DEEPEST are open at once."""
    depth: dict[str, int] = {}
    for found in _TAG.finditer(source):
        name = found[2].lower()
        if name in _FLAT:
            continue
        opened = depth.get(name, 0)
        depth[name] = max(0, opened - 1) if found[1] else opened + 1
        if depth[name] > DEEPEST:
            return name
    return None


def drop_attributes(tree: LexborHTMLParser, source: str) -> None:
    """Leave at most MOST_ATTRIBUTES on an element: libxml2 compares each with all others."""
    if not _LONG_TAG.search(source):
        return
    for node in tree.css("*"):
        attributes = node.attrs
        if len(attributes) > MOST_ATTRIBUTES:
            for name in list(attributes.keys())[MOST_ATTRIBUTES:]:
                del attributes[name]
