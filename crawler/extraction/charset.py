"""Bytes of a page to text: byte-order mark, header, meta tag, else detection."""

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
# What browsers read under these names (WHATWG Encoding Standard).
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip

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
    declared = _known(_said_by_header(content_type)) or _known(_said_by_page(body))
    if declared and declared.startswith("utf-16"):
        declared = None  # a page whose meta tag could be read as ASCII is not UTF-16
    return _decode(body, declared).replace("\0", "")


def as_utf8(body: bytes, content_type: str | None = None) -> bytes:
    """The same text as `decode` gives, in UTF-8.

    Most pages are in UTF-8 and stay as they are: an emoji makes a decoded page four times as large.
    """
    body = body[:LARGEST]
    if any(body.startswith(mark) for mark, _ in _MARKS) or not _is_utf8(body):
        return decode(body, content_type).encode("utf-8", "replace")
    return body.replace(b"\0", b"")


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


def _decode(body: bytes, declared: str | None) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A few broken bytes late in a UTF-8 page do not make it something else.
        if declared == "utf-8" or (declared is None and _mostly_utf8(body, error.start)):
            return body.decode("utf-8", "replace")
    return body.decode(declared or _detected(body), "replace")


def _mostly_utf8(body: bytes, start: int) -> bool:
    sound = body[:start].decode("utf-8", "ignore")
    return sum(not char.isascii() for char in sound) >= 5


def _detected(body: bytes) -> str:
    best = from_bytes(body[:_SAMPLE]).best()
    return best.encoding if best else "cp1252"


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
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return _AS_BROWSERS_DO.get(found, found)
