"""Opens the wrappers that others put around an address, as far as the string itself holds the target."""

import base64
import re
from urllib.parse import parse_qsl, unquote

from crawler.urls.address import Address, parse, repair

# A wrapper may hold a wrapper; more than this is nobody's link.
_DEEPEST = 5

# Parameters in which redirecting pages carry their target, the usual ones first.
_TARGET_NAMES = (
    *(
        "url",
        "u",
        "q",
        "to",
        "target",
        "dest",
        "destination",
        "redirect",
        "redirect_url",
        "redirect_uri",
        "redirecturl",
    ),
    *(
        "redir",
        "r",
        "link",
        "href",
        "goto",
        "go",
        "out",
        "z",
        "uddg",
        "murl",
        "urllink",
        "ued",
        "rurl",
        "desturl",
        "next",
    ),
    *(
        "imgrefurl",
        "adurl",
        "text",
        "body",
        "share_url",
        "original_url",
        "d",
        "continue",
        "return",
        "returnurl",
        "return_url",
        "return_to",
        "targeturl",
        "target_url",
        "p",
        "l",
        "a",
        "ref_url",
        "done",
        "src",
    ),
)
# Parts of a path or first labels of a host that say: this page only leads on.
_LEADS_ON = re.compile(
    r"(?:^|[/._-])(?:redirect\w*|redir|r|out|outbound|outgoing|away|exit|leave|leaving|click|clicks|clk|ck|jump|go|goto|link\w*"
    r"|l|lm|url|share\w*|sharer|intent|submit|submitlink|track|tracking|safelinks?|linkfilter|deref\w*|translate|turbo|imgres|aclk|plugins|warn|add|clip|text|send|offer|bookmark\w*|protect\w*|secure|login|signin|consent|collectconsent"
    r"|apiclick|jsredir|create|filter|bounce|forward|proxy|visit|api|amp|cache|save|deeplink|transform|interstitial|cread|urlsand)(?=$|[/.?_-])",
    re.IGNORECASE,
)
# Hosts that put the whole target behind their own name, with what stands in between.
_PATH_WRAPPERS = (
    re.compile(r"(?:www\.)?(?:google|bing)\.[a-z.]+/amp/(?P<tls>s/)?(?P<url>.+)"),
    re.compile(r"(?:[\w-]+\.)?(?:cdn\.ampproject\.org|amp\.cloudflare\.com|ampproject\.net)/\w{1,3}/(?P<tls>s/)?(?P<url>.+)"),
    re.compile(r"(?:web|wayback)\.archive\.org/web/(?:\d+\w*|\*)/(?P<url>.+)"),
    re.compile(r"archive\.(?:is|ph|today|fo|li|md|vn)/(?:o/\w+/|\d[\d.-]+/|newest/)?(?P<url>https?:.+)"),
    re.compile(r"urldefense\.(?:com|us)/v3/__(?P<url>.+?)__;.*"),
    re.compile(r"(?:[\w-]+\.)?search\.yahoo\.com/.*/RU=(?P<url>[^/]+)/.*"),
    re.compile(r"(?:href\.li|anonym\.to|nullrefer\.com|dereferer\.me|hidereferrer\.net)/\?(?P<url>https?.+)"),
    re.compile(r"(?:12ft\.io|outline\.com|r\.jina\.ai|freedium\.cfd|1ft\.io|removepaywalls?\.com|txtify\.it)/(?P<url>https?:.+)"),
    re.compile(r"webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{12}:)?(?P<url>[^+&]+).*"),
    re.compile(r"(?:www\.)?yandex\.[a-z]+/turbo/(?P<tls>s/)(?P<url>.+)"),
    # any other page that holds an address behind its own: `/redirect/http://…`, `/*http%3A//…`
    re.compile(r"[^/?]+/(?:[^?]*?[/*])??\**(?P<url>https?(?::|%3[aA])(?:/|%2[fF]){1,2}.+)"),
)  # fmt: skip
_FEEDSPORTAL = re.compile(r"/(0[LM].+?)/(?:story\d+\.htm|ia1\.htm)")
_FEEDSPORTAL_CODE = re.compile(r"0([A-Z])")
_FEEDSPORTAL_SIGNS = {
    **{
        "A": "0",
        "B": ".",
        "C": "/",
        "D": "?",
        "E": "-",
        "F": "=",
        "G": "&",
        "H": ",",
        "I": "_",
        "J": "%",
        "K": "+",
    },
    **{
        "L": "http://",
        "M": "https://",
        "N": ".com",
        "O": ".co.uk",
        "P": ";",
        "Q": "|",
        "R": ":",
        "S": "www.",
        "T": "#",
    },
}
# Hosts whose wrappers need not show `http` in the path.
WRAPPING_HOST = re.compile(
    r"google|bing|ampproject|cloudflare|archive|urldefense|yahoo|yandex|href\.li|anonym|refer"
)
_GOOGLE_NEWS = re.compile(r"/(?:rss/)?(?:articles|read)/(CBM[\w-]+)")
# Links of search engines that hold nothing but a number of theirs.
_HIDDEN = {
    "news.google.com": re.compile(r"/(?:rss/|__i/rss/rd/)?(?:articles|read)/[\w-]+"),
    "bing.com": re.compile(r"/news/apiclick\.aspx", re.IGNORECASE),
}
_TRANSLATED = re.compile(r"([\w-]+)\.translate\.goog")
_PROOFPOINT_V2 = str.maketrans({"-": "%", "_": "/"})
_DISQUS_TAIL = re.compile(r":[\w-]{15,}$")


def unwrap(address: Address) -> Address:
    """The address inside all wrappers; the address itself where it is none, or does not hold its target."""
    for _ in range(_DEEPEST):
        inner = _open(address)
        if inner is None or inner == address:
            break
        address = inner
    return address


def is_hidden(address: Address) -> bool:
    """Whether an address that holds no target is still only a way to one."""
    links = _HIDDEN.get(address.host.removeprefix("www."))
    return links is not None and links.match(address.path) is not None


def _open(address: Address) -> Address | None:
    target = _in_host(address) or _in_path(address) or _in_query(address) or _in_feedsportal(address)
    if not target:
        return None
    try:
        inner = parse(repair(target))
    except ValueError:
        return None
    return inner if inner is not None and "." in inner.host else None


def _in_host(address: Address) -> str | None:
    """Google's translations stand under the site's own name with its dots and hyphens rewritten."""
    found = _TRANSLATED.fullmatch(address.host)
    if not found:
        return None
    name = found[1].replace("--", "\n").replace("-", ".").replace("\n", "-")
    return f"{address.scheme}://{name}{address.path}"


def _in_path(address: Address) -> str | None:
    if address.host == "news.google.com":
        return _google_news(address.path)
    if "http" not in address.path.lower() and not WRAPPING_HOST.search(address.host):
        return None
    whole = f"{address.host}{address.path}{'?' if address.query else ''}{address.query}"
    for wrapper in _PATH_WRAPPERS:
        found = wrapper.fullmatch(whole)
        if found:
            return _with_scheme(found["url"], tls="tls" in found.re.groupindex and bool(found["tls"]))
    return None


def _with_scheme(url: str, *, tls: bool) -> str:
    if url.lower().startswith(("http%3a", "https%3a")):
        url = unquote(url)
    if url.lower().startswith(("http:", "https:")):
        return url
    return f"{'https' if tls else 'http'}://{url}"


def _in_query(address: Address) -> str | None:
    """The target that a redirecting page carries in a parameter, where the page says that it leads on."""
    query = address.query
    if not query:
        return None
    if address.host == "urldefense.proofpoint.com":
        return _proofpoint(address)
    lowered = query.lower()
    if "http" not in lowered and "ahr0" not in lowered:
        return None
    if not (_LEADS_ON.search(address.path) or _LEADS_ON.search(address.host)):
        return None
    given = {name.lower(): value for name, value in parse_qsl(query)}
    for name in _TARGET_NAMES:
        value = given.get(name, "")
        if value.lower().startswith(("http://", "https://", "http%3a", "https%3a")):
            target = _with_scheme(value, tls=False)
            return _DISQUS_TAIL.sub("", target) if address.host == "disq.us" else target
        if value.startswith(("aHR0c", "a1aHR0c")):  # the target in base64; Bing's clicks put "a1" before it
            return _from_base64(value[value.index("aHR0") :]).decode("utf-8", "replace")
    return None


def _in_feedsportal(address: Address) -> str | None:
    """Feedsportal, once the host of many newspapers' feeds, wrote targets with codes for some signs."""
    if not address.host.endswith("feedsportal.com"):
        return None
    found = _FEEDSPORTAL.search(address.path)
    if not found:
        return None
    return _FEEDSPORTAL_CODE.sub(lambda code: _FEEDSPORTAL_SIGNS.get(code[1], code[0]), found[1])


def _proofpoint(address: Address) -> str | None:
    target = dict(parse_qsl(address.query)).get("u", "")
    return unquote(target.translate(_PROOFPOINT_V2)) if address.path.startswith("/v2/") else target


def _google_news(path: str) -> str | None:
    """The target in an older Google News id, a protobuf message with the URL in field 4; newer hold none."""
    found = _GOOGLE_NEWS.match(path)
    if not found:
        return None
    message = _from_base64(found[1])
    at = message.find(b"\x22")
    if not 0 <= at <= 4 or len(message) < at + 3:
        return None
    length, start = message[at + 1], at + 2
    if length >= 0x80:
        length, start = (length & 0x7F) | (message[at + 2] << 7), at + 3
    url = message[start : start + length].decode("utf-8", "replace")
    return url if url.startswith(("http://", "https://")) else None


def _from_base64(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
