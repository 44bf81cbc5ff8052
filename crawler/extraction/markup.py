"""Guards against markup that chokes parsers: nesting thousands deep, thousands of attributes."""

import re

DEEPEST = 2000
MOST_ATTRIBUTES = 500
_MANY_TAGS = 2 * DEEPEST
_MOST_ROUNDS = 8
_LONG_TAG = 4000
_MANY_SIGNS = 20_000
# Possessive, so that an open quote costs no second look.
_WHOLE_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>?")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
<<<<<<< HEAD
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_NAME = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?""")
=======
>>>>>>> extraction
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


def uncrowded(source: str) -> str:
    """A page less the attributes of elements that have more than MOST_ATTRIBUTES; any other as it is.

    Parsers compare each attribute with all others: 80,000 on one element take lexbor 29 s
    and libxml2 longer.
    """
    long = any(len(piece) > _LONG_TAG and ">" not in piece[:_LONG_TAG] for piece in source.split("<"))
    if long or source.count("=") > _MANY_SIGNS:
        return _WHOLE_TAG.sub(_without_attributes, source)
    return source


def _without_attributes(tag: re.Match[str]) -> str:
    whole, name = tag[0], tag[1]
    return f"<{name}>" if len(whole) > _LONG_TAG and len(whole.split()) > MOST_ATTRIBUTES else whole
