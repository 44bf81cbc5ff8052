"""A mail's bytes -> what is in it to read: its pages, its texts, when it was sent (RFC 5322, MIME). Pure.

Nothing is believed and nothing is opened: attachments are left alone, broken parts are read as far as
they go, and of charsets that lie the letters are kept that can be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import islice

from crawler.errors import UnreadableFeed
from crawler.readers.moments import is_believable
from crawler.records import Moment, Precision

MOST_PARTS = 100
LONGEST_PART = 2_000_000  # characters
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_ADDRESS = re.compile(r"<\s*(https?://[^<>\s]+)\s*>", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A mail: its pages (HTML) and texts in their order; `unsubscribe` is what List-Unsubscribe names.

    `sent` has the precision of a day: a mail tells on which day its articles were news.
    """

    subject: str
    identity: str | None
    sent: Moment | None
    pages: tuple[str, ...]
    texts: tuple[str, ...]
    unsubscribe: tuple[str, ...] = ()


def read_mail(body: bytes, now: datetime) -> Mail:
    """The mail; raises UnreadableFeed for what no mail is, or nests too deep to be one."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(body)
        parts = list(islice(_text_parts(message), MOST_PARTS))
        identity = _header(message, "Message-ID").strip(" <>")
        return Mail(
            subject=_header(message, "Subject")[:200],
            identity=identity[:500] or None,
            sent=_read_sent(_header(message, "Date"), now),
            pages=tuple(text for kind, text in parts if kind == "text/html"),
            texts=tuple(text for kind, text in parts if kind == "text/plain"),
            unsubscribe=tuple(_ADDRESS.findall(_header(message, "List-Unsubscribe"))[:10]),
        )
    except (RecursionError, MessageError) as error:
        raise UnreadableFeed(f"the mail cannot be taken apart ({type(error).__name__})") from error


def _text_parts(message: Message) -> Iterator[tuple[str, str]]:
    """(media type, text) of all parts that are read; a forwarded mail counts, an attached file does not."""
    for part in islice(message.walk(), 10 * MOST_PARTS):
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/html", "text/plain"):
            continue
        if str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment"):
            continue
        text = _decode(part)[:LONGEST_PART]
        if text.strip():
            yield kind, text


def _decode(part: Message) -> str:
    """The text in the charset that is told, if it can be; else in the one that fits."""
    payload = part.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    meta = _META_CHARSET.search(body[:2_000])
    told = (_charset_of(part), meta[1].decode("ascii") if meta else None, "utf-8")
    for charset in filter(None, told):
        try:
            return body.decode(charset)
        except (LookupError, ValueError):  # unknown, or not the one it was written in
            continue
    mostly_utf8 = body.decode("utf-8", "replace")
    wrong = mostly_utf8.count("\ufffd")
    return mostly_utf8 if wrong <= len(body) / 1_000 else body.decode("cp1252", "replace")


def _charset_of(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def _header(message: Message, name: str) -> str:
    """A header on one line, its encoded words (RFC 2047) read; those that cannot be stay as written."""
    raw = str(message.get(name, ""))[:10_000]
    try:
        words = [
            word.decode(charset or "ascii", "replace") if isinstance(word, bytes) else word
            for word, charset in decode_header(raw)
        ]
    except (HeaderParseError, LookupError, ValueError):
        words = [raw]
    return " ".join("".join(words).split())


def _read_sent(text: str, now: datetime) -> Moment | None:
    try:
        sent = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    offset = sent.utcoffset()
    if offset is None or not is_believable(sent, now):
        return None
    midnight = sent.replace(hour=0, minute=0, second=0, microsecond=0)
    minutes = int(offset.total_seconds() // 60)
    return Moment(instant=midnight, offset_minutes=minutes, precision=Precision.DAY)
