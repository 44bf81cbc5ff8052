"""JSON-LD in all its real shapes to a flat list of things; what they mean is the fields' own business."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_THINGS = 2000
_LONGEST_SCRIPT = 2_000_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_NAMESPACE = re.compile(r"^.*[/#:]", re.DOTALL)
_LAST_COMMA = re.compile(r",(\s*[}\]])")
_NO_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|name|@type|author|publisher|url|inLanguage)"\s*:\s*'
    r'(\{|\[\s*\{?|"((?:[^"\\]|\\.)*)")'
)
_ARTICLE = re.compile(
    r"(?:article|posting|report|blogpost|opinionpiece|critic|review)$|^(?:newsarticle|recipe)", re.IGNORECASE
)
_WORK = re.compile(
    r"^(?:creativework|videoobject|audioobject|podcastepisode|episode|clip|webpage|event|movie)$",
    re.IGNORECASE,
)
# What hangs under these keys is another page's: teasers, breadcrumbs, comments.
_ELSEWHERE = {
    "itemlistelement", "comment", "haspart", "mentions", "relatedlink", "citation", "about", "review",
    "subjectof",
    "liveblogupdate", "isbasedon", "workexample", "associatedmedia",
}  # fmt: skip
# Who signs is often named by a reference to another node. (Of publishers the other node is read anyway.)
_SIGNING = {"author", "creator", "contributor"}


@dataclass(frozen=True, slots=True)
class Thing:
    """One JSON-LD node: its types in lower case, the key under which it hung, and its fields."""

    types: tuple[str, ...]
    role: str
    fields: dict[str, Any]
    nested_elsewhere: bool = False

    @property
    def is_article(self) -> bool:
        return not self.nested_elsewhere and any(_ARTICLE.search(kind) for kind in self.types)

    @property
    def is_work(self) -> bool:
        """A page, a video or another work that may be what this page is about."""
        return not self.nested_elsewhere and any(_WORK.search(kind) for kind in self.types)

    def texts(self, key: str) -> list[str]:
        return texts_of(self.fields.get(key))


def things_of(scripts: list[str]) -> list[Thing]:
    """All nodes of a page's JSON-LD blocks in document order; broken blocks give what can be saved."""
    found: list[Thing] = []
    for script in scripts:
        found += _walk(_parse(script[:_LONGEST_SCRIPT]))
        if len(found) >= MOST_THINGS:
            break
    return _with_names(found[:MOST_THINGS])


def _with_names(things: list[Thing]) -> list[Thing]:
    """The same with their names for those nodes that only refer to another (`{"@id": "#jane"}`)."""
    named = {
        thing.fields["@id"]: thing.fields["name"]
        for thing in things
        if isinstance(thing.fields.get("@id"), str) and thing.fields.get("name")
    }
    for thing in things:
        if thing.role in _SIGNING and not thing.fields.get("name"):
            identity = thing.fields.get("@id")
            if isinstance(identity, str) and identity in named:
                thing.fields["name"] = named[identity]  # also where it hangs under its role
    return things


def _parse(script: str) -> Any:
    script = script.replace('"schema:', '"')
    text = script.strip().rstrip(";")
    if not text.startswith(("{", "[")) or not text.endswith(("}", "]")):
        text = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip().rstrip(";")
    for repaired in (str, _without_last_commas, _with_sound_escapes, html.unescape):
        text = repaired(text)
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _without_last_commas(text: str) -> str:
    return _LAST_COMMA.sub(r"\1", text)


def _with_sound_escapes(text: str) -> str:
    return _NO_ESCAPE.sub(r"\\\\", text)


def _salvage(text: str) -> Any:
    """The plain fields of a block that is no JSON: the first of each, names under their role."""
    node: dict[str, Any] = {}
    role = ""
    for found in _FIELD.finditer(text):
        key, opened, value = found[1], found[2], found[3]
        if not opened.startswith('"'):
            role = key
        elif key == "name" and role in ("author", "publisher"):
            node.setdefault(role, {"name": _unescaped(value)})
        elif key == "@type" and not _ARTICLE.search(value):
            continue
        else:
            node.setdefault(key, _unescaped(value))
    return node


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _walk(root: Any) -> Iterator[Thing]:
    """Depth first, in order, without recursion: hostile pages nest deep."""
    waiting: list[tuple[Any, str, bool]] = [(root, "", False)]
    seen = 0
    while waiting and seen < MOST_THINGS:
        value, role, elsewhere = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, role, elsewhere) for item in reversed(value[:MOST_THINGS])]
        elif isinstance(value, dict):
            seen += 1
            yield Thing(_types(value), role, value, elsewhere)
            waiting += [
                (item, key.lower(), elsewhere or key.lower() in _ELSEWHERE)
                for key, item in reversed(value.items())
                if isinstance(item, dict | list)
            ]


def _types(node: Mapping[str, Any]) -> tuple[str, ...]:
    named = texts_of(node.get("@type") or node.get("type"))
    return tuple(_NAMESPACE.sub("", kind).lower() for kind in named)


def texts_of(value: Any, depth: int = 0) -> list[str]:
    """The strings of a JSON-LD value: plain, in lists, `@value` objects or objects with a name."""
    if isinstance(value, str):
        text = unescape(value)
        return [text] if text else []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list) and depth < 4:
        return [text for item in value[:50] for text in texts_of(item, depth + 1)]
    if isinstance(value, dict) and depth < 4:
        parts = [value[key] for key in ("givenName", "familyName") if isinstance(value.get(key), str)]
        return texts_of(value.get("@value") or value.get("name") or " ".join(parts), depth + 1)
    return []


def unescape(text: str) -> str:
    """A text without entities (also doubly escaped ones) and tags, on one line."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(text.split())
