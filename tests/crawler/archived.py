"""Makes WARC archives of pages, as crawlers write them (ISO 28500)."""

import gzip
from uuid import NAMESPACE_URL, uuid5

from crawler.records import Page


def warc(*pages: Page, packed: bool = True) -> bytes:
    """An archive with an info record, and a request and a response for each page."""
    records = [_record("warcinfo", "urn:info", b"software: a crawler\r\n", "application/warc-fields")]
    for page in pages:
        head = f"HTTP/1.1 {page.status} OK\r\n" + "".join(f"{n}: {v}\r\n" for n, v in page.headers) + "\r\n"
        asked = f"GET {page.requested_url} HTTP/1.1\r\n\r\n".encode()
        records.append(_record("request", page.final_url, asked, "application/http; msgtype=request"))
        records.append(
            _record(
                "response",
                page.final_url,
                head.encode() + page.body,
                "application/http; msgtype=response",
                f"{page.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
            )
        )
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def _record(kind: str, url: str, body: bytes, media: str, date: str = "2017-03-28T10:00:00Z") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, kind + url)}>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
