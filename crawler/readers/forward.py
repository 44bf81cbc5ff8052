"""A page that does nothing but send its reader on -> where to. Pure.

Shorteners and the links of alerts do so without a redirect of HTTP: by `<meta http-equiv="refresh">`, by
the Refresh header, or by a script of one line. A page with anything to read on it is taken as it is, and
no script is run: what is more than one plain statement is nobody's redirect to us.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from crawler.records import Page
from crawler.urls import key, registrable_domain, resolve

LONGEST_PAGE = 64 * 1024  # bytes
LONGEST_WAIT = 5.0  # seconds that the page lets its reader wait
_LONGEST = 5_000  # characters of an attribute or a script that may be one
MOST_WORDS = 40  # "You are being sent on; if nothing happens, click here."

_MAY = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh|\blocation\b", re.IGNORECASE)
# Blanks are one each by then: nothing here can be read in more than one way.
_REFRESH = re.compile(r"(\d{1,4}(?:\.\d{0,4})?)(?: ?[;,] ?| )(?:url ?= ?)?(.+)", re.IGNORECASE)
_PLACE = r"(?:(?:window|document|self|top|parent) ?\. ?){0,2}location"
_ADDRESS = r" ?[\"']([^\"'\s]{1,4000})[\"'] ?"
_SCRIPT = re.compile(
    r"(?:<!-- )?(?:window ?\. ?opener ?= ?null ?;? ?)?"
    rf"{_PLACE} ?(?:(?:\. ?href ?)?={_ADDRESS}|\. ?(?:replace|assign) ?\({_ADDRESS}\))"
    r" ?;? ?(?:(?:// ?)?-->)?",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def find_forward(page: Page) -> str | None:
    """The address that this page sends its reader on to at once, None where it is a page of its own."""
    told = page.header("refresh")
    if len(page.body) > LONGEST_PAGE or not (told or _MAY.search(page.body)):
        return None
    try:
        root = html.document_fromstring(page.body or b"<html></html>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if _count_words(root) > MOST_WORDS:
        return None
    hrefs = (*_in_refresh(told), *_in_scripts(root), *_in_meta(root, page))
    urls = (resolve(page.final_url, href) for href in hrefs)
    return next((url for url in urls if url and not _leads_back(url, page)), None)


def _count_words(root: Any) -> int:
    texts = root.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
    return sum(len(text.split()) for text in texts)


def _leads_back(url: str, page: Page) -> bool:
    """A page that loads itself anew shows the news of the minute; it sends nobody away."""
    return key(url) in (key(page.final_url), key(page.requested_url))


def _in_refresh(content: str | None) -> Iterator[str]:
    """`0; url=https://…` (HTML Living Standard, 4.2.5.3)."""
    found = _REFRESH.fullmatch(_one_line(content))
    if found and float(found[1]) <= LONGEST_WAIT:
        yield found[2].strip().strip("\"'").strip()


def _in_meta(root: Any, page: Page) -> Iterator[str]:
    """In `noscript` a page sends to another one of its own: only another site is believed there."""
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        for href in _in_refresh(node.get("content")):
            url = resolve(page.final_url, href) or ""
            is_elsewhere = registrable_domain(url) != registrable_domain(page.final_url)
            if is_elsewhere or not any(parent.tag == "noscript" for parent in node.iterancestors()):
                yield href


def _in_scripts(root: Any) -> Iterator[str]:
    for node in root.iter("script"):
        found = _SCRIPT.fullmatch(_one_line(node.text)) if node.get("src") is None else None
        if found:
            yield _ESCAPE.sub(_unescape, found[1] or found[2])


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text and len(text) <= _LONGEST else ""


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else found[3]
