"""The path of an address as identity: the same page as AMP, print, mobile view or index file has one path."""

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

from crawler.urls.lists import DEVICE_FOLDERS, ENTRANCES, VIEWS

# Signs a path may show plainly (RFC 3986, 3.3): letters, digits and these.
_PLAIN = "-._~!$&'()*+,;=:@"
_ESCAPED = re.compile(r"[^A-Za-z0-9%/" + re.escape(_PLAIN) + "]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_HIGH = re.compile(r"(?:%[89a-fA-F][0-9a-fA-F])+")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"\(\w\(.*\)\)")
_INDEX = re.compile(
    r"(?:index|default)\.(?:html?|shtml|xhtml|php\d?|aspx?|jsp|cfm|cgi|pl|do|amp)", re.IGNORECASE
)
_VIEW_SUFFIX = re.compile(
    r"(.+)[._~,-](?:amp|print|amphtml)(\.(?:s?html?|php|aspx?|jsp|ece|cms|story|do))", re.I
)
_BARE_SUFFIX = re.compile(
    r"(.+)[.!](?:amp|amphtml|print)|(.*\d|.*[-_](?=\w*\d)[0-9a-f]{8,})[-_]amp", re.IGNORECASE
)
# An id that is nobody else's: whatever words and sections stand around it, it is the page.
_OWN_ID = re.compile(
    r"(?:.*[-_])?([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.\w{2,5})?", re.IGNORECASE
)
_HTML = re.compile(r"(.+?)(?:\.s?html?)+", re.IGNORECASE)
_AMP_FOLDER = re.compile(r"^amp[_-]|[_-]amp$|^\.amp$")
_SLUG = re.compile(r"\d{4}|[-_][^-_]+[-_]|\.(?:s?html?|ece|cms)$|.{24}", re.IGNORECASE)
_ARTICLE = re.compile(
    _SLUG.pattern + r"|\d{3}|\d[-_]|[-_]\d|\.(?:php|aspx?|jsp)$|^(?=.*\d.*\d)[a-z0-9]{10,}$", re.IGNORECASE
)
_WORD = re.compile(r"[-_]|[^\W\d]{4}|%")
_DATED = re.compile(r"/(?:(?:19|20)\d\d|\d{5,})/")
_NUMBERED = re.compile(r"(?:19|20)\d\d(?:-\d\d){0,2}|.*\d{5,}.*")
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)

_VIEW_PAGE = re.compile(r"comment-page-\d+|(?:amp|print)\.(?:html?|php|aspx?)", re.IGNORECASE)


def identity(path: str, *, amp_of: str | None) -> str:
    """The path by which a page is known, without `/` at the end; `amp_of` is the name an AMP host repeats."""
    path = normal(path).rstrip(".,;:!")  # what a sentence put behind the address
    segments = [part for part in map(_without_session, _walk(path)) if part]
    if segments and _INDEX.fullmatch(segments[-1]):
        segments.pop()
    if segments and amp_of is not None and segments[0] == amp_of:
        del segments[0]
    if segments:
        segments = _without_views(segments)
        if _INDEX.fullmatch(segments[-1]):  # it stood under a view: `index.html/amp`
            segments.pop()
        elif found := _OWN_ID.fullmatch(segments[-1]):
            segments = [*filter(_LOCALE.fullmatch, segments[:-1]), found[1]]
    joined = "".join(f"/{part}" for part in segments)
    return joined.lower() if ".nsf/" in joined.lower() else joined


def normal(text: str) -> str:
    """The path with one way of writing each sign: plain where it may be, else escaped."""
    if "%" in text:
        if _HIGH.search(text):
            text = _in_signs(text)
        text = _PERCENT.sub(_plain_where_safe, text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return quote(text, safe=f"%/{_PLAIN}") if _ESCAPED.search(text) else text


def names_an_article(path: str) -> bool:
    """Whether the path alone names a page: its last part has the words or the number of an article.

    A word is enough below a year or a long number.
    """
    folders, _, last = path.rpartition("/")
    if _SLUG.search(last):
        return True
    return _WORD.search(last) is not None and _DATED.search(f"{folders}/") is not None


def is_article_name(segment: str) -> bool:
    """Whether a part of a path looks like an article's: a slug of several words, a number, a file, an id."""
    return _ARTICLE.search(segment) is not None


def is_entrance(path: str) -> bool:
    """Whether the path of an identity leads to the front page of a site or of one of its editions."""
    segments = path.lower().split("/")[1:]
    return len(segments) <= 2 and all(part in ENTRANCES or _LOCALE.fullmatch(part) for part in segments)


def _plain_where_safe(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    sign = chr(int(found[1], 16))
    return sign if sign.isascii() and (sign.isalnum() or sign in _PLAIN) else found[0].upper()


def _in_signs(text: str) -> str:
    """Escapes of UTF-8 (`caf%C3%A9`) or Windows-1252 (`caf%E9`) as the signs that they stand for."""
    try:
        unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return _HIGH.sub(lambda found: unquote_to_bytes(found[0]).decode("cp1252", "replace"), text)
    return _HIGH.sub(lambda found: unquote_to_bytes(found[0]).decode("utf-8"), text)


def _walk(path: str) -> list[str]:
    """The parts of a path with `.` and `..` walked (RFC 3986, 5.2.4) and doubled slashes taken as one."""
    segments: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del segments[-1:]
        elif part not in ("", "."):
            segments.append(part)
    return segments


def _without_session(segment: str) -> str:
    if ";" in segment:
        segment = _SESSION.sub("", segment)
    return "" if segment[0:1] == "(" and _ASP_SESSION.fullmatch(segment) else segment


def _without_views(segments: list[str]) -> list[str]:
    """The parts less those that say how the page is shown; a page that is *called* AMP keeps its name."""
    if len(segments) > 2 and segments[-2:] in (["amp", "0"], ["amp", "1"]):
        segments = segments[:-1]
    last = _without_view_suffix(segments[-1])
    while len(segments) > 1 and _is_view(last) and _is_of_article(segments):
        segments = segments[:-1]
        last = _without_view_suffix(segments[-1])
    folders = segments[:-1]
    if folders and (is_article_name(last) or (len(folders) > 1 and folders[0].lower() in ("amp", "amphtml"))):
        folders = _without_device_folders(folders)
    return [*folders, _without_extension(last)]


def _is_of_article(segments: list[str]) -> bool:
    """Whether a view's folder is an article's: by its name, by a date above, by two words and `amp`."""
    folder = segments[-2]
    if is_article_name(folder) or any(map(_NUMBERED.fullmatch, segments[:-2])):
        return True
    return ("-" in folder or "_" in folder) and segments[-1].lower() == "amp" and len(segments) > 2


def _is_view(segment: str) -> bool:
    return segment.lower() in VIEWS or _VIEW_PAGE.fullmatch(segment) is not None


def _without_view_suffix(segment: str) -> str:
    """`story.amp.html`, `story_amp.shtml`, `story.amp`, `story-1a-amp` without the AMP or print mark."""
    found = _VIEW_SUFFIX.fullmatch(segment)
    if found:
        return found[1] + found[2]
    found = _BARE_SUFFIX.fullmatch(segment)
    return (found[1] or found[2]) if found else segment


def _without_extension(segment: str) -> str:
    """Sites serve one slug with and without `.html`; short names keep it (`index2.html`)."""
    found = _HTML.fullmatch(segment)
    return found[1] if found and _SLUG.search(found[1]) else segment


def _without_device_folders(folders: list[str]) -> list[str]:
    """Folders above an article less `m`, `platform/amp`, `amp`, and `article`, for which some put `amp`."""
    if folders[0].lower() in DEVICE_FOLDERS:
        folders = folders[1:]
    elif folders[0] in ("platform", "google") and folders[1:2] == ["amp"]:
        folders = folders[2:]
    named = (_AMP_FOLDER.sub("", part) for part in folders)
    return [part for part in named if part.lower() not in ("", "amp", "article")]
