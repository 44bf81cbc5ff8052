"""The article in the state of a page's scripts: the node that tells this page's headline, date and body.

Finding and reading the state is `crawler.extraction.states`'. Used where the page itself tells too little.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.extraction.structured import texts_of, unescape
from crawler.extraction.wording import overlap, squeeze, tokens

_MOST_NODES = 30_000
_DEEPEST = 14
_MOST_PARAGRAPHS = 400
_SAME = 0.5
_HEADLINES = ("headline", "headlines", "title", "hed", "articletitle", "name")
_PUBLISHED = (
    "datepublished", "publishedat", "firstpublishedat", "firstpublishdate", "displaydate", "publishdate",
    "publisheddate", "publicationdate", "publishedtime", "publishtime", "pubdate", "published", "publishedon",
    "dateposted", "publishat", "createdat", "datecreated", "createddate", "date", "dategmt",
)  # fmt: skip
_MODIFIED = (
    "datemodified",
    "modifiedat",
    "updatedat",
    "lastupdateddate",
    "lastmodified",
    "updateddate",
    "modified",
)
_AUTHORS = (
    "authors",
    "author",
    "byline",
    "bylines",
    "credits",
    "creators",
    "creator",
    "contributors",
    "writers",
)
_BODIES = (
    "contentelements", "articlebody", "body", "bodyhtml", "bodytext", "bodymodel", "content", "contenthtml",
    "richtext", "paragraphs", "blocks", "html", "maincontent", "fulltext", "text", "story",
)  # fmt: skip
_LEAVES = ("text", "value", "html", "markdown", "content", "body", "rendered", "basic")
_BRANCHES = (
    "children", "content", "contentelements", "blocks", "paragraphs", "nodes", "data", "body", "items",
    "elements", "document", "json", "root", "bodymodel", "value", "fields", "attributes",
)  # fmt: skip
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|section|figure|table|tr)\b[^>]{0,500}>", re.IGNORECASE
)
_NO_PROSE = {
    "image",
    "video",
    "embed",
    "gallery",
    "oembed_response",
    "raw_html",
    "ad",
    "interstitial_link",
    "custom_embed",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What the state tells of the article: texts as they stand there, "" or empty where it tells nothing."""

    headline: str
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    text: str = ""


def article_in(states: list[Any], title: str, url: str) -> Stated | None:
    """The node whose headline is the page's title or stands in its address, the fullest of several."""
    known = [tokens(title), tokens(unquote(urlsplit(url).path).replace("-", " ").replace("_", " "))]
    best: tuple[float, Stated] | None = None
    for state in states:
        refs = state if isinstance(state, dict) else {}
        for node in _nodes(state):
            headline = _headline_of(node)
            alike = max((overlap(tokens(headline), each) for each in known), default=0.0) if headline else 0.0
            if alike < _SAME or squeeze(headline) == "":
                continue
            stated = _read(node, headline, refs)
            weight = (
                alike + bool(stated.published) + bool(stated.authors) / 2 + min(len(stated.text), 4000) / 2000
            )
            if (stated.published or stated.text) and (best is None or weight > best[0]):
                best = weight, stated
    return best[1] if best else None


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    """All objects, outside in, without recursion."""
    waiting: list[Any] = [root]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop(0) if len(waiting) < 50 else waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += [item for item in value.values() if isinstance(item, dict | list)]
        elif isinstance(value, list):
            waiting += [item for item in value[:2000] if isinstance(item, dict | list)]


def _named(node: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Any]:
    """The values under the first of these names, whatever their spelling (publishedAt, published_at)."""
    by_name = {re.sub(r"[^a-z]", "", key.partition("(")[0].lower()): value for key, value in node.items()}
    yield from (by_name[name] for name in names if by_name.get(name))


def _headline_of(node: Mapping[str, Any]) -> str:
    for value in _named(node, _HEADLINES):
        said = (
            value.get("basic") or value.get("rendered") or value.get("main")
            if isinstance(value, dict)
            else value
        )
        if isinstance(said, str) and 8 <= len(said) <= 400:
            return unescape(said)
    return ""


def _read(node: Mapping[str, Any], headline: str, refs: Mapping[str, Any]) -> Stated:
    bodies = ("\n\n".join(_paragraphs(value, refs)) for value in _named(node, _BODIES))
    return Stated(
        headline=headline,
        published=_first_text(node, _PUBLISHED),
        modified=_first_text(node, _MODIFIED),
        authors=tuple(dict.fromkeys(_people(node, refs)))[:8],
        text=max(bodies, key=len, default=""),
    )


def _first_text(node: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(value) for value in _named(node, names) if isinstance(value, str | int)), "")


def _people(node: Mapping[str, Any], refs: Mapping[str, Any]) -> Iterator[str]:
    for value in _named(node, _AUTHORS):
        value = _resolved(value, refs)
        people = value.get("by", value) if isinstance(value, dict) else value
        for each in people if isinstance(people, list) else [people]:
            person = _resolved(each, refs)
            if isinstance(person, dict):
                person = next(
                    (person[key] for key in ("name", "fullName", "displayName", "title") if key in person), ""
                )
            yield from texts_of(person)
        return


def _resolved(value: Any, refs: Mapping[str, Any]) -> Any:
    """What an Apollo reference ({"__ref": "Author:7"}) stands for."""
    return refs.get(str(value["__ref"]), value) if isinstance(value, dict) and "__ref" in value else value


def _paragraphs(value: Any, refs: Mapping[str, Any], depth: int = 0) -> list[str]:
    """The prose of a body: HTML, plain text, or blocks of any of the editors that write JSON."""
    value = _resolved(value, refs)
    if depth > _DEEPEST or value is None:
        return []
    if isinstance(value, str):
        return [
            text
            for part in _BLOCK_TAG.split(value)
            for line in part.split("\n\n")
            if (text := unescape(line))
        ]
    if isinstance(value, list):
        if value and all(_is_span(item) for item in value):
            joined = unescape("".join(str(item.get("text") or item.get("value") or "") for item in value))
            return [joined] if joined else []
        return [text for item in value for text in _paragraphs(item, refs, depth + 1)][:_MOST_PARAGRAPHS]
    if isinstance(value, dict) and str(value.get("type") or value.get("_type")).lower() not in _NO_PROSE:
        inside = next(_named(value, _BRANCHES), None)
        if isinstance(inside, dict | list):
            return _paragraphs(inside, refs, depth + 1)
        return next((_paragraphs(said, refs, depth + 1) for said in _named(value, _LEAVES)), [])
    return []


def _is_span(item: Any) -> bool:
    """Whether a node is a run of words within a paragraph."""
    if not isinstance(item, dict) or any(
        isinstance(part, list) and part for key, part in item.items() if key in _BRANCHES
    ):
        return False
    kind = str(item.get("type") or item.get("_type") or item.get("nodeType") or "span").lower()
    return isinstance(item.get("text", item.get("value")), str) and kind in (
        "text",
        "span",
        "link",
        "strong",
        "em",
    )
