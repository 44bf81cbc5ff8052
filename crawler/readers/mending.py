"""Mends XML as sites write it, where a parser would break off or lose words without a sound. Pure.

A bare `&`, HTML's own entities, halves of a character, a letter cut in two, another charset than was
declared: one of them in one item spoils a whole feed. What is well written stays as it is.
"""

import re
from html.entities import html5

_ENCODING = re.compile(rb"""(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE)
# CDATA and comments say what they say; runs of references, since two of them may be one character.
_SIGNS = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|((?:&#(?:\d+|x[0-9a-f]+);)+)"
    rb"|&(?!(?:amp|lt|gt|quot|apos);)(?:([a-z][a-z0-9]{1,31});)?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(rb"&#(?:(\d+)|x([0-9a-f]+));", re.IGNORECASE)
_LETTER = re.compile("[^\x00-\x7f\ufffd]")


def mend_signs(body: bytes) -> bytes:
    """Each `&` as XML wants it; of a charset in which a letter may hold that byte, the body as it is."""
    if b"&" not in body or b"\x00" in body[:200] or b"\x1b$" in body:
        return body
    own_names = b"<!ENTITY" in body
    return _SIGNS.sub(lambda found: _mend_sign(found, own_names=own_names), body)


def _mend_sign(found: re.Match[bytes], *, own_names: bool) -> bytes:
    whole, numbers, name = found[0], found[1], found[2]
    if whole.startswith(b"<"):
        return whole
    if numbers:
        return _mend_numbers(numbers)
    if name is None:
        return b"&amp;"
    meant = None if own_names else html5.get(f"{name.decode('ascii')};")
    return _refer(meant) if meant else whole


def _mend_numbers(run: bytes) -> bytes:
    """Two halves (UTF-16) become their character; what stands for none becomes U+FFFD, as in HTML."""
    codes = [_read_code(*found.groups()) for found in _NUMBER.finditer(run)]
    if all(0 < code < 0xD800 or 0xDFFF < code < 0x110000 for code in codes):
        return run
    text = "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)
    return _refer(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _read_code(figures: bytes | None, hexadecimal: bytes | None) -> int:
    digits, radix = (figures, 10) if figures else (hexadecimal or b"0", 16)
    digits = digits.lstrip(b"0") or b"0"
    return int(digits, radix) if len(digits) < 8 else 0


def _refer(text: str) -> bytes:
    return "".join(f"&#{ord(letter)};" for letter in text).encode("ascii")


def mend_charset(body: bytes) -> bytes:
    """UTF-8 in which a few letters are broken stays UTF-8, with U+FFFD for them; all else as it is.

    Feeds cut summaries by bytes, in the middle of a letter; the whole would be taken for Windows-1252.
    """
    declared = _ENCODING.search(body[:200])
    if declared and declared[2].lower() not in (b"utf-8", b"utf8"):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        return text.encode() if len(_LETTER.findall(text)) >= text.count("\ufffd") else body
    return body


def as_utf8(body: bytes) -> bytes:
    """For a parser that believes what is declared: the body in UTF-8 where it is that, or Windows-1252.

    What declares UTF-8, UTF-16 without being it, or nothing, is one of the two.
    """
    body = mend_charset(body)
    declared = _ENCODING.search(body[:200])
    if b"\x00" in body[:200] or (declared and not declared[2].lower().startswith(b"utf")):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        body = body.decode("cp1252", "replace").encode()
    return _ENCODING.sub(rb"\1", body, count=1)
