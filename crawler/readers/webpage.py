"""What readers of web pages share: the parsed page, which links are content, what a link says. Pure."""

import re
from typing import Any

from lxml import etree, html

from crawler.errors import UnreadableFeed
from crawler.records import Page
from crawler.text import charset

_FURNITURE = {"nav", "footer", "aside", "form", "button", "select"}
_FURNITURE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|breadcrumbs?|social|share|cookie|newsletter|comments?|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)


def parse(page: Page) -> Any:
    """The page as a tree; raises UnreadableFeed for what is none."""
    body = charset.as_utf8(page.body, page.header("content-type"))
    try:
        return html.fromstring(body, base_url=page.final_url, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(f"the answer is no web page ({error})") from error


def may_be_followed(node: Any) -> bool:
    """Whether a link leads anywhere and stands in the content of its page."""
    href = (node.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return False
    return not any(_is_furniture(parent) for parent in node.iterancestors())


def _is_furniture(node: Any) -> bool:
    if node.tag in _FURNITURE or node.get("role") in ("navigation", "contentinfo", "menu"):
        return True
    if node.tag in ("body", "html", "main", "article"):
        return False
    return bool(_FURNITURE_WORDS.search(f"{node.get('class', '')} {node.get('id', '')}"))


def words_of(node: Any) -> str:
    """What a link says: the heading in it, else its text, else its title."""
    inner = [each for each in node.iter("h1", "h2", "h3", "h4")]
    words = (inner[0] if inner else node).text_content()
    return " ".join((words or node.get("title") or node.get("aria-label") or "").split())
