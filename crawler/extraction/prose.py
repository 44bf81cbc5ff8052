"""The main text of a page: by its own tree, or where that is in doubt by other readings, the dearest last."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode
from trafilatura import bare_extraction

from crawler.extraction import vocabulary
from crawler.extraction.beside import parts_beside, parts_of
from crawler.extraction.body import body_of, is_teaser
from crawler.extraction.document import Document, ancestors
from crawler.extraction.neighbours import blocks_of_others
from crawler.extraction.structured import unescape
from crawler.extraction.walk import Block
from crawler.extraction.wording import squeeze
from crawler.records import Part
from crawler.text.charset import without_controls

ENOUGH = 250
_DROPPED = [
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "aside", "form", "button",
    "select", "input",
    "link", "meta", "video", "audio", "picture", "source", "canvas", "object", "embed",
]  # fmt: skip
_LINE_END = re.compile(r"[\r\n]+|</p>|<br\s*/?>", re.IGNORECASE)
_EMBEDDED_PARTS = vocabulary.classes("embedded")


@dataclass(frozen=True, slots=True)
class Prose:
    """The main text (a blank line between paragraphs), how it was found, and the page's other parts."""

    text: str
    found_by: str
    parts: tuple[Part, ...] = ()
    doubt: str | None = None


def prose_of(document: Document, headline: str) -> Prose:
    """Read main text and parts. Never raises on hostile markup; a page that gives no text has a doubt."""
    others = blocks_of_others(document, headline)
    own = [block for block in document.blocks if block not in others] if others else document.blocks
    body = body_of(own, headline)
    if body.sure or (body.paragraphs and document.is_vast):
        text = "\n\n".join(body.paragraphs)
        parts = parts_beside(document, body, headline, others)
        doubt = None if body.sure else "the page is too vast to be read a second time"
        return Prose(text, "the page's paragraphs", parts, doubt)
    text, found_by = _article_body(document), "json-ld articleBody"
    if len(text) < max(ENOUGH, sum(map(len, body.paragraphs))):
        text, found_by = _main_text(document, text)
    teasers = {squeeze(block.text) for block in document.blocks if is_teaser(block)}
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    paragraphs = [paragraph for paragraph in paragraphs if squeeze(paragraph) not in teasers]
    if paragraphs and squeeze(paragraphs[0]) == squeeze(headline):
        paragraphs = paragraphs[1:]
    text = "\n\n".join(paragraphs)
    doubt = None if len(text) >= ENOUGH else "the page gave little or no text"
    return Prose(text, found_by, parts_of(document, text, headline), doubt)


def _cleaned(document: Document) -> str:
    """The markup without what never holds prose."""
    tree = LexborHTMLParser(document.data)
    tree.strip_tags(_DROPPED, recursive=True)
    for node in tree.css(_EMBEDDED_PARTS):
        node.decompose()
    return without_controls(tree.html or "")


def _main_text(document: Document, told: str) -> tuple[str, str]:
    """The first reading that gives enough, the dearest last; else the longest. `told`: what JSON-LD has."""
    cleaned = _cleaned(document)
    readings: dict[str, Callable[[], str]] = {
        "trafilatura fast": lambda: _trafilatura(cleaned, fast=True),
        "json-ld articleBody": lambda: told,
        "the state of the page's scripts": lambda: document.stated.text if document.stated else "",
        "the densest paragraphs": lambda: _densest(document.blocks),
        "trafilatura": lambda: _trafilatura(cleaned, fast=False),
    }
    best, by = "", "trafilatura fast"
    for found_by, read in readings.items():
        text = read()
        if len(text) > len(best):
            best, by = text, found_by
        if len(best) >= ENOUGH:
            break
    return best, by


def _trafilatura(cleaned: str, *, fast: bool) -> str:
    found = bare_extraction(
        cleaned, fast=fast, include_comments=False, include_tables=True, with_metadata=False
    )
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def _article_body(document: Document) -> str:
    """The longest text that JSON-LD gives as an article's, with its paragraphs."""
    told = [thing.fields.get("articleBody") for thing in document.articles]
    lines = [map(unescape, _LINE_END.split(text)) for text in told if isinstance(text, str)]
    return max(("\n\n".join(filter(None, each)) for each in lines), key=len, default="")


def _densest(blocks: list[Block]) -> str:
    """Long paragraphs outside links and furniture, for pages on which trafilatura finds nothing."""
    long = [block for block in blocks if len(block.text) >= 80 and not _in_furniture(block.node)]
    return "\n".join(block.text for block in long)


def _in_furniture(node: LexborNode) -> bool:
    return any(
        around.tag in ("a", "nav", "footer", "aside", "button", "form", "label")
        for around in islice(ancestors(node), 12)
    )
