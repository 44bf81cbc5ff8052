"""Takes an address apart and puts it together again, mended where people and machines damage addresses."""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import idna

# With them the halves of characters that JSON can hold and no address can.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ud800-\udfff\ufeff]"
)
LONGEST_HOST = 253  # RFC 1035, 2.3.4
# Schemes as people mistype and repeat them: `http://http://`, `https//`, `htttp:/`, `hxxps://`, `ttp://`.
_SCHEMES = re.compile(
    r"(?:(?:feed|view-source):)?(?:h{0,2}(?:t{1,3}|xx)p{1,2}(s)?(?:[:;]+[/\\]*|//))+", re.IGNORECASE
)
_JUNK = re.compile(
    r"(?:%20|%22|%0[ad]|%c2%a[0d]|%e2%80%(?:8[b-f]|9[cd]))+$|[<>\"].*$", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"&(?:amp|#0*38|#x26);", re.IGNORECASE)
# Trackers put behind a path without a question mark, or behind a second or an escaped one.
_LOOSE_TRACKERS = re.compile(
    r"(?:&|%26|%3f)(?=utm_|fbclid=|utm_source%3d)|%3f(?=amp(?:[=&#]|$))", re.IGNORECASE
)
_BARE_HOST = re.compile(r"[^\s/?#@:]+\.[^\s/?#@:.]{2,}(?::\d+)?(?:[/?#]|$)")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST_LABELS = re.compile(r"[a-z0-9_\-.]+|\[[0-9a-f:.]+\]")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_QUOTES = "\"'“”‘’«»`<"


class Address(NamedTuple):
    """An http(s) address in its parts; `port` is None where it is the scheme's own (80 or 443)."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str

    @property
    def is_route(self) -> bool:
        """Whether the fragment names a page of its own (`#!topic/a`, `#/news/1`), not a place on one."""
        return len(self.fragment) > 2 and self.fragment[0] in "!/" and "=" not in self.fragment.split("/")[0]


def repair(url: str) -> str:
    """The address without what copying and pasting adds: blanks, quotes, invisible signs, doubled schemes."""
    if not url.isprintable():
        url = _INVISIBLE.sub("", url)
    url = url.strip().strip(_QUOTES)
    if "%" in url or "<" in url or ">" in url or '"' in url:
        url = _JUNK.sub("", url)
    while url and url[-1] in _CLOSING and _CLOSING[url[-1]] not in url:
        url = url[:-1].rstrip()
    while "&" in url and _ENTITY.search(url):
        url = _ENTITY.sub("&", url)
    if "?" not in url:
        url = _LOOSE_TRACKERS.sub("?", url, count=1)
    scheme = _SCHEMES.match(url)
    if scheme:
        return f"http{(scheme[1] or '').lower()}://{url[scheme.end() :]}"
    if url.startswith("//"):
        return f"http:{url}"
    return f"http://{url}" if _BARE_HOST.match(url) else url


def parse(url: str) -> Address | None:
    """The parts of a repaired address; None where it is not http(s). Raises ValueError on broken ones."""
    if "\\" in url:
        url = url.replace("\\", "/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = ascii_host(f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname)
    if not host:
        return None
    port = parts.port if parts.port not in (80, 443) else None
    return Address(parts.scheme, host, port, parts.path, parts.query, parts.fragment)


def ascii_host(name: str) -> str:
    """A host name in lower case and ASCII form (IDNA 2008 after UTS 46); empty where it cannot be one."""
    name = name.lower().strip(".")
    if not name.isascii():
        name = idna.encode(unicodedata.normalize("NFC", name), uts46=True).decode("ascii")
    return name if len(name) <= LONGEST_HOST and _HOST_LABELS.fullmatch(name) else ""


def shown(address: Address) -> str:
    """The address as text, with everything escaped that must be and nothing else changed."""
    port = f":{address.port}" if address.port else ""
    url = f"{address.scheme}://{address.host}{port}{escape(address.path) or '/'}"
    if address.query:
        url += f"?{escape(address.query)}"
    return url + (f"#{escape(address.fragment)}" if address.fragment else "")


def escape(text: str) -> str:
    """Text with blanks, non-ASCII and stray percent signs escaped; what is escaped already stays."""
    if "%" in text:
        text = _PERCENT.sub("%25", text)
    return quote(text, safe="%/?:@!$&'()*+,;=~-._[]|#")
