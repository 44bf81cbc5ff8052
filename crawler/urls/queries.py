"""The query of an address less what is no part of the page's identity: trackers, sessions, views, order."""

import re
from urllib.parse import quote

from crawler.urls.lists import (
    PAGE_NAMES,
    TRACKER_FAMILIES,
    TRACKERS,
    TRACKERS_OF_ARTICLES,
    VIEW_FLAGS,
    VIEW_NAMES,
    VIEW_VALUES,
)

_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
# Signs a parameter may show plainly (RFC 3986, 3.4), less those that part parameters or stand for a blank.
_PLAIN = "-._~!$'()*,/:;?@"
_ESCAPED = re.compile(r"[^A-Za-z0-9%&=+" + re.escape(_PLAIN) + "]")
_CLICK_ID = re.compile(r"(?:clid|clickid|click_id|tracking|referrer|campaign(?:id)?|sess(?:ion)?[_-]?id)$")
_SECOND_MARK = re.compile(r"\?(?=[\w.-]+=)")
_SESSION_NAMES = frozenset(("s", "sid", "session", "oscsid", "xtcsid", "token", "sessid"))
_SHARED_BY = re.compile(r"sf\d{5,}")  # SocialFlow writes a number into the name: sf61784321=1
_MOMENT = re.compile(r"1[4-9]\d{8}(?:\d{3})?")  # seconds or milliseconds since 1970, against caches
_SESSION_VALUE = re.compile(r"[0-9a-f]{26,}", re.IGNORECASE)


def identity(query: str, *, about_article: bool) -> str:
    """The parameters that tell pages apart, sorted by name.

    Where the path already names an article (`about_article`), a parameter we do not know
    counts only if it could be a number of something: a page, an id.
    """
    if not query:
        return ""
    pairs = []
    for part in _parts(query):
        written, _, value = part.partition("=")
        name = normal(written)
        if name and not is_tracker(name, value) and not (about_article and _is_idle(name, value)):
            pairs.append((name, normal(part) if value else name))
    pairs.sort(key=lambda pair: pair[0])
    return "&".join(dict.fromkeys(part for _, part in pairs))


def without_trackers(query: str) -> str:
    """The query as it was written, less the parameters known as trackers; views of a page stay."""
    if not query:
        return ""
    parts = (part for part in query.split("&") if part)
    return "&".join(part for part in parts if not _is_known_tracker(part.partition("=")[0].lower()))


def is_tracker(name: str, value: str) -> bool:
    """Whether a parameter says how the reader came, or in which view, and not which page it is."""
    name = name.lower()
    if _is_known_tracker(name) or name in VIEW_FLAGS:
        return True
    if name in VIEW_NAMES and value.lower() in VIEW_VALUES:
        return True
    if _SHARED_BY.fullmatch(name):
        return True
    if name in _SESSION_NAMES and _SESSION_VALUE.fullmatch(value):
        return True
    # Twitter marks the device a link was shared from: s=20, s=08.
    return (name == "s" and len(value) == 2 and value.isdigit()) or (name == "m" and value in ("0", "1"))


def normal(text: str) -> str:
    """One way of writing each sign; a blank is `+`, and what parts parameters stays escaped."""
    if "%" in text:
        text = _PERCENT.sub(_plain_where_safe, text)
    return quote(text.replace(" ", "+"), safe=f"%=+{_PLAIN}") if _ESCAPED.search(text) else text


def _parts(query: str) -> list[str]:
    """The parameters of a query; some sites part them by `;`, some links by a second `?`."""
    if "?" in query:
        query = _SECOND_MARK.sub("&", query)
    if ";" in query and "&" not in query and all("=" in part for part in query.split(";")):
        return query.split(";")
    return query.split("&")


def _is_known_tracker(name: str) -> bool:
    return name in TRACKERS or name.startswith(TRACKER_FAMILIES) or _CLICK_ID.search(name) is not None


def _is_idle(name: str, value: str) -> bool:
    name = name.lower()
    # `cid` is a campaign's name or an article's number; a live blog names the block that it opens at.
    if name in TRACKERS_OF_ARTICLES or (name in ("cid", "tid") and not value.isdigit()):
        return True
    if (
        value.startswith("with:")
        or (name == "s" and len(value) < 3)
        or (name == "t" and _MOMENT.fullmatch(value))
    ):
        return True
    if name in PAGE_NAMES or name.endswith("id"):
        return False
    return not value.isdigit() or value in ("0", "1") or _MOMENT.fullmatch(value) is not None


def _plain_where_safe(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    sign = chr(int(found[1], 16))
    if sign == " ":
        return "+"
    return sign if sign.isascii() and (sign.isalnum() or sign in _PLAIN) else found[0].upper()
