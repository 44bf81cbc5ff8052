"""Reads saved pages out of WARC archives (ISO 28500) and extracts them as a sweep would; asks no network.

What is worth keeping, and how far an archive was read, is left to others.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.errors import CrawlerError
from crawler.outlets import Directory
from crawler.politeness.manners import Manners
from crawler.records import Article, Find, FindOutcome, Lead, Page
from crawler.spiders.tasks import read_article
from crawler.urls import resolve
from crawler.workers import Spoilt, Workers

_BEGINNINGS = (b"\x1f\x8b\x08", b"WARC/1.")  # of a packed record and of a plain one
_PIECE = 1 << 20
_AHEAD = 4  # pages a worker may have in line


@dataclass(frozen=True, kw_only=True, slots=True)
class Archived:
    """A page and the offset of its record, in bytes of the file; a broken place has no page."""

    offset: int
    page: Page | None
    trouble: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scanned:
    """What became of a record: a Find, or the trouble with it; all before `offset` is done."""

    offset: int
    find: Find | None
    trouble: str = ""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What is to be read, from which offset on, and with what; `source_id` is noted in the leads."""

    path: Path
    since: int
    source_id: str
    outlets: Directory
    manners: Manners


def scan_archive(scan: Scan, take: Callable[[Scanned], None]) -> None:
    """Extract every page of an archive; `take` gets them in the archive's order. Raises OSError."""
    workers = Workers(
        scan.manners.workers,
        scan.manners.worker_seconds,
        scan.manners.worker_bytes,
        scan.outlets,
        preload=("crawler.spiders.warm",),
    )
    try:
        asyncio.run(_scan(scan, workers, take))
    finally:
        workers.close()


async def _scan(scan: Scan, workers: Workers, take: Callable[[Scanned], None]) -> None:
    line: deque[asyncio.Task[Scanned]] = deque()
    for archived in pages_of(scan.path, scan.manners.page_bytes, scan.since):
        line.append(asyncio.ensure_future(_read(archived, scan.source_id, workers)))
        if len(line) > _AHEAD * scan.manners.workers:
            take(await line.popleft())
    while line:
        take(await line.popleft())


async def _read(archived: Archived, source_id: str, workers: Workers) -> Scanned:
    page = archived.page
    if page is None:
        return Scanned(offset=archived.offset, find=None, trouble=archived.trouble)
    lead = Lead(url=page.final_url, source_id=source_id, found_at=page.fetched_at)
    try:
        article = await workers.run(read_article, page, lead)
    except CrawlerError as error:
        return Scanned(offset=archived.offset, find=None, trouble=f"{lead.url}: {error}")
    if isinstance(article, Spoilt):
        return Scanned(offset=archived.offset, find=None, trouble=f"{lead.url}: {article.reason}")
    if isinstance(article, Article):
        find = Find(lead=lead, outcome=FindOutcome.READ, article=article, page=page)
    else:
        find = Find(lead=lead, outcome=FindOutcome.NOT_AN_ARTICLE, reason=article.reason, page=page)
    return Scanned(offset=archived.offset, find=find)


def pages_of(path: Path, most_bytes: int, since: int = 0) -> Iterator[Archived]:
    """The pages of an archive, packed or plain; after a broken place it goes on at the next record.

    Raises OSError for a file that cannot be opened or holds no record at all.
    """
    with path.open("rb") as file:
        position, found_any = since, since > 0
        while True:
            file.seek(position)
            try:
                for record in ArchiveIterator(
                    file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
                ):
                    position, found_any = record.stream_pos, True
                    if page := _page_of(record, most_bytes):
                        yield Archived(offset=position, page=page)
                return
            except (OSError, ValueError) as error:
                beyond = _next_beginning(file, position + 1)
                if not found_any and beyond is None:
                    raise OSError(f"{path} is no WARC archive ({error})") from error
                yield Archived(offset=position, page=None, trouble=f"broken behind byte {position}: {error}")
                if beyond is None:
                    return
                position = beyond


def _next_beginning(file: BinaryIO, start: int) -> int | None:
    """The offset of what looks like the next record, at or behind `start`."""
    file.seek(start)
    kept = b""
    while piece := file.read(_PIECE):
        window = kept + piece
        places = [place for beginning in _BEGINNINGS if (place := window.find(beginning)) >= 0]
        if places:
            return start + min(places)
        kept = window[-8:]
        start += len(window) - len(kept)
    return None


def _page_of(record: WarcRecord, most_bytes: int) -> Page | None:
    """The page that was answered; None for what is none or too large. Raises ValueError for a cut one."""
    head, kind = record.http_headers, (record.http_content_type or "").lower()
    url = resolve("", (record.headers.get("WARC-Target-URI") or "").strip("<>"))
    if record.headers.get("Content-Length") is None or (head is not None and head.status_code is None):
        raise ValueError("the record is cut off")
    status = 0 if head is None else head.status_code or 0
    if head is None or url is None or not 200 <= status < 300 or (kind and "html" not in kind):
        return None
    body = record.reader.read(most_bytes + 1)
    # How long a packed body was meant to be, nobody tells once it is unpacked.
    meant = min(1 if "content-encoding" in head else most_bytes, record.content_length)
    if len(body) < meant:
        raise ValueError("the record is cut off")
    if not body or len(body) > most_bytes or not kind:
        return None
    return Page(
        requested_url=url,
        final_url=url,
        status=status,
        headers=tuple((name.lower(), value) for name, value in head),
        body=body,
        fetched_at=record.record_date or datetime(1970, 1, 1, tzinfo=UTC),
    )
