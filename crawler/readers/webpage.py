"""What readers of web pages share: the parsed page, which links are content, what a link says. Pure."""

import re
from typing import Any

from lxml import etree, html

from crawler.errors import UnreadableFeed
from crawler.records import Page
from crawler.text import charset
from crawler.urls import resolve

WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""A letter of a script without blanks."""

_FURNITURE = {"nav", "footer", "aside", "form", "button", "select"}
_FURNITURE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|breadcrumbs?|social|share|cookie|newsletter|comments?|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)


# What an element shows or has, which is no name of its own: `has-menu`, `no-comments`.
_STATE = re.compile(r"\b(?:has|no|with|without|is|show|hide)-[\w-]+", re.IGNORECASE)


def parse(page: Page) -> Any:
    """The page as a tree; raises UnreadableFeed for what is none."""
    body = charset.as_utf8(page.body, page.header("content-type"))
    try:
        return html.fromstring(body, base_url=page.final_url, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"the answer is no web page ({error})") from error


def base_of(root: Any, page: Page) -> str:
    """What the page's links are relative to: its `<base>`, else its own address."""
    bases = (resolve(page.final_url, node.get("href") or "") for node in root.iter("base"))
    return next(filter(None, bases), page.final_url)


def may_be_followed(node: Any) -> bool:
    """Whether a link leads anywhere and stands in the content of its page."""
    href = (node.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return False
    return not any(_is_furniture(parent) for parent in node.iterancestors())


def _is_furniture(node: Any) -> bool:
    if node.tag == "form":
        return next(node.iter("main", "h1", "footer"), None) is None  # ASP.NET puts the whole page into one
    if node.tag in _FURNITURE or node.get("role") in ("navigation", "contentinfo", "menu"):
        return True
    if node.tag in ("body", "html", "main", "article"):
        return False
    names = _STATE.sub(" ", f"{node.get('class', '')} {node.get('id', '')}")
    return bool(_FURNITURE_WORDS.search(names)) and next(node.iter("main"), None) is None


def words_of(node: Any) -> str:
    """What a link says: the heading in it, else its text, else its title."""
    inner = [each for each in node.iter("h1", "h2", "h3", "h4")]
    words = (inner[0] if inner else node).text_content()
    return " ".join((words or node.get("title") or node.get("aria-label") or "").split())
