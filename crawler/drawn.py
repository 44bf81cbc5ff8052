"""How a page says that a browser drew it: a header of ours, which stays with a page that is kept. Pure."""

from dataclasses import replace

from crawler.records import Page

_DRAWN_BY = "x-drawn-by"


def as_drawn(page: Page, body: bytes, browser: str) -> Page:
    """The page with the body that its scripts made of it in this browser; status and headers stay."""
    return replace(page, body=body, headers=(*page.headers, (_DRAWN_BY, browser)))


def drawn_by(page: Page) -> str | None:
    """The browser that made `body` of the answer by running its scripts; None: it is the outlet's own."""
    return page.header(_DRAWN_BY)


def is_ours(header: str) -> bool:
    """Whether this header (in lower case) is ours to say, and not an outlet's."""
    return header == _DRAWN_BY
