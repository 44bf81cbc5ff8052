"""Takes the text out of an HTML snippet or an entity-laden string, onto one line.

For headlines and summaries as feeds and meta tags give them; whole pages are read by
`crawler.extraction`. Takes time in proportion to the length, whatever the markup.
"""

import html
import re

_INLINE_WORDS = (
    "a abbr acronym b bdi bdo big cite code data dfn del em font i ins kbd mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr blink nobr "
)
_INLINE = frozenset(_INLINE_WORDS.split())
_BLOCK_WORDS = (
    "address article aside blockquote body br button center dd div dl dt embed fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input label li link main meta nav "
    "noscript object ol option p picture pre script section select source style svg table tbody td "
    "textarea tfoot th thead title tr ul video audio template details summary dialog center frame "
    "frameset menu map area base param track "
)
_BLOCK = frozenset(_BLOCK_WORDS.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe"})
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_CUT_TAG = re.compile(r"<!--|<[a-zA-Z][a-zA-Z0-9]*\s+[a-zA-Z-]+\s*=")
_KNOWN_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE | _BLOCK))})\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# What nobody sees and nobody needs: control characters, soft hyphen, zero-width blanks, byte order mark.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")


def one_line(text: str) -> str:
    """The text on one line: every run of white space one blank, without control and zero-width characters.

    >>> one_line("  Así\\u00a0reacciona\\n la conferencia ")
    'Así reacciona la conferencia'
    """
    return " ".join(_UNSEEN.sub("", text).split())


def plain(markup: str) -> str:
    """The text of an HTML snippet on one line: no tags, entities as characters.

    What was escaped twice, as feeds often do (`&amp;#8217;`, `&lt;p&gt;`), is read twice;
    a lone `<` or `&` stays.

    >>> plain("<p>Local&nbsp;Progress &amp;#8217;17<br>opens</p>")
    'Local Progress ’17 opens'
    """
    text = html.unescape(_strip_tags(markup)) if "<" in markup or "&" in markup else markup
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _KNOWN_TAG.search(text):
        text = html.unescape(_strip_tags(text))
    return one_line(text)


def _strip_tags(markup: str) -> str:
    pieces: list[str] = []
    place = 0
    last_end = markup.rfind(">")
    while (start := markup.find("<", place)) >= 0:
        pieces.append(markup[place:start])
        text, place = _read_tag(markup, start, last_end)
        pieces.append(text)
    pieces.append(markup[place:])
    return "".join(pieces)


def _read_tag(markup: str, start: int, last_end: int) -> tuple[str, int]:
    """What a `<` at `start` leaves of itself in the text, and where the text goes on."""
    if start > last_end:
        return _read_broken_tag(markup, start)
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return "", end + 3 if end >= 0 else len(markup)
    if markup.startswith("<![CDATA[", start):
        return "", start + 9
    if markup[start + 1] in "!?":
        return "", markup.find(">", start) + 1
    name = _TAG_NAME.match(markup, start)
    tag = name.group(1).lower() if name else ""
    if name is None or not _is_element(tag):
        return "<", start + 1
    end = _find_tag_end(markup, name.end())
    if tag in _SILENT and markup[start + 1] != "/":
        return " ", _find_closing(markup, tag, end)
    return "" if tag in _INLINE else " ", end


def _is_element(tag: str) -> bool:
    return tag in _INLINE or tag in _BLOCK or ":" in tag or "-" in tag


def _read_broken_tag(markup: str, start: int) -> tuple[str, int]:
    """A `<` without any `>` after it: the cut end of a tag goes, a mere sign stays."""
    return ("", len(markup)) if _CUT_TAG.match(markup, start) else ("<", start + 1)


def _find_tag_end(markup: str, place: int) -> int:
    """Behind the `>` of a tag, which may also stand inside a quoted value."""
    end = markup.find(">", place)
    while opened := _open_quote(markup, place, end):
        closing = markup.find(opened, end)
        following = markup.find(">", closing) if closing >= 0 else -1
        if following < 0:
            return end + 1
        place, end = closing + 1, following
    return end + 1


_VALUE = re.compile(r"""=\s*(?:"[^"]*(")?|'[^']*(')?)""")


def _open_quote(markup: str, start: int, end: int) -> str | None:
    """The quotation mark that is still open at the end of `markup[start:end]`."""
    for value in _VALUE.finditer(markup, start, end):
        if value.end() == end and not (value.group(1) or value.group(2)):
            return '"' if '"' in value.group() else "'"
    return None


def _find_closing(markup: str, tag: str, place: int) -> int:
    closing = re.compile(f"</{tag}[^<>]*>", re.IGNORECASE).search(markup, place)
    return closing.end() if closing else len(markup)
