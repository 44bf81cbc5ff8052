"""What extraction reads off the gold pages: headline, date, outlet, canonical URL, authors and language.

Of the gold only id, address, charset and the saved bytes are read. The directory of outlets
is the one that the product comes with, or any other folder's, or none.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import outlets
from crawler.extraction import extract
from crawler.outlets import Directory
from crawler.records import Article, Moment, Page, Precision

SHIPPED = Path(__file__).parent.parent.parent / "config" / "outlets"


def predict(gold: Path, directory_of_outlets: Path | None = SHIPPED) -> Iterator[dict[str, Any]]:
    """One prediction a page of `gold`/pages, with this folder of outlet files or (None) with none."""
    directory = outlets.load(directory_of_outlets)[0] if directory_of_outlets else Directory(())
    now = datetime.now(UTC)
    for row in rows_of(gold):
        read = extract(page_of(gold, row, now), directory)
        if isinstance(read, Article):
            yield prediction_of(str(row["id"]), read)
        else:
            yield {"id": row["id"], "kind": read.kind, "reason": read.reason}


def rows_of(gold: Path) -> Iterator[Mapping[str, Any]]:
    """The lines of the index, one page each."""
    with (gold / "pages" / "index.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def page_of(gold: Path, row: Mapping[str, Any], now: datetime) -> Page:
    """A saved page as if it had just been fetched."""
    return Page(
        requested_url=row["url"],
        final_url=row["url"],
        status=200,
        headers=(("content-type", f"text/html; charset={row['encoding']}"),),
        body=gzip.decompress((gold / "pages" / row["html"]).read_bytes()),
        fetched_at=now,
    )


def prediction_of(page_id: str, article: Article) -> dict[str, Any]:
    """An article in the scorer's form.

    The measure asks for the canonical address that the page declares. Our articles never
    take another site's, but name it in the evidence; it is given here.
    """
    elsewhere = article.evidence.get("declared_elsewhere")
    return {
        "id": page_id,
        "headline": article.headline,
        "published": stamp_of(article.published) if article.published else None,
        "outlet": article.outlet,
        "canonical_url": elsewhere.value if elsewhere else article.canonical_url,
        "authors": list(article.authors),
        "language": article.language,
    }


def stamp_of(moment: Moment) -> str:
    """ISO 8601, as much as is known: a day, a local time, or an instant with its offset."""
    if moment.precision is Precision.DAY:
        return moment.day.isoformat()
    local = moment.local.replace(microsecond=0)
    return (local if moment.offset_minutes is not None else local.replace(tzinfo=None)).isoformat()
