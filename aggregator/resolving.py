"""Finds the outlet's own page behind a search engine's link that hides it: told by what is known already.

A search tells headline, outlet and day of a page, but not where it is. As soon as the outlet's
own feed, sitemap or another lead brings a page with that headline, the two are one. Nothing is
fetched for it; what is not found stays at the desk as the search told it, and is looked for again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator.intake import judge_anew
from aggregator.judges import Judges, Matcher
from aggregator.store import articles, campaigns, leads, mentions, sketches
from aggregator.store.session import Connection, Store
from crawler import urls
from crawler.records import Article, Evidence, Lead
from crawler.text import fold, words

# How many links a sweep looks for at most: each costs a few look-ups in the index of stories.
MOST_AT_ONCE = 500
# Pages that could not be read so far are few; of more, the newest are compared.
MOST_UNREAD = 200
# A search dates a piece as the outlet does, or by when it saw it.
FURTHEST = timedelta(days=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """How many hidden links were looked for, and behind how many the page was found."""

    looked_for: int = 0
    found: int = 0


def resolve(store: Store, judges: Judges, now: datetime, budget: int = MOST_AT_ONCE) -> Resolved:
    """Look for the pages behind hidden links that are due; each one found is one transaction."""
    with store.reading() as c:
        due = leads.unresolved(c, now, budget)
        unread = by_headline(leads.never_read(c, now - leads.LONGEST_UNRESOLVED, MOST_UNREAD)) if due else {}
        pages = {key: page for key, lead in due if (page := find_page(c, key, lead, judges, unread))}
    if not due:
        return Resolved()
    for key, page in pages.items():
        with store.writing() as c:
            join(c, key, page, judges, now)
    with store.writing() as c:
        leads.postpone(c, [key for key, _ in due if key not in pages], now)
    return Resolved(looked_for=len(due), found=len(pages))


def find_page(
    c: Connection, key: str, lead: Lead, judges: Judges, unread: Mapping[str, Sequence[Lead]]
) -> Article | None:
    """The article of the same outlet and headline, the nearest in time; None where none is known.

    A page that could never be read is as good, as far as one of the `unread` leads told of it.
    """
    told = articles.get(c, key)
    if told is None:
        return None
    near = sketches.holders(c, judges.sketch(told).index_keys, judges.most_holders) - {key}
    unseen = unread.get(words(lead.headline or ""), ())
    known = [*articles.some(c, near).values(), *(told_by(other, told) for other in unseen)]
    fitting = [each for each in known if is_page_of(lead, told, each)]
    return min(fitting, key=lambda each: (distance(lead, each), each.first_seen, each.key), default=None)


def by_headline(found: Sequence[Lead]) -> dict[str, list[Lead]]:
    """The leads under their folded headlines."""
    told: dict[str, list[Lead]] = defaultdict(list)
    for lead in found:
        told[words(lead.headline or "")].append(lead)
    return told


def told_by(other: Lead, told: Article) -> Article:
    """What another lead told of its page, in the place of an article."""
    return replace(
        told,
        key=urls.key(other.url),
        url=urls.clean(other.url),
        canonical_url=urls.clean(other.url),
        headline=other.headline or "",
        headlines=(),
        outlet=other.outlet or "",
        outlet_slug=None,
        published=other.published,
        urls=(other.url,),
    )


def is_page_of(lead: Lead, told: Article, page: Article) -> bool:
    """Whether this is the page that the search told of: its outlet, its headline, about its day."""
    if any(urls.is_hidden(url) for url in (page.url, *page.urls)) or distance(lead, page) > FURTHEST:
        return False
    headlines = {words(each) for each in (page.headline, *(text for _, text in page.headlines))}
    return words(lead.headline or "") in headlines - {words("")} and is_outlet_of(lead, told, page)


def is_outlet_of(lead: Lead, told: Article, page: Article) -> bool:
    """Whether the page is of the outlet that the search named: by directory, site, or else name."""
    if told.outlet_slug and page.outlet_slug:
        return told.outlet_slug == page.outlet_slug
    if lead.outlet_url:
        return urls.registrable_domain(lead.outlet_url) == urls.registrable_domain(page.url)
    return bool(lead.outlet) and fold(lead.outlet or "") == fold(page.outlet)


def distance(lead: Lead, page: Article) -> timedelta:
    """How far the day that the search told lies from the page's own; nothing where either is not known."""
    if lead.published is None or page.published is None:
        return timedelta()
    return abs(lead.published.instant - page.published.instant)


def join(c: Connection, key: str, page: Article, judges: Judges, now: datetime) -> None:
    """Let what the search told be the page's: with its address, in its story."""
    told = articles.get(c, key)
    if told is None:
        return
    reason = "the outlet's own page with this headline"
    known = replace(
        told,
        url=page.url,
        canonical_url=page.canonical_url,
        outlet=page.outlet or told.outlet,
        outlet_slug=page.outlet_slug or told.outlet_slug,
        urls=tuple(dict.fromkeys((page.url, *told.urls))),
        evidence={**told.evidence, "address": Evidence(value=page.url, found_by=reason)},
    )
    kept = articles.keep(c, known)
    judged = matcher_of(c, judges).judge(kept.article).telling(mentions.campaigns_of(c, key))
    judge_anew(c, kept, judged, judges, now)
    leads.resolve(c, key, page.key, f"{reason}: {page.url}", now)


def matcher_of(c: Connection, judges: Judges) -> Matcher:
    """What judges for the campaigns as they are now."""
    return judges.matcher(campaigns.every(c))
