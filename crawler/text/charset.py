"""Bytes of a page to text: by its mark, header or meta tag if they can be right, else detection."""

import codecs
import re

from charset_normalizer import from_bytes

LARGEST = 10 * 1024 * 1024
_SAMPLE = 64 * 1024
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read (WHATWG Encoding Standard), by the names that Python has for it; pages may claim Python's
# other codecs too, which are no charsets of pages, and some of them no charsets at all.
_CHARSETS = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    "cp874", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949",
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
}  # fmt: skip
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs", "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp",
    "shift_jis_2004": "cp932", "shift_jisx0213": "cp932",
}  # fmt: skip
_UNKNOWN_TO_PYTHON = {
    "sjis": "cp932", "windows-31j": "cp932", "windows-949": "cp949", "cn-big5": "big5", "x-big5": "big5",
    "mac-roman": "mac-roman", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "logical": "iso8859-8",
}  # fmt: skip
_WINDOWS = re.compile(r"(?:windows|win|cp|dos)[-_]?(125[0-8]|874)")
_ESCAPE = b"\x1b"  # before the letters of ISO-2022-JP, which is all ASCII
_LONG_ASCII = re.compile(rb"[\x00-\x7f]{60,}")  # markup and scripts, which tell nothing of the letters
_IN_ROWS = re.compile(r"[^\x00-\x7f]{2,}")
_MOJIBAKE = 0.5  # of a Western European page's accented letters fewer stand beside one another

# How files begin that are no text, whatever the server calls them.
_FILES = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"ID3", b"OggS", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"wOFF", b"wOF2", b"MZ\x90",
)  # fmt: skip
# Control characters that no charset of pages uses. Not NUL: careless systems write it, UTF-16 is full of it.
_CONTROLS = bytes({*range(1, 32)} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_MOST_CONTROLS = 0.02
_FEW_CONTROLS = 8  # that stray into a short page


def is_text(body: bytes) -> bool:
    """Whether these bytes can be a page, and not a file, or garbage, under the name of one."""
    if any(body.startswith(mark) for mark, _ in _MARKS):
        return True  # in UTF-16, letters are full of such bytes
    if body.lstrip().startswith(_FILES):
        return False
    sample = body[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls <= max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample))


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page; never fails, wrong bytes become U+FFFD, NULs are dropped.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever the page declares: no
    text in another charset looks like that by chance.
    """
    body = body[:LARGEST]
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace").replace("\0", "")
    return body.decode(_charset_of(body, content_type), "replace").replace("\0", "")


def as_utf8(body: bytes, content_type: str | None = None) -> bytes:
    """The same text as `decode` gives, in UTF-8.

    Most pages are in UTF-8 and stay as they are: an emoji makes a decoded page four times as large.
    """
    body = body[:LARGEST]
    marked = any(body.startswith(mark) for mark, _ in _MARKS)
    if marked or body.find(_ESCAPE, 0, _SAMPLE) >= 0 or not _is_utf8(body):
        return decode(body, content_type).encode("utf-8", "replace")
    return body.replace(b"\0", b"")


def _charset_of(body: bytes, content_type: str | None) -> str:
    """The first that fits of what server and page declare, UTF-8, and what the bytes look like."""
    said = (_said_by_header(content_type), _said_by_page(body))
    declared = [name for name in map(_known, said) if name]
    if "iso2022_jp" in declared and body.find(_ESCAPE, 0, _SAMPLE) >= 0:
        return "iso2022_jp"
    if _is_utf8(body):
        return "utf-8"
    # A page whose meta tag could be read as ASCII is not UTF-16.
    tried = [name for name in declared if not name.startswith("utf-16")]
    fitting = (name for name in (*tried, "utf-8") if _fits(body[:_SAMPLE], name))
    return next(fitting, None) or _detected(body) or next(iter(tried), "cp1252")


def _fits(sample: bytes, name: str) -> bool:
    """Whether bytes can be in a charset: a few may be broken, as a text's letters may be foreign."""
    text = sample.decode(name, "replace")
    foreign = sum(not char.isascii() for char in text)
    if 2 * text.count("\ufffd") > foreign:
        return False
    return name != "cp1252" or sum(map(len, _IN_ROWS.findall(text))) <= _MOJIBAKE * foreign


def _is_utf8(body: bytes) -> bool:
    """Whether bytes are sound UTF-8, tried piece by piece."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _SAMPLE):
            decoder.decode(body[start : start + _SAMPLE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def without_controls(text: str) -> str:
    """A text less the characters that XML does not have, at which readers that build on libxml2 fail."""
    return _NO_XML.sub(" ", text)


def _detected(body: bytes) -> str | None:
    best = from_bytes(_LONG_ASCII.sub(b" ", body[:_SAMPLE])).best()
    return _known(best.encoding) if best else None


def _said_by_header(content_type: str | None) -> str | None:
    found = _HEADER.search(content_type or "")
    return found[1] if found else None


def _said_by_page(body: bytes) -> str | None:
    found = _XML.search(body[:1024]) or _META.search(body[:_SAMPLE])
    return found[1].decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """Python's name of the charset that a browser would use, None for an unknown name."""
    if not name:
        return None
    name = name.lower().removeprefix("x-")
    windows = _WINDOWS.fullmatch(name)
    try:
        found = codecs.lookup(f"cp{windows[1]}" if windows else _UNKNOWN_TO_PYTHON.get(name, name)).name
    except LookupError:
        return None
    found = _AS_BROWSERS_DO.get(found, found)
    return found if found in _CHARSETS else None
