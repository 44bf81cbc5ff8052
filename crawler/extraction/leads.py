"""An article as far as its lead told: what feed or sitemap said about a page that could not be read."""

from datetime import datetime

from crawler import urls
from crawler.extraction.names import name_of_domain
from crawler.extraction.structured import unescape
from crawler.languages import claimed_language
from crawler.outlets import Directory
from crawler.records import Access, Article, Evidence, Lead


def from_lead(lead: Lead, outlets: Directory, access: Access, now: datetime) -> Article:
    """The article that a lead tells of, so that an unreadable page can still be reviewed.

    `access` says why it was not read. Without a headline the address stands in, with a doubt.
    """
    # Where a search engine keeps the page's address to itself, it may still tell the outlet's.
    home = lead.outlet_url if lead.outlet_url and urls.is_hidden(lead.url) else lead.url
    outlet = outlets.find(home)
    name, found_by = (outlet.name, "the directory of outlets") if outlet else (lead.outlet or "", "the lead")
    doubt = None if name else "guessed from the domain"
    name, found_by = (name, found_by) if name else (name_of_domain(urls.host(home)), "domain")
    headline = unescape(lead.headline or "")
    evidence = {
        "outlet": Evidence(value=name, found_by=found_by, doubt=doubt),
        "headline": Evidence(
            value=headline or lead.url,
            found_by="the lead",
            doubt=None if headline else "the lead has no headline",
        ),
        "text": Evidence(
            value="0 characters", found_by="the lead", doubt=f"the page was not read: {access.value}"
        ),
    }
    if home != lead.url:
        evidence["site"] = Evidence(value=home, found_by="the lead")
    if lead.published:
        evidence["published"] = Evidence(value=lead.published.local.isoformat(), found_by="the lead")
    address = urls.clean(lead.url)
    return Article(
        key=urls.key(lead.url),
        url=address,
        canonical_url=address,
        headline=headline or lead.url,
        outlet=name,
        outlet_slug=outlet.slug if outlet else None,
        first_seen=min(lead.found_at, now),
        published=lead.published,
        language=claimed_language(lead.language) or (outlet.language if outlet else None),
        authors=lead.authors,
        summary=unescape(lead.summary or ""),
        access=access,
        headlines=(("lead", headline),) if headline else (),
        urls=tuple(dict.fromkeys((address, lead.url))),
        evidence=evidence,
    )
