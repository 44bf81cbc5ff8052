"""Plain, well-formed feeds -> Feed by fastfeedparser; None whenever there is the slightest doubt.

fastfeedparser is many times faster than feedparser and differs from it on broken feeds only, so a
strict parse goes first and every answer is checked. It turns dates into UTC; the outlet's own
offset decides which day the list shows, so dates are taken from the strict tree as they stand.
"""

import re
from collections.abc import Iterator, Set
from typing import Any

import fastfeedparser
from lxml import etree

from crawler.readers.feed_items import Feed, Item, name_author

_ITEMS = ("item", "entry")
_DATES = ({"pubDate", "published", "issued"}, {"updated", "modified", "date"}, {"created"})  # the best first
_HINTS = {"ttl": "ttl", "updatePeriod": "update_period", "updateFrequency": "update_frequency"}
_SKIPPED = {"skipHours": "skip_hours", "skipDays": "skip_days"}
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.:-]+)", re.IGNORECASE)
_ORDINARY = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_LATIN = {b"iso-8859-1", b"windows-1252"}
# No letter of Latin-1 has such a byte: the text is UTF-8 or Windows-1252, whatever it says of itself.
_NOT_LATIN = re.compile(rb"[\x80-\x9f]")
_DOUBTFUL = re.compile(rb"<!ENTITY|\bmode=[\"'](?:escaped|base64|xml)|xml:base=")
_TITLE_TYPES = (None, "text", "html", "text/plain", "text/html")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LINK = re.compile(r"https?://[^\s<>\"]+\Z")
_ITUNES = "{http://www.itunes.com/"  # names whom the podcast belongs to
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_fast(body: bytes, charset: str | None) -> Feed | None:
    """The feed, or None where feedparser must judge. `charset` is what the server says of the body."""
    encoding = _ENCODING.search(body[:200])
    declared = encoding[1].lower() if encoding else b"utf-8"
    if declared not in _ORDINARY or _DOUBTFUL.search(body):
        return None
    if charset and charset.lower().encode() != declared:
        return None
    if declared in _LATIN and _NOT_LATIN.search(body):
        return None
    root = _parse_strictly(body)
    if root is None or etree.QName(root).localname not in ("rss", "RDF", "feed"):
        return None
    items = _read_items(body, root)
    return _frame(root, items) if items else None


def _parse_strictly(body: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _read_items(body: bytes, root: Any) -> tuple[Item, ...] | None:
    try:
        parsed = fastfeedparser.parse(
            body, include_content=False, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception:  # noqa: BLE001 - whatever it stumbles over, feedparser judges
        return None
    nodes = [node for node in root.iter(etree.Element) if etree.QName(node).localname in _ITEMS]
    if len(nodes) != len(parsed.entries) or any(map(_is_doubtful, nodes)):
        return None
    own = (parsed.feed.get("link") or "", *(link.get("href") for link in parsed.feed.get("links") or ()))
    items = tuple(_read_item(entry, node) for entry, node in zip(parsed.entries, nodes, strict=True))
    return items if all(_is_sound(item, own) for item in items) else None


def _is_doubtful(node: Any) -> bool:
    """Whether an item has two titles or links, or a text in pieces: the fast parser reads only one."""
    names = [etree.QName(child).localname for child in node.iterchildren(etree.Element)]
    several = names.count("title") > 1 or (names.count("link") > 1 and not _is_entry(node))
    title = node.find("{*}title")
    return (
        several
        or (title is not None and (len(title) > 0 or title.get("type") not in _TITLE_TYPES))
        or next(node.iter(etree.Comment, etree.ProcessingInstruction), None) is not None
    )


def _is_entry(node: Any) -> bool:
    return etree.QName(node).localname == "entry"


def _find_link(entry: Any, node: Any) -> str | None:
    """The item's page; the fast parser takes for an Atom entry's whatever link or address stands first."""
    if not _is_entry(node):
        return entry.get("link") or None
    links = [link for link in node.iterchildren("{*}link") if link.get("rel", "alternate") == "alternate"]
    pages = [link for link in links if link.get("type", "text/html") in _PAGE_TYPES] or links
    return pages[-1].get("href") if pages else None  # of several the last, as for feedparser


def _read_authors(node: Any) -> Iterator[str]:
    """All of them; the fast parser reads one."""
    for child in node.iterchildren("{*}author", "{*}creator"):
        if not str(child.tag).startswith(_ITUNES):
            yield name_author(child.findtext("{*}name") or child.text or "")


def _read_item(entry: Any, node: Any) -> Item:
    texts = _texts(node)
    source = node.find("{*}source")
    named = texts.get("Source", "") if source is None else source.findtext("{*}title") or source.text or ""
    return Item(
        link=_find_link(entry, node),
        title=entry.get("title") or "",
        summary=entry.get("description") or texts.get("encoded") or texts.get("content") or "",
        dates=tuple(date for names in _DATES for date in _dates(node, names)),
        guid=texts.get("guid") or texts.get("id") or node.get(_ABOUT),
        outlet=named.strip(),
        outlet_url="" if source is None else source.get("url") or "",
        authors=tuple(_read_authors(node)),
    )


def _is_sound(item: Item, own: tuple[str, ...]) -> bool:
    """A link that is one, of the item and not of the feed (it fills gaps with that), and a headline."""
    return bool(item.link and _LINK.match(item.link) and item.link not in own and item.title.strip())


def _dates(node: Any, names: Set[str]) -> Iterator[str]:
    """The texts of these elements, the last first: it is the one that counts, as for feedparser."""
    for child in node.iterchildren(etree.Element, reversed=True):
        if etree.QName(child).localname in names and (child.text or "").strip():
            yield child.text.strip()


def _texts(node: Any) -> dict[str, str]:
    texts: dict[str, str] = {}
    for child in node.iterchildren(etree.Element):
        texts.setdefault(etree.QName(child).localname, (child.text or "").strip())
    return texts


def _frame(root: Any, items: tuple[Item, ...]) -> Feed:
    channel = root if etree.QName(root).localname == "feed" else root.find("{*}channel")
    texts = _texts(channel) if channel is not None else {}
    links = [
        (link.get("rel"), link.get("href"))
        for link in (() if channel is None else channel.iterchildren("{*}link"))
        if link.get("href")
    ]
    rels = dict(links) | {"hub": "\n".join(href for rel, href in links if rel == "hub")}
    hints = {name: texts[key] for key, name in _HINTS.items() if texts.get(key)}
    hints |= {rel: rels[rel] for rel in ("hub", "self") if rels.get(rel)}
    hints |= dict(_read_skipped(channel))
    language = texts.get("language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Feed(items=items, language=language or None, next_page=rels.get("next"), hints=hints)


def _read_skipped(channel: Any) -> Iterator[tuple[str, str]]:
    for key, name in _SKIPPED.items():
        skipped = None if channel is None else channel.find(f"{{*}}{key}")
        if skipped is not None:
            yield name, " ".join((each.text or "").strip() for each in skipped.iterchildren(etree.Element))
