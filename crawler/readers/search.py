"""Search results -> leads: Google News and Bing News as RSS, GDELT DOC as JSON, any other feed of results.

A result is a lead and no article: its address is unwrapped as far as the string tells, its headline
freed of the outlet's name, and what still stands behind a search engine is told as a problem.
"""

import json
import re
from dataclasses import replace
from typing import Any

from crawler.errors import UnreadableFeed
from crawler.readers import feed
from crawler.readers.links import LinkBook
from crawler.records import Lead, Page, Reading, Source
from crawler.text import plain
from crawler.urls import clean, is_hidden, resolve

# GDELT writes backslashes of headlines as they are, where JSON knows of no such escape.
_LONE = re.compile(r'(\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))|\\')


def read(page: Page, source: Source) -> Reading:
    """The results as leads; raises UnreadableFeed for no list of results."""
    start = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    reading = _read_gdelt(page, source) if start.startswith(b"{") else feed.read(page, source)
    leads = tuple(_as_outlet_wrote(lead) for lead in reading.leads)
    hidden = sum(is_hidden(lead.url) for lead in leads)
    note = (f"{hidden} results still lead to the search engine, not to the outlet",) if hidden else ()
    return replace(reading, leads=leads, problems=reading.problems + note)


def _as_outlet_wrote(lead: Lead) -> Lead:
    headline = lead.headline
    tail = f" - {lead.outlet}"
    if headline and lead.outlet and headline.endswith(tail):
        headline = headline.removesuffix(tail).rstrip()
    return replace(lead, url=clean(lead.url), headline=headline)


def _read_gdelt(page: Page, source: Source) -> Reading:
    try:
        text = _LONE.sub(r"\1", page.body.decode("utf-8-sig", "replace"))
        answer = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"the answer looks like JSON but is broken ({error})") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("articles", []), list):
        raise UnreadableFeed("the answer is JSON, but no list of articles")
    if "articles" not in answer and "items" in answer:
        return feed.read(page, source)
    links = LinkBook(page.final_url)
    results = [each for each in answer.get("articles", []) if isinstance(each, dict)]
    leads = tuple(
        _gdelt_lead(each, url, page, source)
        for each in results
        if (url := links.resolve(str(each.get("url") or ""))) is not None
    )
    return Reading(leads=leads, problems=links.problems)


def _gdelt_lead(result: dict[str, Any], url: str, page: Page, source: Source) -> Lead:
    """GDELT tells when it saw a piece, which is no publication date."""
    return Lead(
        url=url,
        source_id=source.id,
        found_at=page.fetched_at,
        headline=plain(str(result.get("title") or "")) or None,
        outlet_url=resolve(url, f"//{result['domain']}/") if result.get("domain") else None,
    )
