"""The page or text of a mail -> its links, each with its words, the heading beside it, and its place. Pure.

Mails are tables in tables: what belongs together stands in one cell, and a footer is the cell in
which the link stands that ends the subscription.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree, html

from crawler.text.crowds import flat, uncrowded

MOST_LINKS = 1_000
_NEAR = 4  # levels up in which a heading is looked for
_FOOTER = 3  # levels up that may still be the footer
_LONGEST_FOOTER = 1_500  # characters
_SHORT = 6  # words of a link: so many are no small print
_MOST_BESIDE = 300  # elements that are looked through for a heading
_BLOCKS = {"td", "div", "table", "p", "tr", "li", "footer", "center", "section"}
_HEADINGS = ("h1", "h2", "h3", "h4", "strong", "b")
_LINK = re.compile(r"<?(https?://[^\s<>\"]+)>?")
_TRAILING = ".,;:!?)]}'’”"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link: where it leads, what it says, the heading nearest to it, and whether it stands in a footer.

    `stands_alone` where its words are all that is said there: few words of a sentence are no headline.
    `outlet` is the publisher that the mail names for it (schema.org microdata, as Google's alerts have it).
    """

    href: str
    words: str
    heading: str = ""
    outlet: str = ""
    stands_alone: bool = False
    in_footer: bool = False


def find_links(markup: str, is_about_the_mail: Callable[[str], bool]) -> Iterator[Link]:
    """The links of a mail's page, in its order; none where it is no page at all."""
    try:
        root = html.fromstring(_as_page(flat(uncrowded(markup))))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    nodes = [node for node in root.iter("a") if (node.get("href") or "").strip()][:MOST_LINKS]
    footers = {id(block): block for node in nodes for block in _footer_of(node, is_about_the_mail)}
    for node in nodes:
        words = _words(node) or _alternative(node)
        yield Link(
            href=(node.get("href") or "").strip(),
            words=words,
            heading=_heading_near(node) if len(words.split()) < _SHORT else "",
            outlet=_publisher_of(node),
            stands_alone=_stands_alone(node),
            in_footer=any(id(parent) in footers for parent in node.iterancestors()),
        )


def _as_page(markup: str) -> str:
    """Without an XML declaration of an encoding, which lxml refuses in text."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)


def _words(node: Any) -> str:
    heading = next(node.iter("h1", "h2", "h3", "h4"), None)
    return " ".join((node if heading is None else heading).text_content().split())


def _alternative(node: Any) -> str:
    """What stands for a picture that is a link."""
    told = (image.get("alt") or image.get("title") for image in node.iter("img"))
    return " ".join(next(filter(None, told), node.get("title") or "").split())


def _heading_near(node: Any) -> str:
    """The last heading before the link in the smallest block around it that has one."""
    for _, block in zip(range(_NEAR), _blocks_around(node), strict=False):
        found = ""
        for each in islice(block.iter(*_HEADINGS, "a"), _MOST_BESIDE):
            if each is node:
                break
            if each.tag != "a":
                found = " ".join(each.text_content().split()) or found
        if found:
            return found
    return ""


def _stands_alone(node: Any) -> bool:
    block = next((parent for parent in node.iterancestors() if parent.tag in _BLOCKS | set(_HEADINGS)), None)
    whole = "" if block is None else "".join(islice(block.itertext(), _MOST_BESIDE))
    return " ".join(whole.split()) == " ".join(node.text_content().split())


def _publisher_of(node: Any) -> str:
    """Who publishes the article that the mail marks up around a link."""
    for parent in node.iterancestors():
        if "Article" in (parent.get("itemtype") or ""):
            named = parent.xpath(".//*[@itemprop='publisher']")
            return " ".join(named[0].text_content().split()) if named else ""
    return ""


def _blocks_around(node: Any) -> Iterator[Any]:
    return (parent for parent in node.iterancestors() if parent.tag in _BLOCKS)


def _footer_of(node: Any, is_about_the_mail: Callable[[str], bool]) -> Iterator[Any]:
    """The blocks around a link about the mail, as long as they hold nothing but such small print."""
    if not is_about_the_mail(_words(node)):
        return
    for _, block in zip(range(_FOOTER), _blocks_around(node), strict=False):
        if len(block.text_content()) > _LONGEST_FOOTER or block.xpath(".//h1|.//h2|.//h3"):
            return
        words = [_words(link) for link in block.iter("a")]
        if any(len(each.split()) >= _SHORT and not is_about_the_mail(each) for each in words):
            return
        yield block


def find_text_links(text: str) -> Iterator[Link]:
    """The links of a plain text; the words of one are the line before it, or what its own line says."""
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        for found in _LINK.finditer(line):
            before = line[: found.start()].strip(" <[(-–:*")
            yield Link(href=found[1].rstrip(_TRAILING), words=before or _line_above(lines, number))


def _line_above(lines: list[str], number: int) -> str:
    """The first line of the paragraph that a link ends."""
    first = ""
    for line in reversed(lines[max(number - 6, 0) : number]):
        if not line or _LINK.search(line):
            if first:
                break
            continue
        first = line
    return first
