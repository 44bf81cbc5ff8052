"""Fits an answer to its request as a careful web server does: 304, gzip, HEAD. Pure.

Conditional requests follow RFC 9110 section 13: If-None-Match beats If-Modified-Since.
"""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from demo.sites import Answer, Headers, Request

GZIP_FROM = 256
"""Bytes below which compression is not worth its header."""

COMPRESSIBLE = ("text/", "application/xml", "application/json", "application/rss", "application/atom",
                "application/rdf", "application/feed")  # fmt: skip


def fit(answer: Answer, request: Request) -> Answer:
    """The answer as it goes over the wire: validators added, 304 where nothing changed, gzip if accepted."""
    if answer.status != 200 or answer.stream is not None:
        return answer
    marked = replace(answer, headers=answer.headers + _validators(answer))
    if _is_unchanged(marked, request):
        return replace(marked, status=304, body=b"", headers=_validators(answer))
    return _compressed(marked, request)


def _validators(answer: Answer) -> Headers:
    tag = answer.header("ETag") or f'"{sha256(answer.body).hexdigest()[:20]}"'
    stamps: Headers = () if answer.header("ETag") else (("ETag", tag),)
    if answer.changed_at is None:
        return stamps
    return (*stamps, ("Last-Modified", format_datetime(answer.changed_at.astimezone(UTC), usegmt=True)))


def _is_unchanged(answer: Answer, request: Request) -> bool:
    known = request.header("If-None-Match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or answer.header("ETag") in tags
    since = _http_date(request.header("If-Modified-Since"))
    return since is not None and answer.changed_at is not None and _second(answer.changed_at) <= since


def _http_date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        stamp = parsedate_to_datetime(text)
    except ValueError:
        return None
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _compressed(answer: Answer, request: Request) -> Answer:
    kind = answer.header("Content-Type") or ""
    if (
        len(answer.body) < GZIP_FROM
        or not kind.startswith(COMPRESSIBLE)
        or answer.header("Content-Encoding") is not None
        or not _accepts_gzip(request)
    ):
        return answer
    headers: Headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, body=gzip.compress(answer.body, compresslevel=1, mtime=0), headers=headers)


def _accepts_gzip(request: Request) -> bool:
    wanted = (request.header("Accept-Encoding") or "").lower().split(",")
    codings = {part.partition(";")[0].strip(): part.partition(";")[2].replace(" ", "") for part in wanted}
    return codings.get("gzip", "q=0") != "q=0"
