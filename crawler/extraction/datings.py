"""All dates of a page: structured data, meta tags, shown dates, scripts, address; each with who says it.

Which of them is the day of publication is for `crawler.extraction.published`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from ahocorasick_rs import BytesAhoCorasick, Implementation
from htmldate import find_date
from selectolax.lexbor import LexborNode

from crawler import dates
from crawler.dates import Stamp
from crawler.extraction import vocabulary
from crawler.extraction.choose import Option
from crawler.extraction.document import Document, ancestors, labels_of, words_of
from crawler.extraction.places import labels_in
from crawler.extraction.recency import read_recent
from crawler.extraction.walk import Block
from crawler.text.charset import without_controls

_META_KINDS = (
    ("meta modified", re.compile(r"modif|updat|revis|lastmod|last-mod|changed|expir|edited", re.IGNORECASE)),
    (
        "article:published_time",
        re.compile(r"^(?:og:)?article:published(?:_time)?$|^og:published_time$", re.IGNORECASE),
    ),
    (
        "meta published",
        re.compile(
            r"publi(?:sh|cation|c)|pub-?_?date|issued|firstpub|datepub|displaydate|original", re.IGNORECASE
        ),
    ),
    ("meta created", re.compile(r"creat|available", re.IGNORECASE)),
    ("meta date", re.compile(r"date|time|fecha|datum", re.IGNORECASE)),
)
_NO_DATE = vocabulary.any_of("no_date")
_MOST_ELEMENTS = 120
_LONGEST_LINE = 160
_LONGEST_ELEMENT = 3000
_MOST_LINES = 60
_MOST_PIECES = 8
_MOST_RECENT = 80
# The candidate that is told only as seen from the day of the fetch.
RECENT = "a day as seen from the fetch"
_DIGIT = re.compile(r"\d")
_MOST_FIELDS = 30
_MOST_SOURCE = 3_000_000  # bytes that htmldate gets
_THREE_DIGITS = re.compile(r"\d\D*\d\D*\d")
URL_DAY = re.compile(r"(?<!\d)(20[0-3]\d|199\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_WORD_DAY = re.compile(r"/(20[0-3]\d)/([a-z]{3})/(\d{1,2})/", re.IGNORECASE)
_URL_DAY_APART = re.compile(r"/(20[0-3]\d)/(?:[a-z_-]+/)?(\d{1,2})/(\d{1,2})/", re.IGNORECASE)
_PROSE = 60
_DATELINE = re.compile(r"^\W*\d{1,4}[./ -]+(?:\d{1,2}|[^\W\d_]{3,12})[./ -]+\d{1,4}[^–—:]{0,20}[–—:-]\s")
_SPAN = re.compile(
    r"(?<![\d:.T])\d\d?[:.]\d\d\s*(?:uhr|h)?\s*[-–—]\s*\d\d?[:.]\d\d(?![./\d-])", re.IGNORECASE
)
_COMMENTS = vocabulary.any_of("comments", r"(?:^|[\s_-])(?:{})")
# What every name of `date_fields` holds.
_IN_FIELDS = [
    b"publi", b"creat", b"pubdate", b"pub_date", b"displaydate", b"display_date", b"articledate",
    b"article_date",
]  # fmt: skip
_STEMS = BytesAhoCorasick(_IN_FIELDS, implementation=Implementation.DFA)
_LONGEST_NAME, _LONGEST_VALUE = 60, 40
_FIELD_NAME = re.compile(
    rf"""["'](?:{vocabulary.alternatives("date_fields")})["']\s*:\s*["']?""".encode(), re.IGNORECASE
)
_FIELD_VALUE = re.compile(rf"""[^"',}}]{{8,{_LONGEST_VALUE}}}""")
_UPDATED = vocabulary.Phrases("updated")
_PUBLISHED = vocabulary.Phrases("published")


@dataclass(frozen=True, slots=True)
class Seen:
    """One date of the page: what it says, who says it, and the element where it is shown."""

    stamp: Stamp
    found_by: str
    node: LexborNode | None = None
    line: str = ""

    @property
    def signs(self) -> dict[str, float]:
        """What the words around the date say: a piece's first day, its last change, an event."""
        leads = len(self.line) > _PROSE and _DATELINE.match(self.line)
        return {
            **_words_around(self.line),
            "leads a paragraph": float(self.node is not None and bool(leads)),
        }


@lru_cache(maxsize=512)  # an element's words are asked for its stamp and its line
def _words_around(line: str) -> Mapping[str, float]:
    return {
        "says updated": float(_says_updated(line)),
        "says published": float(_PUBLISHED.are_in(line)),
        "tells a span of time": float(bool(_SPAN.search(line))),
    }


@lru_cache(maxsize=512)
def _says_updated(line: str) -> bool:
    return _UPDATED.are_in(line)


class DateReader:
    """Reads the dates of one page in its language and country."""

    def __init__(self, document: Document, language: str | None, country: str | None) -> None:
        self.document, self.language, self.country = document, language, country

    def declared(self) -> Iterator[Seen]:
        """The dates that structured data and meta tags give."""
        yield from self._of_things()
        yield from self._of_state()
        yield from self._of_metas()

    def in_words(self) -> Iterator[Seen]:
        """The dates in the page's first lines and in its address."""
        yield from self._of_lines()
        path = urlsplit(self.document.url).path
        for found in (*URL_DAY.finditer(path), *_URL_DAY_APART.finditer(path)):
            yield from self._read("-".join(found.groups()), "the address")
        for found in _URL_WORD_DAY.finditer(path):
            yield from self._read(" ".join(found.groups()[::-1]), "the address")

    def _read(
        self, text: str, found_by: str, node: LexborNode | None = None, line: str = ""
    ) -> Iterator[Seen]:
        stamp = dates.read_stamp(text, language=self.language, country=self.country)
        if stamp:
            yield Seen(stamp, found_by, node, line or text)

    def _of_things(self) -> Iterator[Seen]:
        for thing in self.document.things[:200]:
            kind = (
                "json-ld"
                if thing.is_article
                else "json-ld page"
                if thing.is_work or not thing.types
                else "json-ld other"
            )
            for key in ("datePublished", "dateCreated", "uploadDate", "dateModified"):
                for text in thing.texts(key)[:1]:
                    yield from self._read(text, f"{kind} {'datePublished' if key == 'uploadDate' else key}")

    def _of_state(self) -> Iterator[Seen]:
        told = self.document.told_by_scripts
        if told:
            yield from self._read(told.published, "script state datePublished")
            yield from self._read(told.modified, "script state dateModified")

    def _of_metas(self) -> Iterator[Seen]:
        for name, contents in self.document.metas.items():
            kind = _meta_kind_of(name)
            if kind:
                yield from self._read(contents[0], kind)

    def in_elements(self) -> Iterator[Seen]:
        """The dates of elements that say by tag, class or attribute that they show one."""
        for node in self.document.walk.by_kind["dated_elements"][:_MOST_ELEMENTS]:
            if node.tag in ("meta", "script", "html", "body", "link", "input"):
                continue
            attributes = node.attributes
            machine = (
                attributes.get("datetime")
                or attributes.get("content")
                or (attributes.get("title") if node.tag in ("abbr", "time") else None)
            )
            shown = node.text()
            line = words_of(node) if len(shown) < _LONGEST_ELEMENT and _DIGIT.search(shown) else ""
            line = line if len(line) <= _LONGEST_LINE else ""
            if not line and not machine:
                continue
            said = f"{labels_in(attributes)} {_item_of(attributes)} {line}"
            kind = _kind_of(node.tag or "", _item_of(attributes), said)
            if machine:
                yield from self._read(machine, f"{kind} stamp", node, said)
            if line:
                yield from self._read(line, kind, node, said)

    def _of_lines(self) -> Iterator[Seen]:
        """Dates in the first lines of the page's visible text."""
        lines = 0
        for block in self.document.blocks:
            if _tells_no_date(block):
                continue
            together = len(block.words) < _MOST_PIECES
            for words in {block.text: 1, **dict.fromkeys(block.words)} if together else block.words:
                text = words.strip()
                if len(text) > _LONGEST_LINE and _DATELINE.match(text):
                    text = text[:_LONGEST_LINE]
                if not 6 <= len(text) <= _LONGEST_LINE or not _THREE_DIGITS.search(text):
                    continue
                lines += 1
                if lines > _MOST_LINES:
                    return
                kind = "text updated" if _says_updated(text) else "text"
                yield from self._read(text, kind, block.node, text)

    def last_resort(self) -> Iterator[Seen]:
        """Where nothing else is: a day that only today's readers understand, else what htmldate finds.

        Its first of January is a guess from a year alone.
        """
        recent = next(self._of_recent_lines(), None)
        if recent:
            yield recent
            return
        source = without_controls(self.document.data[:_MOST_SOURCE].decode("utf-8", "replace"))
        found = find_date(source, original_date=True, extensive_search=False)
        if found and not found.endswith("-01-01"):
            yield from self._read(found, "htmldate")

    def _of_recent_lines(self) -> Iterator[Seen]:
        now = self.document.page.fetched_at
        for block in islice(self.document.blocks, _MOST_RECENT):
            if _DIGIT.search(block.text) and not block.place.aside and not block.place.navigation:
                for words in (block.text, *block.words):
                    stamp = read_recent(words.strip(), self.language, self.country, now)
                    if stamp:
                        yield Seen(stamp, RECENT, block.node, words)

    def in_scripts(self) -> Iterator[Seen]:
        for value in islice(_fields_in(self.document.data), _MOST_FIELDS):
            yield from self._read(value, "script")


def _tells_no_date(block: Block) -> bool:
    """Whether none of a block's words can be a line with a date: most paragraphs, at a glance."""
    if len(block.words) == 1 and len(block.text) > _LONGEST_LINE:
        return not _DATELINE.match(block.text)
    return not _THREE_DIGITS.search(block.text)


def tells_first_instant(option: Option) -> bool:
    """Whether a machine gave this time with its offset, and nothing says that it is a change or a reader's.

    In furniture only what is called the publication counts.
    """
    signs = option.signs
    by_machine = any(by.endswith(" stamp") or "published" in by.lower() for by in option.found_by)
    against = {"only modified", "shown in comments", "tells a span of time", "read as UTC"}
    aside = "shown aside" in signs and "says published" not in signs
    return by_machine and not aside and "offset given" in signs and against.isdisjoint(signs)


def in_comments(node: LexborNode) -> bool:
    """Whether an element stands among what readers wrote."""
    return any(_COMMENTS.search(labels_of(each)) for each in islice(ancestors(node), 6))


def _fields_in(data: bytes) -> Iterator[str]:
    """The values of scripts' fields that hold a date, in order.

    Bytes are searched for the stems of the fields' names in one pass; only there the pattern is tried.
    """
    end = 0
    for _, start, _ in _STEMS.find_matches_as_indexes(data.lower()):
        quote = max(data.rfind(b'"', end, start), data.rfind(b"'", end, start))
        named = _FIELD_NAME.match(data, quote) if 0 <= start - quote <= _LONGEST_NAME else None
        if named:
            end = named.end()
            value = _FIELD_VALUE.match(data[end : end + 4 * _LONGEST_VALUE].decode("utf-8", "ignore"))
            if value:
                yield value[0].strip()


@lru_cache(maxsize=4096)  # most pages have the same few
def _meta_kind_of(name: str) -> str | None:
    """What kind of date a meta tag of this name tells, None for those that tell none."""
    if _NO_DATE.search(name):
        return None
    return next((kind for kind, pattern in _META_KINDS if pattern.search(name)), None)


def _item_of(attributes: Mapping[str, str | None]) -> str:
    """The microdata or RDFa property of an element."""
    return f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}"


def _kind_of(tag: str, item: str, said: str) -> str:
    """The kind of an element that shows a date."""
    item = item.lower()
    if "datemodified" in item:
        return "itemprop dateModified"
    if "datepublished" in item or "datecreated" in item:
        return "itemprop datePublished"
    kind = "time element" if tag == "time" else "dated element"
    return f"{kind} updated" if _says_updated(said) else kind
