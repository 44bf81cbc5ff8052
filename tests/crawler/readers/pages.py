"""Pages and sources for reader tests."""

from datetime import UTC, datetime

from crawler.readers import read_source
from crawler.records import Page, Reading, Source, SourceKind

NOW = datetime(2017, 3, 30, 12, tzinfo=UTC)


def read(
    body: str | bytes,
    kind: SourceKind = SourceKind.FEED,
    url: str = "https://daily.example/feed",
    content_type: str = "",
    outlet: str | None = None,
) -> Reading:
    """What a reader finds in this body."""
    page = Page(
        requested_url=url,
        final_url=url,
        status=200,
        headers=(("content-type", content_type),) if content_type else (),
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=NOW,
    )
    return read_source(page, Source(id="daily", kind=kind, url=url, outlet=outlet))
